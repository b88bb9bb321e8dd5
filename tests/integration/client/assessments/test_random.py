"""Whatever two people do with one client at once: one assessment at a time, decisions on completed ones, true teams."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import grpc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from sote.client.v1 import (
    assessment_pb2,
    assessment_service_pb2,
    client_pb2,
    decision_pb2,
    decision_service_pb2,
    team_service_pb2,
)
from sote.client.v1 import client_service_pb2 as pb
from sote.client.v1 import decision_service_pb2 as decisions
from sote.type.v1 import care_pb2
from tests.builders.client.county import COUNSELLOR, SOCIAL_WORKER, Hands, answers, day, recommended

Code = grpc.StatusCode
REFUSED = {Code.FAILED_PRECONDITION, Code.ALREADY_EXISTS, Code.ABORTED, Code.NOT_FOUND}
SERVICES = ("HLT-PHYSIO", "HLT-OT", "SOC-FAM-WORK")
PERIOD = {"from_date": day("2025-02-01"), "to_date": day("2025-03-31")}

NEVER = {
    "two assessments under way": """
        select client_id from assessment where state in ('INITIATED', 'STARTED', 'WAITING')
        group by client_id having count(*) > 1""",
    "two completed in force": """
        select client_id from assessment where state = 'COMPLETED' group by client_id having count(*) > 1""",
    "a decision on what is not completed": """
        select d.id from decision d join assessment a on a.id = d.assessment_id
        where a.state not in ('COMPLETED', 'SUPERSEDED')""",
    "an answer without its question": """
        select id from decision where state = 'UPHELD' and appeals -> -1 ->> 'answered_date' is null""",
    "a limit that outlives its assessment": """
        select l.id from deadline l join assessment a on a.id = l.assessment_id
        where l.milestone in ('START', 'COMPLETE') and l.ended_date is null
        and a.state not in ('INITIATED', 'STARTED', 'WAITING')""",
    "a limit that ended before its time": """
        select l.id from deadline l join assessment a on a.id = l.assessment_id
        where l.milestone = 'COMPLETE' and l.ended_date is not null
        and a.state in ('INITIATED', 'STARTED', 'WAITING')""",
    "an active team without its social worker or another (INV-17)": """
        select t.id from team t where (t.state = 'ACTIVE') <> (2 = (
            select count(distinct m -> 'professional' ->> 'category') from jsonb_array_elements(t.members) m
            where m ->> 'to_date' is null and m -> 'professional' ->> 'category' in ('SOCIAL_WORKER', 'OTHER_SOCIAL')
        ))""",
}
"""What no row may say, whatever was done."""


class Desk:
    """What one person does with a client and a team that another works with too."""

    def __init__(self, hands: Hands, client: Any, team: Any) -> None:
        self.hands, self.client, self.team = hands, client, team

    def newest(self) -> str:
        """The name of the client's newest assessment."""
        found = self.hands.call(assessment_service_pb2.ListAssessmentsRequest(client_id=self.client.uid)).assessments
        return found[-1].name if found else f"assessments/{uuid4()}"

    def decided(self) -> str:
        """The name of the client's newest decision."""
        found = self.hands.call(decisions.ListDecisionsRequest(client_id=self.client.uid)).decisions
        return found[-1].name if found else f"decisions/{uuid4()}"

    def request(self, command: str) -> Any:
        """The request of a command."""
        name = self.newest()
        match command:
            case "initiate":
                return assessment_service_pb2.InitiateAssessmentRequest(
                    client_id=self.client.uid, repeat_reason="it changed"
                )
            case "start":
                lead, mode = SOCIAL_WORKER.professional_id, care_pb2.DELIVERY_MODE_AT_HOME
                return assessment_service_pb2.StartAssessmentRequest(
                    name=name, team_id=self.team.uid, lead_professional_id=lead, mode=mode
                )
            case "pause":
                return assessment_service_pb2.PauseAssessmentRequest(name=name, reason="the school's view")
            case "resume":
                return assessment_service_pb2.ResumeAssessmentRequest(name=name)
            case "complete":
                return _completion(name)
            case "cancel":
                reason = assessment_pb2.ASSESSMENT_CANCEL_REASON_CLIENT_WITHDREW
                return assessment_service_pb2.CancelAssessmentRequest(name=name, reason=reason)
        return self.other(command, name)

    def other(self, command: str, name: str) -> Any:
        """Decisions and teams."""
        granted = decision_pb2.DECISION_OUTCOME_GRANTED
        match command:
            case "appeal":
                return decisions.AppealDecisionRequest(name=self.decided(), grounds="more")
            case "uphold":
                return decisions.UpholdDecisionRequest(name=self.decided(), grounds="as it was")
            case "change":
                told: Any = {"outcome": granted, "effective_date": day("2025-02-01"), **PERIOD}
                return decisions.ChangeDecisionRequest(name=self.decided(), grounds="new", units=9, **told)
            case "join":
                return team_service_pb2.AddTeamMemberRequest(name=self.team.name, professional=SOCIAL_WORKER)
            case "leave":
                who = SOCIAL_WORKER.professional_id
                return team_service_pb2.RemoveTeamMemberRequest(name=self.team.name, professional_id=who)
        told = {"outcome": granted, "units": 5, **PERIOD}
        uid = name.removeprefix("assessments/")
        return decision_service_pb2.MakeDecisionRequest(
            assessment_id=uid, service_code=command, grounds="needed", **told
        )

    def work(self, commands: list[str]) -> list[Code]:
        """Give the commands one by one; the codes of what was refused."""
        refused = []
        for command in commands:
            try:
                self.hands.call(self.request(command))
            except grpc.RpcError as error:
                refused.append(error.code())
        return refused


def _completion(name: str) -> assessment_service_pb2.CompleteAssessmentRequest:
    return assessment_service_pb2.CompleteAssessmentRequest(
        name=name,
        answers=answers(FUNCTIONAL_CAPACITY=2),
        client_view="as the client sees it",
        recommended=[
            recommended(code, "OWN" if code.startswith("SOC") else "VOUCHER", 5, "2025-02-01", "2025-03-31")
            for code in SERVICES
        ],
    )


STEPS = ("initiate", "start", "complete", "pause", "resume", "cancel", "appeal", "uphold", "change", "join", "leave")
COMMANDS = st.lists(st.sampled_from((*STEPS, *STEPS[:3], *SERVICES)), min_size=4, max_size=9)


def newcomer(hands: Hands) -> Any:
    person = client_pb2.Person(birth_date=day("2018-03-14"), given_name="A child")
    home = client_pb2.ContactData(municipality_code="837")
    return hands.call(pb.RegisterClientRequest(temporary_reason="not known", person=person, contact_data=home))


@settings(
    derandomize=True,
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=COMMANDS, second=COMMANDS)
def test_two_desks_on_one_client_ASSESSMENT_1_INV_17_ASSESSMENT_7(
    first: list[str], second: list[str], hands: Hands, own_session: Session
) -> None:
    client, team = newcomer(hands), hands.team(SOCIAL_WORKER, COUNSELLOR)
    desks: list[Callable[[], list[Code]]] = [
        lambda: Desk(hands, client, team).work(["initiate", "start", "complete", *first]),
        lambda: Desk(hands, client, team).work(second),
    ]
    with ThreadPoolExecutor(2) as pool:
        refused = [code for future in [pool.submit(desk) for desk in desks] for code in future.result()]
    assert set(refused) <= REFUSED
    found = [what for what, query in NEVER.items() if own_session.execute(text(query)).first()]
    own_session.rollback()
    assert found == []

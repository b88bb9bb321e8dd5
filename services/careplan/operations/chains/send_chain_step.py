"""Sending a step of a service chain (CHAIN-2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.chains.chain_step import Asked, ChainStep, check_parties, response_due
from services.careplan.domain.lifecycle.admission import check_client
from services.careplan.domain.rules import Rules
from services.careplan.operations.chains.conclude_step import conclude_step
from services.careplan.operations.chains.load_step import senders_step
from services.careplan.storage import plans
from services.careplan.storage.neighbours.clients import find_client
from services.careplan.storage.neighbours.providers import contracts_of, find_provider
from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.weekdays import FINLAND
from sote.careplan.v1.events_pb2 import ChainSent


def send_chain_step(
    session: Session, *, step_id: UUID, etag: str, rules: Rules, caller: Caller, now: datetime
) -> ChainStep:
    """Send it, the operator of the client's plan copied; one open step for a client, service and need (S1.09)."""
    step = senders_step(session, step_id, etag, caller)
    step.require("send")
    check_client(find_client(session, step.client_id))
    target, today = step.to_organisation_id, helsinki_date(now)
    contracts = contracts_of(session, [step.from_organisation_id, target])
    asked = Asked(step.client_id, target, step.service_code, step.need, step.urgency, step.question)
    check_parties(step.from_organisation_id, asked, find_provider(session, target), contracts, today)
    of_target = [contract for contract in contracts if contract.provider_id == target]
    due = response_due(step.urgency, of_target, today, FINLAND, rules)
    plan = plans.open_of(session, step.client_id)
    operator = plan.operator_organisation_id if plan else None
    step.send(due=due, plan_id=plan.id if plan else None, operator=operator, now=now)
    # The partial unique index lets one open step through when it is stored; another is refused (S1.09).
    return conclude_step(session, step, ChainSent(), now=now)

"""What verbs about enrolments share: announcing, the client's section, and the ends of an enrolment."""

from datetime import datetime
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.chassis.sections import publish_section
from services.package.domain.enrolment import Enrolment, EnrolmentState
from services.package.domain.neighbours import PlanCopy
from services.package.storage import copies, enrolments, packages
from services.package.wire import facts, resources
from sote.package.v1 import events_pb2, section_pb2


def announce_enrolment(session: Session, enrolment: Enrolment, fact: Message) -> None:
    """Write a fact of the enrolment to the outbox."""
    session.flush()
    announce(session, fact, aggregate="enrolments", aggregate_id=enrolment.id, version=enrolment.version)


def publish_packages(session: Session, client_id: UUID, *, now: datetime) -> None:
    """Renew what the integrated record shows of the client's packages."""
    session.flush()

    def build() -> section_pb2.PackageSection:
        return resources.section(
            (enrolment, packages.version_content(session, enrolment.package_id, enrolment.package_number))
            for enrolment in enrolments.of_client(session, client_id)
        )

    publish_section(session, client_id=client_id, section=build, now=now)


def cancel(session: Session, enrolment: Enrolment, reason: str, *, now: datetime) -> None:
    """Cancel an open enrolment; what is not done of it is cancelled by those who hear of it."""
    enrolment.cancel(reason, now=now)
    announce_enrolment(session, enrolment, events_pb2.EnrolmentCancelled(enrolment=facts.enrolment_facts(enrolment)))
    publish_packages(session, enrolment.client_id, now=now)


def fail(session: Session, enrolment: Enrolment, reason: str, *, now: datetime) -> None:
    """Fail an enrolment that is not in force yet; one that is past it is left alone.

    Whoever did a part of the expansion undoes that part on the fact.
    """
    if enrolment.state not in {EnrolmentState.ACCEPTED, EnrolmentState.EXPANDING}:
        return
    enrolment.fail(reason, now=now)
    fact = events_pb2.EnrolmentFailed(enrolment=facts.enrolment_facts(enrolment), reason=reason)
    announce_enrolment(session, enrolment, fact)
    publish_packages(session, enrolment.client_id, now=now)


def complete_if_done(session: Session, enrolment: Enrolment, *, now: datetime) -> None:
    """Complete an enrolment whose mandatory items are all done or cancelled (ENROLMENT-6); show it as it is now."""
    if enrolment.complete(now=now):
        fact = events_pb2.EnrolmentCompleted(enrolment=facts.enrolment_facts(enrolment))
        announce_enrolment(session, enrolment, fact)
    publish_packages(session, enrolment.client_id, now=now)


def follow(session: Session, enrolment: Enrolment, plan: PlanCopy, *, now: datetime) -> None:
    """Take over what a newer version of the plan says; deliveries that came before their planned service count now."""
    enrolment.follow(plan, now=now)
    count_deliveries(session, enrolment)


def count_deliveries(session: Session, enrolment: Enrolment) -> None:
    """Count what each item has got from all deliveries, so that the order in which they arrive does not matter."""
    enrolment.count_deliveries(copies.delivered(session, [item.plan_service_id for item in enrolment.items]))

"""Finding the transfer a command is about, its plan locked."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import NoRelationship
from services.careplan.domain.transfers.operator_transfer import OperatorTransfer
from services.careplan.storage import plans, transfers
from services.careplan.wire.requests import organisation_of
from services.chassis.etags import check_etag
from services.chassis.identity import Caller


def offered_by(session: Session, transfer_id: UUID, etag: str, caller: Caller) -> tuple[Plan, OperatorTransfer]:
    """The transfer the caller's organisation offered; refuses others and unknown ones alike, and a stale `etag`."""
    plan, transfer = _locked(session, transfer_id)
    transfer.require_from(organisation_of(caller))
    check_etag(etag, transfer.version)
    return plan, transfer


def offered_to(session: Session, transfer_id: UUID, etag: str, caller: Caller) -> tuple[Plan, OperatorTransfer]:
    """The transfer offered to the caller's organisation; refuses others and unknown ones alike, and a stale `etag`."""
    plan, transfer = _locked(session, transfer_id)
    transfer.require_to(organisation_of(caller))
    check_etag(etag, transfer.version)
    return plan, transfer


def _locked(session: Session, transfer_id: UUID) -> tuple[Plan, OperatorTransfer]:
    plan_id = transfers.plan_of(session, transfer_id)
    plan = plans.locked(session, plan_id) if plan_id else None
    transfer = transfers.transfer(session, transfer_id) if plan else None
    if plan is None or transfer is None:
        raise NoRelationship
    return plan, transfer

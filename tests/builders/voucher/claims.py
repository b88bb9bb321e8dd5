"""A voucher with accepted claims, as settlement meets it; how vouchers come about is tested elsewhere."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.kernel.care import CareUnit
from services.voucher.domain.claims.paid_delivery import Payer
from services.voucher.domain.claims.redemption import Redemption, RedemptionState
from services.voucher.domain.money import Regime, ValueKind
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.claims.paid_delivery import take_delivery
from tests.builders.voucher.purse import ENTERPRISE, FIRST, LAST, NOW, OFFICIAL, PRICES, THERAPY, bind

_PLACE: dict[str, Any] = {
    "county_scheme": "MAAKUNTA_2017",
    "county_code": "06",
    "created_at": NOW,
    "created_by": OFFICIAL,
    "updated_at": NOW,
}


def redeemed_voucher(
    session: Session, *, provider_id: UUID, client_id: UUID, days: Sequence[date], code: str = THERAPY
) -> Source:
    """A voucher at the provider with its money committed and one accepted claim of a unit for each day."""
    source = Source(SourceKind.VOUCHER, uuid4())
    total = PRICES[code] * len(days)
    bind(session, source, client_id, code, total)
    session.add(_voucher(source.id, provider_id, client_id, code, len(days)))
    session.flush()
    for day in days:
        claim = _claim(source.id, provider_id, client_id, code, day)
        take_delivery(session, claim.delivery_id, Payer.REDEMPTION, claim.id)
        session.add(claim)
    session.flush()
    return source


def _voucher(voucher_id: UUID, provider_id: UUID, client_id: UUID, code: str, units: int) -> Voucher:
    price = PRICES[code]
    return Voucher(
        **_PLACE,
        id=voucher_id,
        number=f"V-06-2025-{voucher_id}",
        client_id=client_id,
        assessment_id=uuid4(),
        decision_id=uuid4(),
        plan_id=None,
        plan_service_id=None,
        enrolment_id=None,
        item_code="",
        service_code=code,
        unit=CareUnit.SESSION,
        regime=Regime.ASIAKASSETELI,
        value_kind=ValueKind.FIXED,
        fee_rule="FREE",
        units_granted=units,
        unit_value=price,
        max_value=price * units,
        valid_from=FIRST,
        valid_to=LAST,
        claim_until=date(2025, 9, 30),
        content_spec=ContentSpec(),
        issuer_organisation_id=ENTERPRISE,
        issuer_subject=OFFICIAL,
        state=State.CLOSING,
        provider_id=provider_id,
        contract_id=uuid4(),
        contract_version=1,
        agreed_price=price,
        county_share=price,
        client_share=0,
        units_redeemed=units,
        redeemed_cents=price * units,
    )


def _claim(voucher_id: UUID, provider_id: UUID, client_id: UUID, code: str, day: date) -> Redemption:
    return Redemption(
        **_PLACE,
        id=uuid4(),
        voucher_id=voucher_id,
        client_id=client_id,
        provider_id=provider_id,
        service_code=code,
        delivery_id=uuid4(),
        service_date=day,
        units=1,
        unit_price=PRICES[code],
        county_share=PRICES[code],
        client_share=0,
        state=RedemptionState.ACCEPTED,
    )

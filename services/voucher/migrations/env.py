"""Runs the voucher service's migrations; the storage modules imported here are those that have tables."""

from services.chassis.migrations import run_env
from services.voucher.storage import (
    budget,
    commitment,
    content,
    envelope,
    income,
    parameters,
    quotes,
    redemption,
    reroute,
    reversal,
    settlement,
    voucher,
)
from services.voucher.storage.copies import client, plan, plan_lines, provider, sanction
from services.voucher.storage.metadata import METADATA

TABLES = (
    *(budget, commitment, envelope, settlement, redemption, reroute, reversal, voucher),
    *(content, income, parameters, quotes),
    *(client, plan, plan_lines, provider, sanction),
)

run_env(METADATA)

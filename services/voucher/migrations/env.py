"""Runs the voucher service's migrations; the storage modules imported here are those that have tables."""

from services.chassis.migrations import run_env
from services.voucher.storage import (
    budget,
    commitment,
    envelope,
    income,
    parameters,
    quotes,
    redemption,
    reroute,
    settlement,
    voucher,
)
from services.voucher.storage.copies import client, plan, provider
from services.voucher.storage.metadata import METADATA

TABLES = (
    *(budget, commitment, envelope, settlement, redemption, reroute, voucher),
    *(income, parameters, quotes),
    *(client, plan, provider),
)

run_env(METADATA)

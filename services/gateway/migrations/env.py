"""Runs the gateway's migrations."""

from services.chassis.migrations import run_env
from services.gateway.storage.tables import METADATA

run_env(METADATA)

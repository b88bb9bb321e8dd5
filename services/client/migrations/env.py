"""Runs the client service's migrations."""

from services.chassis.migrations import run_env
from services.client.storage import METADATA

run_env(METADATA)

"""Runs this service's migrations."""

from services.chassis.migrations import run_env
from services.package.storage.tables import METADATA

run_env(METADATA)

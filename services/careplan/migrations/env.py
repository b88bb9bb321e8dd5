"""Runs the care plan migrations."""

from services.careplan.storage import copies as copies
from services.careplan.storage.tables import METADATA
from services.chassis.migrations import run_env

run_env(METADATA)

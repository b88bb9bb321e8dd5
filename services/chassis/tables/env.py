"""Runs the chassis migrations."""

from services.chassis.database import CHASSIS
from services.chassis.migrations import run_env

run_env(CHASSIS)

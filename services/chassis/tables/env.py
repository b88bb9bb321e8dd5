"""Alembic's entry for every service: runs the revisions that `services.chassis.migrations` asks for."""

from services.chassis.migrations import run_env

run_env()

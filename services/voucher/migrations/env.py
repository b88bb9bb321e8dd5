"""Runs the voucher service's migrations; every storage module is imported, so that no table is forgotten."""

from importlib import import_module
from pkgutil import walk_packages

from services.chassis.migrations import run_env
from services.voucher import storage
from services.voucher.storage.metadata import METADATA

for module in walk_packages(storage.__path__, f"{storage.__name__}."):
    import_module(module.name)

run_env(METADATA)

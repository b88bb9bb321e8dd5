"""Every table of the service, for its migrations: all storage modules are imported, so that none is forgotten."""

from importlib import import_module
from pkgutil import walk_packages

from services.voucher import storage
from services.voucher.storage.metadata import METADATA as METADATA

for module in walk_packages(storage.__path__, f"{storage.__name__}."):
    import_module(module.name)

"""Which classes a process maps: `python -m tests.house.mapped voucher api|bus` goes as far as the process goes.

Prints as JSON the classes that are mapped when the process would begin to serve, and those that any module of the
service maps.
"""

import json
import runpy
import sys
from importlib import import_module
from pkgutil import walk_packages
from typing import Any


def main(service: str, kind: str) -> None:
    """Run the service's `__main__` up to where it would serve."""
    if kind == "bus":
        from services.chassis.green import go_green

        go_green()
    from sqlalchemy import event
    from sqlalchemy.orm import Mapper

    mapped: set[str] = set()

    def note(_: Any, mapped_class: type) -> None:
        mapped.add(f"{mapped_class.__module__}.{mapped_class.__qualname__}")

    event.listen(Mapper, "after_mapper_constructed", note)

    def instead(*_: Any, **__: Any) -> None:
        served = sorted(mapped)
        package = import_module(f"services.{service}")
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name and not module.name.endswith("__main__"):
                import_module(module.name)
        print(json.dumps({"served": served, "all": sorted(mapped)}))  # noqa: T201
        raise SystemExit

    for module, names in (("grpc_server", ["serve"]), ("grpc_aio", ["serve_aio"]), ("bus", ["run_bus"])):
        if (module == "bus") == (kind == "bus"):
            for name in names:
                setattr(import_module(f"services.chassis.{module}"), name, instead)
    sys.argv[1:] = [kind]
    runpy.run_module(f"services.{service}", run_name="__main__", alter_sys=True)
    raise SystemExit("the process did not serve")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""What the processes of a county find in their environment: addresses, ports, keys and names."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cli.county import children
from cli.county.keys import ISSUER, Keys
from cli.county.places import CHECKOUT, SERVICES, Places
from cli.county.servers import Servers, database_variable

# Pirkanmaa, the demo county.
COUNTY = {"COUNTY_SCHEME": "MAAKUNTA_2017", "COUNTY_CODE": "06"}
# A developer's token may last a working day; the services' own default is ten minutes.
LONGEST_TOKEN_SECONDS = 12 * 3600


@dataclass(frozen=True)
class Ports:
    """Ports of one service's two processes."""

    grpc: int
    api_metrics: int
    bus_metrics: int


def choose_ports(places: Places) -> dict[str, Ports]:
    """Free ports for every process, those of the last run where they are still free."""
    wanted: dict[str, dict[str, int]] = json.loads(places.ports.read_text()) if places.ports.exists() else {}
    names = [(service, use) for service in SERVICES for use in ("grpc", "api_metrics", "bus_metrics")]
    free = children.free_ports([wanted.get(service, {}).get(use, 0) for service, use in names])
    chosen = dict(zip(names, free, strict=True))
    by_service = {
        service: {use: chosen[service, use] for use in ("grpc", "api_metrics", "bus_metrics")} for service in SERVICES
    }
    places.ports.write_text(json.dumps(by_service, indent=2) + "\n")
    return {service: Ports(**ports) for service, ports in by_service.items()}


def county_environment(
    places: Places, keys: Keys, servers: Servers, ports: Mapping[str, Ports], given: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The environment of every process of the county; what the caller's environment says goes first."""
    made = {
        **COUNTY,
        "AMQP_URI": servers.amqp_uri(),
        "JWKS_FILE": str(keys.jwks),
        "TOKEN_ISSUER": ISSUER,
        "TOKEN_MAX_SECONDS": str(LONGEST_TOKEN_SECONDS),
        "SECTION_KEYS_FILE": str(keys.section_keys),
        "CLIENT_IDENTITY_KEYS_FILE": str(keys.identity_keys),
        "VOUCHER_INCOME_KEYS_FILE": str(keys.income_keys),
        "CLOCK_FILE": str(places.clock),
        "GRPC_REFLECTION": "true",
        "LOG_LEVEL": "INFO",
        "PYTHONUNBUFFERED": "1",
    }
    for service, url in servers.database_urls().items():
        made[database_variable(service)] = url
    # Ports are the supervisor's to give: it must know where to ask for health.
    # Compiled modules are kept even where the caller's environment says otherwise: they halve the time to start.
    roots = os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "protos")])
    fixed = {"PYTHONPATH": roots, "PYTHONDONTWRITEBYTECODE": ""}
    for service, its in ports.items():
        prefix = service.upper()
        fixed[f"{prefix}_GRPC_PORT"] = str(its.grpc)
        fixed[f"{prefix}_API_METRICS_PORT"] = str(its.api_metrics)
        fixed[f"{prefix}_BUS_METRICS_PORT"] = str(its.bus_metrics)
        fixed[f"{prefix}_ADDRESS"] = f"{children.LOOPBACK}:{its.grpc}"
    return {**made, **given, **fixed}

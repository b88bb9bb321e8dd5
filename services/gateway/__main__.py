"""Who gets what in a process of this service: `python -m services.gateway api|bus|migrate`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from services.chassis.clock import Clock
from services.chassis.process import run
from services.gateway.settings import Settings

if TYPE_CHECKING:
    from services.chassis.grpc_aio import AioApi, AioParts

SERVICE = "gateway"


def build_api(settings: Settings, clock: Clock) -> "AioApi":
    """The gateway's api over its database and the services' addresses."""
    import asyncpg

    from services.chassis.grpc_aio import AioApi, AioParts
    from services.chassis.policy import Policy
    from services.gateway import views
    from services.gateway.api import REFUSALS, GatewayApi
    from services.gateway.peers import Peers
    from sote.gateway.v1 import gateway_service_pb2_grpc

    policy = Policy(["sote.gateway.v1.GatewayService"], county=settings.county)

    @asynccontextmanager
    async def parts() -> "AsyncIterator[AioParts]":
        peers = Peers(settings.addresses, budget=settings.peer_budget_seconds)
        async with asyncpg.create_pool(
            settings.database_url.get_secret_value().replace("+psycopg", "", 1),
            min_size=0,  # starts, and says it is not ready, while the database is away
            max_size=settings.pool_size,
            connection_class=views.Connection,
            command_timeout=5.0,
            server_settings={"timezone": "UTC", "default_transaction_read_only": "on"},
        ) as pool:
            api = GatewayApi(pool=pool, peers=peers, policy=policy, clock=clock)
            add = gateway_service_pb2_grpc.add_GatewayServiceServicer_to_server
            yield AioParts([(add, api)], lambda: views.answers(pool))
            await peers.close()

    return AioApi(SERVICE, policy, REFUSALS, parts)


def work(settings: Settings) -> None:
    """Run the bus process."""
    from services.chassis.bus import run_bus
    from services.gateway.bus import GatewayBus

    run_bus(GatewayBus, service=SERVICE, settings=settings)


if __name__ == "__main__":
    run("services.gateway", Settings, api=build_api, bus=work)

"""An api process of the echo service, as a service's `__main__` would run it."""

import time
from typing import Any

from services.chassis.clock import wall_clock
from services.chassis.database import engine_from, sessions_from
from services.chassis.door import Door
from services.chassis.grpc_server import Api, serve
from services.chassis.policy import Policy
from services.chassis.settings import ProcessSettings
from tests import echo_service as echo


def main() -> None:
    """Serve; `Write` takes as many seconds as the text says."""
    settings = ProcessSettings(_env_prefix="ECHO_")
    policy = Policy([f"{echo.PACKAGE}.DeclaredService"], county=settings.county)
    door = Door(
        sessions=sessions_from(engine_from(settings.database_url.get_secret_value())), clock=wall_clock, policy=policy
    )

    def write(request: Any, context: Any) -> Any:
        time.sleep(float(request.text))
        return door.write(request, context, lambda session, call: echo.EchoReply(text="written"))

    api = Api("echo", [(echo.adder(), {"Write": write, "Read": write})], policy, {}, lambda: True)
    serve(api, settings)


if __name__ == "__main__":
    main()

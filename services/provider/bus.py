"""What this service hears and sends: it sends its facts, and listens to nobody yet."""

from services.chassis.bus import OutboxRelay


class ProviderBus:
    """The bus process of this service."""

    name = "provider"
    relay = OutboxRelay()

"""Every table of the service, for its migrations."""

from services.gateway.storage.tables import METADATA as METADATA

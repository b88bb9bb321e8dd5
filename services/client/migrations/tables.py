"""Every table of the service, for its migrations."""

from services.client.storage import METADATA as METADATA

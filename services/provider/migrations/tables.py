"""Every table of the service, for its migrations."""

from services.provider.storage.tables import METADATA as METADATA

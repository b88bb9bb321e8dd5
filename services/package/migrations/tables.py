"""Every table of the service, for its migrations."""

from services.package.storage.tables import METADATA as METADATA

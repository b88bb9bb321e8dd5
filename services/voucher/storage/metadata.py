"""The one metadata object to which every table of this service belongs."""

from services.chassis.database import metadata

METADATA = metadata()

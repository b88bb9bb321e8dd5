"""The one metadata object to which every table of this service belongs."""

from sqlalchemy import DateTime

from services.chassis.database import metadata

METADATA = metadata()
INSTANT = DateTime(timezone=True)

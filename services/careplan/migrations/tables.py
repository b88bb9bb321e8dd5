"""Every table of the service, for its migrations."""

from services.careplan.storage import copies as copies
from services.careplan.storage.tables import METADATA as METADATA

"""The tables that the care plan migrations make."""

from services.careplan.storage.columns import METADATA as METADATA

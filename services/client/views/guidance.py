"""Questions to GuidanceService."""

from sqlalchemy.orm import Session

from services.chassis.names import resource_id
from services.client.storage.guidance import guidance
from services.client.wire import guidance as wire
from sote.client.v1 import (
    guidance_pb2,
)


def get_guidance(session: Session, name: str) -> guidance_pb2.Guidance:
    """The guidance record `guidance/{uuid}`."""
    return wire.guidance(guidance.get_guidance(session, resource_id(name, "guidance")))

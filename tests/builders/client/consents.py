"""What a client is asked to allow or to deny."""

from typing import Any

from sote.client.v1 import consent_pb2
from sote.client.v1 import consent_service_pb2 as pb
from sote.type.v1 import care_pb2


def giving(client: Any, kind: str, target: str, target_id: str = "", **more: Any) -> pb.GiveConsentRequest:
    """A request to record what the client said of a target."""
    told = {"sector": care_pb2.SECTOR_SOCIAL, "informed": True, **more}
    return pb.GiveConsentRequest(
        client_id=client.uid,
        kind=consent_pb2.ConsentKind.Value(f"CONSENT_KIND_{kind}"),
        target=consent_pb2.ConsentTarget.Value(f"CONSENT_TARGET_{target}"),
        target_id=target_id,
        **told,
    )

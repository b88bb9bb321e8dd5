"""The facts of clients: their state and flags, and how they leave the register; none says who they are (INV-25)."""

from services.chassis.values import day, id_text
from services.chassis.words import value_of
from services.client.domain.clients.client import Client, ClientState
from sote.client.v1 import client_pb2, events_pb2
from sote.type.v1 import care_pb2


def client_facts(client: Client) -> events_pb2.ClientFacts:
    """What other services may know of a client."""
    return events_pb2.ClientFacts(
        client_id=str(client.id),
        state=value_of(client_pb2.ClientState, client.state),
        attention=[value_of(care_pb2.AttentionKind, flag.kind) for flag in client.flags_in_force()],
        own_worker_named=client.own_worker is not None,
        version=client.version,
    )


def client_moved_out(client: Client) -> events_pb2.ClientMovedOut:
    """CLIENT-8; where a client under a non-disclosure order went is left out (INV-15)."""
    county = "" if client.non_disclosure else client.moved_to_county
    return events_pb2.ClientMovedOut(
        client=client_facts(client), moved_date=day(client.moved_date), moved_to_county=county
    )


def client_non_disclosure_changed(client: Client) -> events_pb2.ClientNonDisclosureChanged:
    """CLIENT-5; nothing but the flag."""
    return events_pb2.ClientNonDisclosureChanged(
        client_id=str(client.id), active=client.non_disclosure is not None, version=client.version
    )


def client_deceased(client: Client) -> events_pb2.ClientDeceased:
    """A client died (CLIENT-9)."""
    return events_pb2.ClientDeceased(client=client_facts(client), deceased_date=day(client.deceased_date))


def client_status_corrected(client: Client, before: ClientState) -> events_pb2.ClientStatusCorrected:
    """CLIENT-11; `before` is the state that was wrong."""
    wrong = value_of(client_pb2.ClientState, before)
    return events_pb2.ClientStatusCorrected(client=client_facts(client), wrong_state=wrong)


def client_merged(client: Client) -> events_pb2.ClientMerged:
    """A client was merged into another (CLIENT-12)."""
    return events_pb2.ClientMerged(client=client_facts(client), target_client_id=id_text(client.merged_into_id))

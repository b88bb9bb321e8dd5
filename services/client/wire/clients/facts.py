"""The facts of clients: their state and flags, and how they leave the register; none tells who they are (INV-25)."""

from services.chassis.values import day, id_text
from services.chassis.words import value_of
from services.client.domain.clients.client import Client, ClientState
from sote.client.v1 import client_pb2, events_pb2
from sote.type.v1 import care_pb2


def client_facts(one: Client) -> events_pb2.ClientFacts:
    """What other services may know of a client."""
    return events_pb2.ClientFacts(
        client_id=str(one.id),
        state=value_of(client_pb2.ClientState, one.state),
        attention=[value_of(care_pb2.AttentionKind, flag.kind) for flag in one.flags_in_force()],
        own_worker_named=one.own_worker is not None,
        version=one.version,
    )


def client_moved_out(one: Client) -> events_pb2.ClientMovedOut:
    """CLIENT-8; where a client under a non-disclosure order went is not told (INV-15)."""
    county = "" if one.non_disclosure else one.moved_to_county
    return events_pb2.ClientMovedOut(client=client_facts(one), moved_date=day(one.moved_date), moved_to_county=county)


def client_non_disclosure_changed(one: Client) -> events_pb2.ClientNonDisclosureChanged:
    """CLIENT-5; nothing but the flag."""
    return events_pb2.ClientNonDisclosureChanged(
        client_id=str(one.id), active=one.non_disclosure is not None, version=one.version
    )


def client_deceased(one: Client) -> events_pb2.ClientDeceased:
    """CLIENT-9."""
    return events_pb2.ClientDeceased(client=client_facts(one), deceased_date=day(one.deceased_date))


def client_status_corrected(one: Client, before: ClientState) -> events_pb2.ClientStatusCorrected:
    """CLIENT-11; `before` is the state that was wrong."""
    wrong = value_of(client_pb2.ClientState, before)
    return events_pb2.ClientStatusCorrected(client=client_facts(one), wrong_state=wrong)


def client_merged(one: Client) -> events_pb2.ClientMerged:
    """CLIENT-12."""
    return events_pb2.ClientMerged(client=client_facts(one), target_client_id=id_text(one.merged_into_id))

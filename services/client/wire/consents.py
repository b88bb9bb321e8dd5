"""Permissions and denials on the wire, and their fact."""

from typing import Any
from uuid import UUID

from services.chassis.etags import etag_of
from services.chassis.names import InvalidField, resource_name, uuid_of
from services.chassis.values import instant
from services.client.domain.consents.consent import (
    Consent,
    ConsentKind,
    ConsentTarget,
    DisclosureException,
    Item,
    Scope,
)
from services.client.domain.neighbours import Sector
from services.client.wire.values import number, word
from sote.client.v1 import consent_pb2, events_pb2
from sote.client.v1 import consent_service_pb2 as pb
from sote.type.v1 import care_pb2


def consent(one: Consent, *, whole: bool = True) -> consent_pb2.Consent:
    """A permission or denial as a resource; without its target when not `whole`."""
    return consent_pb2.Consent(
        name=resource_name("consents", one.id),
        uid=str(one.id),
        etag=etag_of(one.version),
        create_time=instant(one.created_at),
        state=number(consent_pb2.ConsentState, "CONSENT_STATE", one.status),
        client_id=str(one.client_id),
        kind=number(consent_pb2.ConsentKind, "CONSENT_KIND", one.scope.kind),
        sector=number(care_pb2.Sector, "SECTOR", one.scope.sector),
        target=number(consent_pb2.ConsentTarget, "CONSENT_TARGET", one.scope.target),
        target_id=one.scope.target_id if whole else "",
        revoke_time=instant(one.revoked_at),
    )


def giving(told: pb.GiveConsentRequest) -> dict[str, Any]:
    """GiveConsent."""
    target = word(consent_pb2.ConsentTarget, "CONSENT_TARGET", told.target, ConsentTarget)
    scope = Scope(
        kind=word(consent_pb2.ConsentKind, "CONSENT_KIND", told.kind, ConsentKind),
        sector=word(care_pb2.Sector, "SECTOR", told.sector, Sector),
        target=target,
        target_id=_target_id(target, told.target_id),
    )
    return {"client_id": UUID(told.client_id), "scope": scope, "informed": told.informed}


def item(told: pb.CheckDisclosureRequest) -> Item:
    """What is looked at."""
    task = care_pb2.ServiceTask.Name(told.service_task).removeprefix("SERVICE_TASK_")
    return Item(
        sector=word(care_pb2.Sector, "SECTOR", told.sector, Sector),
        service_task=task if told.service_task else "",
        document_id=told.document_id,
        producer=told.producer,
        closer=not told.plan_row,
    )


def exception(told: pb.CheckDisclosureRequest) -> DisclosureException | None:
    """The lawful reason told, if any."""
    if not told.exception:
        return None
    return word(pb.DisclosureException, "DISCLOSURE_EXCEPTION", told.exception, DisclosureException)


def consent_changed(one: Consent) -> events_pb2.ConsentChanged:
    """It was given or withdrawn."""
    return events_pb2.ConsentChanged(
        consent=events_pb2.ConsentFacts(
            consent_id=str(one.id),
            client_id=str(one.client_id),
            kind=number(consent_pb2.ConsentKind, "CONSENT_KIND", one.scope.kind),
            sector=number(care_pb2.Sector, "SECTOR", one.scope.sector),
            target=number(consent_pb2.ConsentTarget, "CONSENT_TARGET", one.scope.target),
            target_id=one.scope.target_id,
            state=number(consent_pb2.ConsentState, "CONSENT_STATE", one.status),
            version=one.version,
        )
    )


def _target_id(target: ConsentTarget, told: str) -> str:
    """A service task by its name, a document by its id; a controller is a provider or a county."""
    if target is ConsentTarget.DOCUMENT:
        return str(uuid_of(told, "target_id"))
    if target is ConsentTarget.SERVICE_TASK and f"SERVICE_TASK_{told}" not in care_pb2.ServiceTask.keys():  # noqa: SIM118
        raise InvalidField("target_id", "must be a service task such as LASTENSUOJELU")
    if target is ConsentTarget.CONTROLLER and ":" not in told:
        return str(uuid_of(told, "target_id"))
    return told

"""Permissions and denials on the wire, and their fact."""

from services.chassis.etags import etag_of
from services.chassis.names import InvalidField, resource_name, uuid_of
from services.chassis.values import instant
from services.chassis.words import name_of, value_of, word
from services.client.domain.consents.consent import (
    Consent,
    ConsentKind,
    ConsentTarget,
    DisclosureException,
    Item,
    Scope,
)
from services.kernel.care import Sector
from sote.client.v1 import consent_pb2, events_pb2
from sote.client.v1 import consent_service_pb2 as pb
from sote.type.v1 import care_pb2


def consent(consent: Consent, *, whole: bool = True) -> consent_pb2.Consent:
    """A permission or denial as a resource; without its target when not `whole`."""
    return consent_pb2.Consent(
        name=resource_name("consents", consent.id),
        uid=str(consent.id),
        etag=etag_of(consent.version),
        create_time=instant(consent.created_at),
        state=value_of(consent_pb2.ConsentState, consent.state),
        client_id=str(consent.client_id),
        kind=value_of(consent_pb2.ConsentKind, consent.scope.kind),
        sector=value_of(care_pb2.Sector, consent.scope.sector),
        target=value_of(consent_pb2.ConsentTarget, consent.scope.target),
        target_id=consent.scope.target_id if whole else "",
        revoke_time=instant(consent.revoked_at),
    )


def scope_from(request: pb.GiveConsentRequest) -> Scope:
    """What a request permits or denies."""
    target = word(ConsentTarget, consent_pb2.ConsentTarget, request.target)
    return Scope(
        kind=word(ConsentKind, consent_pb2.ConsentKind, request.kind),
        sector=word(Sector, care_pb2.Sector, request.sector),
        target=target,
        target_id=_target_id(target, request.target_id),
    )


def item_from(message: pb.CheckDisclosureRequest) -> Item:
    """What is looked at."""
    task = name_of(care_pb2.ServiceTask, message.service_task)
    return Item(
        sector=word(Sector, care_pb2.Sector, message.sector),
        service_task=task if message.service_task else "",
        document_id=message.document_id,
        producer=message.producer,
        closer=not message.plan_row,
    )


def exception_from(message: pb.CheckDisclosureRequest) -> DisclosureException | None:
    """The lawful reason that a request gives, if any."""
    if not message.exception:
        return None
    return word(DisclosureException, pb.DisclosureException, message.exception)


def consent_changed(consent: Consent) -> events_pb2.ConsentChanged:
    """It was given or withdrawn."""
    return events_pb2.ConsentChanged(
        consent=events_pb2.ConsentFacts(
            consent_id=str(consent.id),
            client_id=str(consent.client_id),
            kind=value_of(consent_pb2.ConsentKind, consent.scope.kind),
            sector=value_of(care_pb2.Sector, consent.scope.sector),
            target=value_of(consent_pb2.ConsentTarget, consent.scope.target),
            target_id=consent.scope.target_id,
            state=value_of(consent_pb2.ConsentState, consent.state),
            version=consent.version,
        )
    )


def _target_id(target: ConsentTarget, message: str) -> str:
    """A service task by its name, a document by its id; a controller is a provider or a county."""
    if target is ConsentTarget.DOCUMENT:
        return str(uuid_of(message, "target_id"))
    if target is ConsentTarget.SERVICE_TASK and f"SERVICE_TASK_{message}" not in care_pb2.ServiceTask.keys():  # noqa: SIM118
        raise InvalidField("target_id", "must be a service task such as LASTENSUOJELU")
    if target is ConsentTarget.CONTROLLER and ":" not in message:
        return str(uuid_of(message, "target_id"))
    return message

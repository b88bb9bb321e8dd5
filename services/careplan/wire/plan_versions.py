"""Publications as documents, as facts and as resources."""

from datetime import timedelta

from google.protobuf.json_format import MessageToJson

from services.careplan.domain.plan_versions.plan_version import PlanVersion
from services.careplan.domain.plan_versions.publication import Document, Publication, document_oid, publication_id
from services.careplan.domain.plans.plan import Plan
from services.careplan.wire import plans
from services.chassis.names import resource_name
from services.chassis.values import instant
from services.chassis.words import value_of
from sote.careplan.v1 import events_pb2, publication_pb2
from sote.careplan.v1 import publication_service_pb2 as rpc


def document_of(plan: Plan, version: PlanVersion, publication: Publication) -> Document:
    """The version as the archive keeps it: what the plan says, for whom by a pseudonym, and what it replaces."""
    replaced = publication_id(plan.id, version.supersedes) if version.supersedes else None
    document = publication_pb2.PlanDocument(
        document_oid=publication.document_oid,
        replaces_oid=document_oid(replaced) if replaced else "",
        county=f"{plan.county_scheme}:{plan.county_code}",
        plan_id=str(plan.id),
        plan_number=plan.number,
        client_id=str(plan.client_id),
        operator=plans.operator(plan),
        closed=publication.closed,
        version=plans.version(version),
    )
    return Document(publication.document_oid, publication.closed, MessageToJson(document, indent=None))


def _facts(publication: Publication) -> events_pb2.PublicationFacts:
    return events_pb2.PublicationFacts(
        publication_id=str(publication.id),
        plan_id=str(publication.plan_id),
        client_id=str(publication.client_id),
        major=publication.major,
        minor=publication.minor,
        document_oid=publication.document_oid,
        state=value_of(publication_pb2.PublicationState, publication.state),
        attempts=publication.attempts,
        closed=publication.closed,
        version=publication.fact_version,
    )


def published(publication: Publication) -> events_pb2.PlanPublished:
    """The archive has the document."""
    return events_pb2.PlanPublished(publication=_facts(publication))


def publication_failed(publication: Publication) -> events_pb2.PlanPublicationFailed:
    """The archive did not take it."""
    return events_pb2.PlanPublicationFailed(publication=_facts(publication))


def publication(publication: Publication, target: timedelta) -> rpc.Publication:
    """The resource Publication; `target` is how soon a version should be published."""
    return rpc.Publication(
        name=resource_name("publications", publication.id),
        uid=str(publication.id),
        create_time=instant(publication.wanted_at),
        plan_id=str(publication.plan_id),
        client_id=str(publication.client_id),
        major=publication.major,
        minor=publication.minor,
        document_oid=publication.document_oid,
        state=value_of(publication_pb2.PublicationState, publication.state),
        attempts=publication.attempts,
        failure=value_of(rpc.PublicationFailure, publication.failure),
        publish_time=instant(publication.published_at),
        closed=publication.closed,
        within_target=publication.published_at is not None
        and publication.published_at - publication.wanted_at <= target,
    )

"""Searches for another provider as resources, as facts and in the section."""

from services.careplan.domain.searches.reroute_case import RerouteCase
from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of
from sote.careplan.v1 import events_pb2, reroute_pb2, section_pb2


def reroute_case(it: RerouteCase) -> reroute_pb2.RerouteCase:
    """The resource RerouteCase."""
    return reroute_pb2.RerouteCase(
        name=resource_name("rerouteCases", it.id),
        uid=str(it.id),
        etag=etag_of(it.version),
        create_time=instant(it.created_at),
        update_time=instant(it.updated_at),
        client_id=str(it.client_id),
        plan_id=id_text(it.plan_id),
        plan_service_id=id_text(it.plan_service_id),
        voucher_id=id_text(it.voucher_id),
        service_code=it.service_code,
        cause=value_of(reroute_pb2.RerouteCaseCause, it.cause),
        state=value_of(reroute_pb2.RerouteCaseState, it.state),
        old_provider_id=id_text(it.old_provider_id),
        cut_off_date=day(it.cut_off),
        new_provider_id=id_text(it.new_provider_id),
        due_date=day(it.due),
        overdue=it.overdue,
        refusals=it.refusals,
        support_due=it.support_due,
        take_over_offered=it.take_over_offered,
        handover_until_date=day(it.handover_until),
    )


def reroute_facts(it: RerouteCase, handover_days: int) -> events_pb2.RerouteCaseFacts:
    """The search as others may know it."""
    return events_pb2.RerouteCaseFacts(
        reroute_case_id=str(it.id),
        client_id=str(it.client_id),
        plan_id=id_text(it.plan_id),
        plan_service_id=id_text(it.plan_service_id),
        voucher_id=id_text(it.voucher_id),
        old_provider_id=id_text(it.old_provider_id),
        service_code=it.service_code,
        cause=value_of(reroute_pb2.RerouteCaseCause, it.cause),
        state=value_of(reroute_pb2.RerouteCaseState, it.state),
        opened_date=day(it.opened_on),
        due_date=day(it.due),
        version=it.fact_version,
        new_provider_id=id_text(it.new_provider_id),
        refusals=it.refusals,
        refusing_provider_id=id_text(it.barred_provider_id),
        old_unit_id=id_text(it.old_unit_id),
        handover_days=handover_days,
    )


def reroute_shown(it: RerouteCase) -> section_pb2.PlanSectionReroute:
    """The search in the section; what the service is, the section's services say."""
    return section_pb2.PlanSectionReroute(
        reroute_case_id=str(it.id),
        plan_service_id=id_text(it.plan_service_id),
        voucher_id=id_text(it.voucher_id),
        cause=value_of(reroute_pb2.RerouteCaseCause, it.cause),
        state=value_of(reroute_pb2.RerouteCaseState, it.state),
        opened_date=day(it.opened_on),
        due_date=day(it.due),
        overdue=it.overdue,
    )

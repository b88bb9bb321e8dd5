"""Searches for another provider as resources, as facts and in the section."""

from services.careplan.domain.searches.reroute_case import RerouteCase
from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of
from sote.careplan.v1 import events_pb2, reroute_pb2, section_pb2


def reroute_case(case: RerouteCase) -> reroute_pb2.RerouteCase:
    """The resource RerouteCase."""
    return reroute_pb2.RerouteCase(
        name=resource_name("rerouteCases", case.id),
        uid=str(case.id),
        etag=etag_of(case.version),
        create_time=instant(case.created_at),
        update_time=instant(case.updated_at),
        client_id=str(case.client_id),
        plan_id=id_text(case.plan_id),
        plan_service_id=id_text(case.plan_service_id),
        voucher_id=id_text(case.voucher_id),
        service_code=case.service_code,
        cause=value_of(reroute_pb2.RerouteCaseCause, case.cause),
        state=value_of(reroute_pb2.RerouteCaseState, case.state),
        old_provider_id=id_text(case.old_provider_id),
        cut_off_date=day(case.cut_off),
        new_provider_id=id_text(case.new_provider_id),
        due_date=day(case.due),
        overdue=case.overdue,
        refusals=case.refusals,
        support_due=case.support_due,
        take_over_offered=case.take_over_offered,
        handover_until_date=day(case.handover_until),
    )


def reroute_facts(case: RerouteCase, handover_days: int) -> events_pb2.RerouteCaseFacts:
    """The search as others may know it."""
    return events_pb2.RerouteCaseFacts(
        reroute_case_id=str(case.id),
        client_id=str(case.client_id),
        plan_id=id_text(case.plan_id),
        plan_service_id=id_text(case.plan_service_id),
        voucher_id=id_text(case.voucher_id),
        old_provider_id=id_text(case.old_provider_id),
        service_code=case.service_code,
        cause=value_of(reroute_pb2.RerouteCaseCause, case.cause),
        state=value_of(reroute_pb2.RerouteCaseState, case.state),
        opened_date=day(case.opened_on),
        due_date=day(case.due),
        version=case.fact_version,
        new_provider_id=id_text(case.new_provider_id),
        refusals=case.refusals,
        refusing_provider_id=id_text(case.barred_provider_id),
        old_unit_id=id_text(case.old_unit_id),
        handover_days=handover_days,
    )


def reroute_shown(case: RerouteCase) -> section_pb2.PlanSectionReroute:
    """The search in the section; what the service is, the section's services say."""
    return section_pb2.PlanSectionReroute(
        reroute_case_id=str(case.id),
        plan_service_id=id_text(case.plan_service_id),
        voucher_id=id_text(case.voucher_id),
        cause=value_of(reroute_pb2.RerouteCaseCause, case.cause),
        state=value_of(reroute_pb2.RerouteCaseState, case.state),
        opened_date=day(case.opened_on),
        due_date=day(case.due),
        overdue=case.overdue,
    )

"""Which refusal is which gRPC status, and which constraint of the database stands for which refusal."""

from collections.abc import Callable, Mapping

import grpc

from services.careplan.domain.acknowledgements import refusals as acknowledgements
from services.careplan.domain.chains import refusals as chains
from services.careplan.domain.consultations import refusals as consultations
from services.careplan.domain.deliveries import refusals as deliveries
from services.careplan.domain.enrolments import refusals as enrolments
from services.careplan.domain.goals import refusals as goals
from services.careplan.domain.lifecycle import refusals as lifecycle
from services.careplan.domain.pauses import refusals as pauses
from services.careplan.domain.plan_versions import refusals as plan_versions
from services.careplan.domain.plans import refusals as plans
from services.careplan.domain.searches import refusals as searches
from services.careplan.domain.transfers import refusals as transfers
from services.kernel.refusal import IllegalTransition

_Code = grpc.StatusCode

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    IllegalTransition: _Code.FAILED_PRECONDITION,
    plans.NotTheOperator: _Code.PERMISSION_DENIED,
    plans.NoRelationship: _Code.PERMISSION_DENIED,
    plans.PlanEmpty: _Code.FAILED_PRECONDITION,
    plans.GoalUnknown: _Code.NOT_FOUND,
    plans.PlanServiceUnknown: _Code.NOT_FOUND,
    plans.PlanServiceDone: _Code.FAILED_PRECONDITION,
    plans.ServiceNotInCatalogue: _Code.FAILED_PRECONDITION,
    plans.ArrangementNotAllowed: _Code.FAILED_PRECONDITION,
    plans.UnitMismatch: _Code.FAILED_PRECONDITION,
    plans.ProviderRequired: _Code.INVALID_ARGUMENT,
    plans.ProviderNotAllowed: _Code.INVALID_ARGUMENT,
    plans.PeriodInvalid: _Code.INVALID_ARGUMENT,
    plans.ModeTextRequired: _Code.INVALID_ARGUMENT,
    plans.ScaleInvalid: _Code.INVALID_ARGUMENT,
    plans.ProviderUnknown: _Code.FAILED_PRECONDITION,
    plans.ProviderNotApproved: _Code.FAILED_PRECONDITION,
    plans.ProviderUnitUnknown: _Code.FAILED_PRECONDITION,
    plans.NoActiveContract: _Code.FAILED_PRECONDITION,
    plans.NoCentreDecision: _Code.FAILED_PRECONDITION,
    plans.ConsultationPending: _Code.FAILED_PRECONDITION,
    plans.ObjectionUnresolved: _Code.FAILED_PRECONDITION,
    plans.ClientViewMissing: _Code.FAILED_PRECONDITION,
    plans.StatutorySectionMissing: _Code.FAILED_PRECONDITION,
    plans.DeliveryOpen: _Code.FAILED_PRECONDITION,
    plans.StaleOperator: _Code.ABORTED,
    plans.NotTheCounty: _Code.PERMISSION_DENIED,
    lifecycle.OpenPlanExists: _Code.ALREADY_EXISTS,
    lifecycle.PredecessorNotAllowed: _Code.INVALID_ARGUMENT,
    lifecycle.ClientUnknown: _Code.FAILED_PRECONDITION,
    lifecycle.ClientClosed: _Code.FAILED_PRECONDITION,
    lifecycle.AssessmentMissing: _Code.FAILED_PRECONDITION,
    lifecycle.OperatorKindNotAllowed: _Code.FAILED_PRECONDITION,
    lifecycle.OperatorNotChosen: _Code.FAILED_PRECONDITION,
    lifecycle.OpenVoucher: _Code.FAILED_PRECONDITION,
    lifecycle.OpenEnrolment: _Code.FAILED_PRECONDITION,
    plan_versions.PlanVersionUnknown: _Code.NOT_FOUND,
    consultations.TextRequired: _Code.INVALID_ARGUMENT,
    acknowledgements.AcknowledgementNotAsked: _Code.FAILED_PRECONDITION,
    acknowledgements.AcknowledgementOutdated: _Code.FAILED_PRECONDITION,
    goals.MeasuredInFuture: _Code.FAILED_PRECONDITION,
    deliveries.CauseRequired: _Code.INVALID_ARGUMENT,
    deliveries.OutsideArea: _Code.FAILED_PRECONDITION,
    deliveries.Duplicate: _Code.ALREADY_EXISTS,
    deliveries.ServiceDateInFuture: _Code.FAILED_PRECONDITION,
    pauses.PauseOutsidePeriod: _Code.INVALID_ARGUMENT,
    pauses.PauseOverlaps: _Code.FAILED_PRECONDITION,
    pauses.ResumedTooEarly: _Code.INVALID_ARGUMENT,
    searches.NewProviderRequired: _Code.INVALID_ARGUMENT,
    searches.VoucherDecides: _Code.FAILED_PRECONDITION,
    enrolments.OpenPlanMissing: _Code.FAILED_PRECONDITION,
    chains.DuplicateChainStep: _Code.ALREADY_EXISTS,
    chains.ClauseMissing: _Code.FAILED_PRECONDITION,
    chains.NoServiceLine: _Code.FAILED_PRECONDITION,
    chains.StepToItself: _Code.FAILED_PRECONDITION,
    chains.PlannedDateInPast: _Code.INVALID_ARGUMENT,
    transfers.TransferPending: _Code.ALREADY_EXISTS,
    transfers.TransferToItself: _Code.FAILED_PRECONDITION,
}

CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    "uq_plan_open_of_client": lambda: lifecycle.OpenPlanExists(
        "the client has an open plan; a client has one at a time"
    ),
    "uq_operator_transfer_under_way": lambda: transfers.TransferPending(
        "a transfer of the plan is under way; there is one at a time"
    ),
    "uq_chain_step_open": lambda: chains.DuplicateChainStep(
        "the client has an open step for this service and this need; ask there what becomes of it"
    ),
    "uq_delivery_external_ref": lambda: deliveries.Duplicate(
        "the provider recorded a delivery with this external reference before"
    ),
}

"""Which refusal is which gRPC status, and which constraint of the database stands for which refusal."""

from collections.abc import Callable, Mapping

import grpc

from services.careplan.domain import chain_refusals as chain
from services.careplan.domain import delivery_refusals as delivery
from services.careplan.domain import line_refusals as line
from services.careplan.domain import pause_refusals as pause
from services.careplan.domain import refusals as domain
from services.careplan.domain import reroute_refusals as reroute
from services.careplan.domain import statutory_refusals as statutory
from services.careplan.domain import transfer_refusals as transfer

_Code = grpc.StatusCode

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    domain.IllegalTransition: _Code.FAILED_PRECONDITION,
    domain.OpenPlanExists: _Code.ALREADY_EXISTS,
    domain.PredecessorNotAllowed: _Code.INVALID_ARGUMENT,
    domain.ClientUnknown: _Code.FAILED_PRECONDITION,
    domain.ClientClosed: _Code.FAILED_PRECONDITION,
    domain.AssessmentMissing: _Code.FAILED_PRECONDITION,
    domain.OperatorKindNotAllowed: _Code.FAILED_PRECONDITION,
    domain.OperatorNotChosen: _Code.FAILED_PRECONDITION,
    domain.NotTheOperator: _Code.PERMISSION_DENIED,
    domain.NoRelationship: _Code.PERMISSION_DENIED,
    domain.PlanEmpty: _Code.FAILED_PRECONDITION,
    domain.GoalUnknown: _Code.NOT_FOUND,
    domain.PlanServiceUnknown: _Code.NOT_FOUND,
    domain.PlanVersionUnknown: _Code.NOT_FOUND,
    domain.PlanServiceDone: _Code.FAILED_PRECONDITION,
    line.ServiceNotInCatalogue: _Code.FAILED_PRECONDITION,
    line.ArrangementNotAllowed: _Code.FAILED_PRECONDITION,
    line.UnitMismatch: _Code.FAILED_PRECONDITION,
    line.ProviderRequired: _Code.INVALID_ARGUMENT,
    line.ProviderNotAllowed: _Code.INVALID_ARGUMENT,
    line.PeriodInvalid: _Code.INVALID_ARGUMENT,
    line.ModeTextRequired: _Code.INVALID_ARGUMENT,
    domain.ScaleInvalid: _Code.INVALID_ARGUMENT,
    line.ProviderUnknown: _Code.FAILED_PRECONDITION,
    line.ProviderNotApproved: _Code.FAILED_PRECONDITION,
    line.ProviderUnitUnknown: _Code.FAILED_PRECONDITION,
    line.NoActiveContract: _Code.FAILED_PRECONDITION,
    domain.NoCentreDecision: _Code.FAILED_PRECONDITION,
    domain.ConsultationPending: _Code.FAILED_PRECONDITION,
    domain.ObjectionUnresolved: _Code.FAILED_PRECONDITION,
    domain.TextRequired: _Code.INVALID_ARGUMENT,
    domain.ClientViewMissing: _Code.FAILED_PRECONDITION,
    statutory.StatutorySectionMissing: _Code.FAILED_PRECONDITION,
    domain.AcknowledgementNotAsked: _Code.FAILED_PRECONDITION,
    domain.AcknowledgementOutdated: _Code.FAILED_PRECONDITION,
    domain.OpenVoucher: _Code.FAILED_PRECONDITION,
    domain.OpenEnrolment: _Code.FAILED_PRECONDITION,
    domain.DeliveryOpen: _Code.FAILED_PRECONDITION,
    domain.OpenPlanMissing: _Code.FAILED_PRECONDITION,
    transfer.StaleOperator: _Code.ABORTED,
    transfer.NotTheCounty: _Code.PERMISSION_DENIED,
    transfer.TransferPending: _Code.ALREADY_EXISTS,
    transfer.TransferToItself: _Code.FAILED_PRECONDITION,
    chain.DuplicateChainStep: _Code.ALREADY_EXISTS,
    chain.ClauseMissing: _Code.FAILED_PRECONDITION,
    chain.NoServiceLine: _Code.FAILED_PRECONDITION,
    chain.StepToItself: _Code.FAILED_PRECONDITION,
    chain.PlannedDateInPast: _Code.INVALID_ARGUMENT,
    pause.PauseOutsidePeriod: _Code.INVALID_ARGUMENT,
    pause.PauseOverlaps: _Code.FAILED_PRECONDITION,
    pause.ResumedTooEarly: _Code.INVALID_ARGUMENT,
    reroute.NewProviderRequired: _Code.INVALID_ARGUMENT,
    reroute.VoucherDecides: _Code.FAILED_PRECONDITION,
    delivery.CauseRequired: _Code.INVALID_ARGUMENT,
    delivery.OutsideArea: _Code.FAILED_PRECONDITION,
    delivery.Duplicate: _Code.ALREADY_EXISTS,
    delivery.ServiceDateInFuture: _Code.FAILED_PRECONDITION,
    delivery.MeasuredInFuture: _Code.FAILED_PRECONDITION,
}

CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    "uq_plan_open_of_client": domain.OpenPlanExists,
    "uq_operator_transfer_under_way": transfer.TransferPending,
    "uq_chain_step_open": chain.DuplicateChainStep,
    "uq_delivery_external_ref": delivery.Duplicate,
}

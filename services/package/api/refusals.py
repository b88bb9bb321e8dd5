"""What each refusal of this service is to a caller, and what a violated constraint means."""

from collections.abc import Callable, Mapping
from functools import partial

import grpc

from services.kernel.refusal import IllegalTransition, InvalidValue
from services.package.domain import refusals

Code = grpc.StatusCode

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    IllegalTransition: Code.FAILED_PRECONDITION,
    InvalidValue: Code.INVALID_ARGUMENT,
    refusals.PackageNotFound: Code.NOT_FOUND,
    refusals.EnrolmentNotFound: Code.NOT_FOUND,
    refusals.PackageExists: Code.ALREADY_EXISTS,
    refusals.DraftExists: Code.ALREADY_EXISTS,
    refusals.NoDraft: Code.FAILED_PRECONDITION,
    refusals.TooFewItems: Code.FAILED_PRECONDITION,
    refusals.PackageItemWithoutMember: Code.FAILED_PRECONDITION,
    refusals.ClauseMissing: Code.FAILED_PRECONDITION,
    refusals.EnvelopeMissing: Code.FAILED_PRECONDITION,
    refusals.EnvelopeExceeded: Code.FAILED_PRECONDITION,
    refusals.CoordinatorMissing: Code.FAILED_PRECONDITION,
    refusals.NetworkTooSmall: Code.FAILED_PRECONDITION,
    refusals.NotASingleUnit: Code.FAILED_PRECONDITION,
    refusals.SectorsMissing: Code.FAILED_PRECONDITION,
    refusals.TemplateRuleBroken: Code.FAILED_PRECONDITION,
    refusals.PackageNotPublished: Code.FAILED_PRECONDITION,
    refusals.PackageDegraded: Code.FAILED_PRECONDITION,
    refusals.CriteriaNotMet: Code.FAILED_PRECONDITION,
    refusals.AssessmentNotCurrent: Code.FAILED_PRECONDITION,
    refusals.ClientClosed: Code.FAILED_PRECONDITION,
    refusals.AlreadyEnrolled: Code.ALREADY_EXISTS,
    refusals.NotAMember: Code.FAILED_PRECONDITION,
    refusals.NoActiveContract: Code.FAILED_PRECONDITION,
    refusals.NoRelationship: Code.PERMISSION_DENIED,
    refusals.IssuerNotAllowed: Code.PERMISSION_DENIED,
}
"""What each refusal of this service is to a caller."""

CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    "uq_package_code": partial(refusals.PackageExists, "the county has a package with this code"),
    "uq_enrolment_open": partial(refusals.AlreadyEnrolled, "the client has an open enrolment in this package"),
}
"""What a violated constraint means."""

"""Refusals of consultations."""

from services.kernel.refusal import Refusal


class TextRequired(Refusal):
    """A comment or an objection says why."""

    reason = "TEXT_REQUIRED"
    rule = "PLAN-4"
    field = "text"

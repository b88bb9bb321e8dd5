"""Refusals about the search for another provider."""

from services.kernel.refusal import Refusal


class NewProviderRequired(Refusal):
    """A take-over of a planned service names the provider that delivers it from now on."""

    reason = "NEW_PROVIDER_REQUIRED"
    rule = "PROCESS-C7"
    field = "provider_id"


class VoucherDecides(Refusal):
    """A service by voucher is re-routed by its voucher."""

    reason = "VOUCHER_DECIDES"
    rule = "VOUCHER-9"

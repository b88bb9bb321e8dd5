"""Questions about what changed a voucher."""

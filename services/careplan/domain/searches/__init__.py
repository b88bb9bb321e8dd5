"""The search for another provider of a planned service or a voucher (process C)."""

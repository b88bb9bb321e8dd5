"""Schema changes of the voucher service's database."""

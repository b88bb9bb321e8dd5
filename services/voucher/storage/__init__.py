"""Tables of the voucher service and what it asks of them."""

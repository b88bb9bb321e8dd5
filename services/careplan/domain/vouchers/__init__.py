"""What the state of a voucher means for the planned service it funds."""

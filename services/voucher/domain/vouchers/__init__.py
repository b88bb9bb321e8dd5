"""The voucher: its states, its content, and what must hold before it is given."""

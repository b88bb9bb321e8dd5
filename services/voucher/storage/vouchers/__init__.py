"""Rows of vouchers, their content, who declined them and what waits for a person."""

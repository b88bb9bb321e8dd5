"""The services of vouchers."""

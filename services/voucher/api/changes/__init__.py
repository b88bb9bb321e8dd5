"""The service that changes the terms of vouchers."""

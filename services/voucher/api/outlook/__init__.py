"""The services that look at vouchers and the purse together."""

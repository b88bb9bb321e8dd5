"""What looks at vouchers and the purse together."""

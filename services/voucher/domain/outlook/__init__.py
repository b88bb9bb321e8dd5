"""What is read of vouchers and the purse together: forecasts, spending, what a change of a contract would do."""

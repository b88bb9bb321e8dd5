"""What vouchers, budgets and settlements are and which rules they keep; the standard library alone."""

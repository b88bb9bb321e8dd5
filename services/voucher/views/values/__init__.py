"""Questions about parameters and incomes."""

"""The parameters and incomes that values rest on, and the value itself."""

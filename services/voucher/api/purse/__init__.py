"""The service of budgets."""

"""Questions about budgets and the ledger."""

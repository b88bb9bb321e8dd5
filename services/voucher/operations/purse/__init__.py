"""Decisions about budgets, and every posting to the ledger. The purse knows no voucher."""

"""Rows of budgets and of the ledger, whose balances the database keeps. The purse knows no voucher."""

"""The county's purse: budgets, the ledger and its proof. It knows no voucher."""

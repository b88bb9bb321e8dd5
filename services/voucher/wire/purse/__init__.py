"""Budgets and the ledger in protobuf."""

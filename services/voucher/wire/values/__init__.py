"""Parameters, incomes and fees in protobuf."""

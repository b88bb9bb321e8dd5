"""The services of values, incomes and fees."""

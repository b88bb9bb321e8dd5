"""What is true of providers, conditions and contracts; pure Python on the standard library."""

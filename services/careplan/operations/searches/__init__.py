"""Find another provider for a service that lost its own (process C)."""

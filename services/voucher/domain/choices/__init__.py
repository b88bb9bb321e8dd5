"""The client's choice of a provider, and what it costs."""

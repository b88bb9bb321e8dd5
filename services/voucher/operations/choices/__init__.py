"""The client's choice of a provider, and the provider's answer."""

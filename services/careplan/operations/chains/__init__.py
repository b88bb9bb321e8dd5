"""Hand a client on from provider to provider."""

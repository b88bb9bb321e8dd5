"""Service chains: a provider asks another to take a client on."""

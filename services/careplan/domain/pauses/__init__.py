"""Planned services rest while the client is away."""

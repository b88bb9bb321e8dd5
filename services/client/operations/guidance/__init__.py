"""Guidance, advice and support on freedom of choice."""

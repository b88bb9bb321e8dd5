"""Matters that other services opened for clients, and clients who have had none for long."""

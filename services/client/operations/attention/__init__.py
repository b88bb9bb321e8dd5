"""Flags of clients who need particular attention, set by professionals or derived."""

"""Quotes in protobuf."""

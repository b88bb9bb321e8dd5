"""Commitments, direct payments and settlements in protobuf."""

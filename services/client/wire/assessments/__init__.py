"""Needs assessments on the wire."""

"""Needs assessments, from initiation to completion."""

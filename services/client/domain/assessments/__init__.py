"""Needs assessments: states, checklist, grounds."""

"""A plan from its draft to its end."""

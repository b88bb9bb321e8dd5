"""Statutory limits: the dated rules, and a limit of one matter."""

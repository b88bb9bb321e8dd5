"""Schema changes of the care plan database."""

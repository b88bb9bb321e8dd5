"""Services that were given, and how they deviate from the plan."""

"""What a unit of care is worth to the county, and what the client pays."""

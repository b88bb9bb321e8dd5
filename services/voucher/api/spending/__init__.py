"""The services of commitments, direct payments and settlements."""

"""Questions about commitments, direct payments and settlements."""

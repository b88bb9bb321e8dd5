"""Questions about quotes."""

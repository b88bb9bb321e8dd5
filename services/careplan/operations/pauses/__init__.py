"""Let a planned service rest, and go on."""

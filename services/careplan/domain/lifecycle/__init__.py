"""Whether a plan may be begun, and how one takes up where another ended."""

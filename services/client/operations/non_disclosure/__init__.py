"""Orders that keep a client's whereabouts from all but the county."""

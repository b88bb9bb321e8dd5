"""Who acts for a client."""

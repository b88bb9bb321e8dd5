"""Who acts for a client, or cares for one informally."""

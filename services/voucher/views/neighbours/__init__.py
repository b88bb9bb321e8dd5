"""Who represents whom, by the copies."""

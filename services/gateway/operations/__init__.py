"""What the gateway does with what it hears: it keeps copies."""

"""Days by which a party must have acted."""

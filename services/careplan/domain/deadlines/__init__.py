"""Days by which somebody must have acted."""

"""Tables of what the neighbours told: full-state copies, each kept only when its version is newer than the one here."""

"""The `sote` command: it runs the platform on one machine and calls its public APIs; it owns no rule."""

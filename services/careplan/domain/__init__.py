"""Care plans as they are thought of: states, rules and values; the standard library and nothing else."""

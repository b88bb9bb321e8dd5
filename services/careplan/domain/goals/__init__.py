"""Where clients stand on the goals of their plans."""

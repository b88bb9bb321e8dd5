"""How the items of a package come to stand in a plan, and leave it."""

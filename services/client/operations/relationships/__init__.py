"""Why organisations may read a client: opened and closed by what happens elsewhere."""

"""Teams of the county enterprise and their members."""

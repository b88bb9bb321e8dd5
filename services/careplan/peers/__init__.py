"""Peers that the bus process calls: the national archive of plans, or a table in its place on one machine."""

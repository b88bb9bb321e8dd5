"""Whom the bus process calls: the national archive of plans, or what stands in its place on one machine."""

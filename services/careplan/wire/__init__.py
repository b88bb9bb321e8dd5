"""Domain and protobuf, both ways."""

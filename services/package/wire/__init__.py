"""Words of this service's domain in protobuf, both ways."""

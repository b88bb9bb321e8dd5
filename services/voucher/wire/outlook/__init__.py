"""Reports and previews in protobuf."""

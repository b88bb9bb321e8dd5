"""Domain ⇄ protobuf of the client service, both ways."""

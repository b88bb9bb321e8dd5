"""Domain to protobuf and back: one module for vouchers, one for money."""

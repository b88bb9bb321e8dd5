"""Vouchers in protobuf, as the API shows them and as facts tell them."""

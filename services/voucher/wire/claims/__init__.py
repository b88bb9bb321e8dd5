"""Re-routes and reversals in protobuf, and what of a voucher a role is shown."""

"""What changes a voucher after its issue: officials, plans, decisions, time, the end of a client."""

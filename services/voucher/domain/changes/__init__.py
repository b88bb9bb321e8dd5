"""What changes a voucher after its issue."""

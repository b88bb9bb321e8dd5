"""By which versions of its plan a voucher was judged."""

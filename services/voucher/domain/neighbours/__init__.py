"""What this service knows of its neighbours: copies of their facts, as the guards of a voucher read them."""

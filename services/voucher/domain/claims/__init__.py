"""Providers' claims on vouchers, and what is held for a provider that a voucher left."""

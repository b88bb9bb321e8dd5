"""Providers' claims: redeem, take back, reverse; and vouchers that leave their provider."""

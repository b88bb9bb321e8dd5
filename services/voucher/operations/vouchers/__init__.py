"""Vouchers until they are issued, and what every command on one shares."""

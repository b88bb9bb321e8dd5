"""Contacts of clients, of prospects, or anonymous."""

"""Plans take the items of packages, and give them back."""

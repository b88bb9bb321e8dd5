"""Other providers are asked about a draft."""

"""The nouns of the client service and their rules; standard library only."""

"""Questions: lists, gets and the sections of a client, read without a lock."""

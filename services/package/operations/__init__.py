"""The verbs of this service, one a file; each works in the caller's transaction."""

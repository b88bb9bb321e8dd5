"""The gateway's rows."""

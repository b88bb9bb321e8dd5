"""Questions to the client service, one module a noun; nothing here changes anything."""

"""What can be done: one verb a module, its keyword-only signature is the command."""

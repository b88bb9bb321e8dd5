"""What can be done with care plans: one verb a file, its keyword-only signature is the command."""

"""A plan is handed over to another operator."""

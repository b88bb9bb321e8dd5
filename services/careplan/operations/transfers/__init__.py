"""Hand a plan over to another operator."""

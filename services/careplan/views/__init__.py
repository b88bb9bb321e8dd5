"""Questions about care plans: what a caller's organisation may see, without locks and without deciding."""

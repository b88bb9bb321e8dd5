"""How bound money is paid: commitments, direct payments, settlements."""

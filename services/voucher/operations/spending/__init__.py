"""How bound money is paid: commitments and their charges, settlements, direct payments."""

"""Ask other providers about a draft, and take their answers."""

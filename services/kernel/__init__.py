"""What the domains of several services say alike: refusals, state machines, words of care, who represents whom.

Admission: the standard library alone, no verb, no row, nothing on the wire; used by three services; 300 lines in all.
"""

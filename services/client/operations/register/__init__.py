"""A client's place in the register: registration, moves, death, merging, identity codes."""

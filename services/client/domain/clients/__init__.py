"""The client: person, identity, state, flags, whereabouts."""

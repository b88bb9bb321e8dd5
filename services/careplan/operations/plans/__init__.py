"""What the verbs share: load a plan, check a line, announce a fact, publish the section."""

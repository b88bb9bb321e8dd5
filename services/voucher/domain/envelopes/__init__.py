"""Money reserved for an enrolment as a whole."""

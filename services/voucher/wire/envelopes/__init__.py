"""Facts about enrolments."""

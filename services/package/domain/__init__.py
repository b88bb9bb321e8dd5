"""What is true of packages and enrolments; pure Python on the standard library."""

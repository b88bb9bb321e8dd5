"""Ask providers to promise their part of a version, and take their promises."""

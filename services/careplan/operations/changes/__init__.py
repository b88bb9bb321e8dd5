"""What every change of a plan brings with it: searches and deadlines follow, the record is renewed."""

"""What every operation on a client begins and ends with, and the own-worker."""

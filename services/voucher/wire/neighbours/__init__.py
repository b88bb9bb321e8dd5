"""What the neighbours' facts say, in the words of the copies."""

"""What this service knows of its neighbours' facts."""

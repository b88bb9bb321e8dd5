"""The acceptance stories of the platform, played through its public gRPC APIs only."""

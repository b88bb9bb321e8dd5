"""The gRPC methods of this service: one module for each proto service."""

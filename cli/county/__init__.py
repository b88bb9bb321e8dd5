"""A county on one machine: private PostgreSQL and RabbitMQ, development secrets, twelve supervised processes.

Nothing here knows a rule of the domain; tests use the private servers with directories of their own.
"""

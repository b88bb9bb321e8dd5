"""A county on one machine: private PostgreSQL and RabbitMQ, development secrets, and the twelve processes under a supervisor.

Nothing here knows a rule of the domain; tests use the private servers with directories of their own.
"""

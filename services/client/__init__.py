"""The client service.

Owns: clients and their identity codes, contacts, needs assessments, decisions with their appeals, statutory limits,
guidance, direct choices, teams and where they are.
Publishes: sote.client.v1 facts and the section sote.client.v1.ClientSection.
Listens to: providers, direct-choice contracts and the catalogue (copies); plans, vouchers and enrolments (matters
opened and closed, services in force); deliveries (who is served often, what was given in time).
"""

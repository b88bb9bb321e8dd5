"""The client service.

Owns: clients and their identity codes, contacts, needs assessments with their deadlines, decisions, guidance, direct
choices, teams.
Publishes: sote.client.v1 facts and the section sote.client.v1.ClientSection.
Listens to: providers, direct-choice contracts and the catalogue (copies); plans, vouchers and enrolments (matters
opened and closed).
"""

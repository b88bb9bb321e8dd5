"""The client service.

Owns: clients and their identity codes, contacts, needs assessments, decisions, guidance, teams.
Publishes: sote.client.v1 facts and the section sote.client.v1.ClientSection.
Listens to: providers and the catalogue (copies), plans, vouchers and enrolments (a matter was opened).
"""

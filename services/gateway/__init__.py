"""The gateway: a client's integrated record, search, and what can be chosen for a voucher.

Owns: its copies of the other services' sections and of what is known of providers; no rule and no truth.
Publishes: nothing. Listens to: the sections of all services; facts about providers and contracts.
"""

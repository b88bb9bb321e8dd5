"""careplan: the one plan of a client, what is delivered on it, and who has promised to follow it.

Owns: plans, their versions, transfers of their operator, planned services, goals, consultations, acknowledgements,
deliveries, deviations, steps of service chains, deadlines,
publications, searches for another provider.
Publishes: sote.careplan.v1 facts and the sections sote.careplan.v1.PlanSection and ChainSection.
Listens to: clients, assessments and direct choices (client), catalogue, providers and contracts (provider), vouchers
(voucher), enrolments (package).
"""

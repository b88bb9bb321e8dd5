"""The package service.

Owns: service packages in versions, their networks, and clients' enrolments in them with process B.
Publishes: Package… and Enrolment… facts and the PackageSection (sote.package.v1).
Listens to: clients and assessments (client), plans, items planned and deliveries (careplan), providers, contracts and
the catalogue (provider), envelopes, funding and vouchers (voucher).
"""

"""The provider service.

Owns: providers and their units, the county's catalogue, condition sets, evidence, contracts, sanctions.
Holds no client data.
Publishes: Provider…, CatalogueServiceChanged, ConditionSetPublished, Contract…, Evidence…
and Sanction… facts (sote.provider.v1).
Listens to: nothing yet.
"""

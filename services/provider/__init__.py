"""The provider service.

Owns: providers and their units, the county's catalogue, condition sets, evidence, contracts. Holds no client data.
Publishes: Provider…, CatalogueServiceChanged, ConditionSetPublished, Contract… and Evidence… facts (sote.provider.v1).
Listens to: nothing yet.
"""

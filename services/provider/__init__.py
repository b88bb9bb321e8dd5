"""The provider service.

Owns: providers and their units, the county's catalogue, condition sets, evidence, contracts, what counts against them,
sanctions, decisions about services at centres.
Holds no client data.
Publishes: Provider…, CatalogueServiceChanged, ConditionSetPublished, Contract…, Evidence…,
Sanction… and CentreService… facts (sote.provider.v1).
Listens to: careplan (deviations, acknowledgements and refusals of plans), voucher (reversed redemptions).
"""

"""What every process needs and no domain knows.

Admission: no word of the domain; used by two services today; a library that calls no service and that nobody inherits
from, except `Door` and `ProcessSettings`; of the contracts it may read `sote.type.v1` only.
"""

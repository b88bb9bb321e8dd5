"""What the county's money is bound and spent for, grouped for steering."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """What is bound and spent under one set of keys, in cents; a key not asked for is empty."""

    keys: Mapping[str, str]
    reserved: int
    committed: int
    spent: int

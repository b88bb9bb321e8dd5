"""Which refusals the comments of protos tell of."""

import re
from pathlib import Path

from grpc import StatusCode

PROTOS = Path(__file__).resolve().parents[2] / "protos" / "sote"


def told(service: str, *names: str) -> set[tuple[str, str]]:
    """(status, reason) as comments of the service's protos pair them: `told("voucher", "reversal_service")`.

    A status holds for every reason up to the next status.
    """
    statuses = {code.name for code in StatusCode}
    pairs: set[tuple[str, str]] = set()
    for name in names:
        text = (PROTOS / service / "v1" / f"{name}.proto").read_text()
        for comment in re.findall(r"(?:^ *//.*\n)+", text, re.MULTILINE):
            status = ""
            for word in re.findall(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\bDUPLICATE\b", comment):
                if word in statuses:
                    status = word
                else:
                    pairs.add((status, word))
    return pairs

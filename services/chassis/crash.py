"""Points where a process can be told to die, to prove that nothing depends on dying politely."""

import os
from collections import Counter

_passed: Counter[str] = Counter()


def crash_point(name: str) -> None:
    """End the process as by kill -9 when the environment says `CRASH_AT=<name>` or `<name>:<n>` (its nth passing).

    A county deployment never sets it.
    """
    wanted = os.environ.get("CRASH_AT")
    if not wanted:
        return
    point, _, nth = wanted.partition(":")
    if point != name:
        return
    _passed[name] += 1
    if _passed[name] == int(nth or 1):
        os._exit(137)

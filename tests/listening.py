"""Where processes listen: what the kernel knows of their sockets."""

import os
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

LISTENING = "0A"
Address = tuple[IPv4Address | IPv6Address, int]


def listening(pid: int) -> set[Address]:
    """Address and port of each TCP socket that the process accepts connections on."""
    own = _sockets(pid)
    return {address for table in ("tcp", "tcp6") for inode, address in _table(pid, table) if inode in own}


def descendants(pid: int) -> Iterator[int]:
    """Everything that the process started and that still runs, and what that started."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            yield int(child)
            yield from descendants(int(child))


def leaving_loopback(*pids: int) -> set[Address]:
    """Where these processes can be reached from other machines."""
    return {address for pid in pids for address in listening(pid) if not address[0].is_loopback}


def _sockets(pid: int) -> set[str]:
    links = (os.readlink(descriptor) for descriptor in Path(f"/proc/{pid}/fd").iterdir())
    return {link.removeprefix("socket:[").removesuffix("]") for link in links if link.startswith("socket:[")}


def _table(pid: int, name: str) -> Iterator[tuple[str, Address]]:
    for line in Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == LISTENING:
            host, port = fields[1].split(":")
            yield fields[9], (_address(host), int(port, 16))


def _address(text: str) -> IPv4Address | IPv6Address:
    """The kernel writes each word of 32 bits in the machine's own order."""
    words = [bytes.fromhex(text[start : start + 8])[::-1] for start in range(0, len(text), 8)]
    packed = b"".join(words)
    if len(packed) == 4:
        return IPv4Address(packed)
    address = IPv6Address(packed)
    return address.ipv4_mapped or address

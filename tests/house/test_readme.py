"""What the README links to exists."""

import re

from cli.county.places import CHECKOUT

README = CHECKOUT / "README.md"


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text())
    assert links
    assert [link for link in links if not (CHECKOUT / link).exists()] == []

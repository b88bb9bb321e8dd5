"""When a private county's databases fit the schema no more."""

import json
from pathlib import Path

from cli.county.migrations import history_was_rewritten
from cli.county.places import CHECKOUT, Places


def test_only_a_changed_or_missing_migration_rewrites_history(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.postgres.mkdir()
    assert not history_was_rewritten(places)
    places.migrated.write_text(json.dumps({"voucher": {}}))
    assert not history_was_rewritten(places)
    applied = next((CHECKOUT / "services/voucher/migrations/versions").glob("*.py")).relative_to(CHECKOUT)
    places.migrated.write_text(json.dumps({"voucher": {str(applied): "another digest"}}))
    assert history_was_rewritten(places)
    places.migrated.write_text(json.dumps({"voucher": {"services/voucher/migrations/versions/0000_gone.py": "any"}}))
    assert history_was_rewritten(places)

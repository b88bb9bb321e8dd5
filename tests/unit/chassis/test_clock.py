"""The clock: the machine's time, or the instant a file holds (ADR 4)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from services.chassis.clock import clock_from, helsinki_date


def test_without_a_file_it_is_the_machines_time_in_utc(tmp_path: Path) -> None:
    for clock in (clock_from(None), clock_from(tmp_path / "none")):
        assert abs(clock() - datetime.now(UTC)) < timedelta(seconds=5)
        assert clock().tzinfo is UTC


def test_the_file_is_the_time_while_it_exists(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    clock = clock_from(path)
    path.write_text("2025-03-11T10:00:00+02:00\n")
    assert clock() == datetime(2025, 3, 11, 8, 0, tzinfo=UTC)
    path.with_suffix(".new").write_text("2025-03-12T08:00:00Z")
    path.with_suffix(".new").replace(path)
    assert clock() == datetime(2025, 3, 12, 8, 0, tzinfo=UTC)
    path.unlink()
    assert clock().year >= 2026


@pytest.mark.parametrize("text", ["", "soon", "2025-03-11T10:00:00"])
def test_a_file_without_an_instant_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "clock").write_text(text)
    with pytest.raises(ValueError):
        clock_from(tmp_path / "clock")()


def test_helsinki_dates_change_at_local_midnight_summer_and_winter() -> None:
    assert helsinki_date(datetime(2025, 1, 1, 21, 59, tzinfo=UTC)) == date(2025, 1, 1)
    assert helsinki_date(datetime(2025, 1, 1, 22, 0, tzinfo=UTC)) == date(2025, 1, 2)
    assert helsinki_date(datetime(2025, 7, 1, 21, 0, tzinfo=UTC)) == date(2025, 7, 2)
    assert helsinki_date(datetime(2025, 3, 30, 0, 30, tzinfo=UTC)) == date(2025, 3, 30)

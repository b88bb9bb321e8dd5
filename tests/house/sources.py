"""The files of the house that its guards look at: what is committed, or would be."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHES = (".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".egg-info")
GENERATED = (".venv", ".county", "third_party", "__pycache__", "_pb2", *CACHES)


def python_files() -> list[Path]:
    """Hand-written Python files below services, cli, protos and tests."""
    found = (path for room in ("services", "cli", "protos", "tests") for path in (ROOT / room).rglob("*.py"))
    return sorted(path for path in found if not any(part in str(path) for part in GENERATED))


def text_files() -> list[Path]:
    """Every tracked text file; every file but the generated ones where git is absent."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        found = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not any(part in str(path) for part in (*GENERATED, ".git/"))]
    return sorted(path for path in found if path.is_file() and b"\0" not in path.read_bytes()[:1024])


def name(path: Path) -> str:
    """The path as a person would say it."""
    return str(path.relative_to(ROOT))

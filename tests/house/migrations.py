"""Writes the SQL of every migration and lets squawk judge it; `make check` runs it (GUARANTEE-17)."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("chassis", "client", "careplan", "provider", "voucher", "package", "gateway")


def main() -> int:
    """The exit code of squawk over one file for each revision."""
    from services.chassis.migrations import statements

    with TemporaryDirectory() as folder:
        files = []
        for package in PACKAGES:
            for name, sql in statements(f"services.{package}"):
                files.append(Path(folder) / f"{package}-{name}.sql")
                files[-1].write_text(sql)
        squawk = Path(sys.executable).with_name("squawk")
        return subprocess.run([squawk, "--config", ROOT / ".squawk.toml", *files], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

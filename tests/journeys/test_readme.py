"""The README's examples run as they stand there."""

import os
import re
import subprocess
import sys

from cli.county.places import CHECKOUT
from cli.county.platform import Platform
from cli.stories.stage import Theatre


def blocks(language: str) -> list[str]:
    """The README's code blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", (CHECKOUT / "README.md").read_text(), re.DOTALL)


def run(command: list[str], platform: Platform) -> str:
    """What a block prints, run from the checkout against the running county."""
    county = {"SOTE_COUNTY_DIRECTORY": str(platform.places.root)}
    done = subprocess.run(command, cwd=CHECKOUT, env=os.environ | county, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_shell_example_lists_providers_and_methods(platform: Platform, theatre: Theatre) -> None:
    (example,) = [block for block in blocks("sh") if "buf curl" in block]
    printed = run(["sh", "-eu", "-c", example], platform)
    assert '"businessId"' in printed
    assert "sote.voucher.v1.VoucherService/RedeemVoucher" in printed


def test_the_python_example_prints_the_budget(platform: Platform, theatre: Theatre) -> None:
    (example,) = blocks("python")
    assert "2025 " in run([sys.executable, "-c", example], platform)

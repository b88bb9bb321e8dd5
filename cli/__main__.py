"""`python -m cli` is the `sote` command, for places where no console script is installed."""

from cli.main import main

main()

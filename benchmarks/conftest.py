"""How long the long run shall be: ``make bench ARGS="--long-run 1000000"``."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long-run", type=int, default=50_000, help="replications of the long run (default 50,000)"
    )

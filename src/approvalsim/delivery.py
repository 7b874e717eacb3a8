"""Where the results of a command go: the terminal, JSON, an HTML page."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

OK, DIFFERENT, USER_ERROR, INTERRUPTED = 0, 1, 2, 130
"""Exit codes of all commands."""


def check_outputs(json: str | None, *files: Path | None) -> None:
    """Before a long run: can its results be written where they shall go?"""
    from approvalsim.report import check_writable

    for path in (None if json in (None, "-") else Path(json), *files):
        if path:
            check_writable(path)


def deliver(
    result: dict[str, Any],
    page: Sequence["RenderableType"],
    title: str,
    json: str | None,
    html: Path | None,
    language: str,
) -> None:
    """Print the page unless stdout belongs to JSON, and write the files that were asked for."""
    from approvalsim.console import print_page
    from approvalsim.report import write_text
    from approvalsim.web_page import web_page

    if json != "-":
        print_page(page)
    if json:
        write_json(result, json)
    if html:
        write_text(web_page(page, title, language), html)


def write_json(result: dict[str, Any], target: str) -> None:
    """Write a result to a file, or to stdout for ``-``."""
    from approvalsim.report import json_text, write_text

    if target == "-":
        emit(json_text(result))
    else:
        write_text(json_text(result), Path(target))


def emit(text: str) -> None:
    """Write what other programs read: UTF-8, except where a terminal shows it."""
    if sys.stdout.isatty():
        typer.echo(text, nl=False)
    else:
        typer.echo(text.encode(), nl=False)

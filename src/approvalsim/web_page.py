"""The same page as on the terminal, as one self-contained HTML file."""

from collections.abc import Iterable
from html import escape

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from approvalsim.bars import Bar

_STYLE = """
body { font: 15px/1.6 "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC",
  "WenQuanYi Micro Hei", "Segoe UI", sans-serif; max-width: 64rem; margin: 2rem auto;
  padding: 0 1rem; color: #1b1f24; background: #ffffff }
h1 { font-size: 1.5em; margin: 0 0 1rem }
p { white-space: pre-line; max-width: 52rem; margin: .5rem 0 }
.wide { overflow-x: auto; margin: 1.5rem 0 }
table { border-collapse: collapse }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; white-space: nowrap }
th, td { padding: .2rem .6rem; text-align: right; white-space: nowrap }
th { border-bottom: 2px solid #57606a; font-weight: 600 }
td { border-bottom: 1px solid #d8dee4; font-variant-numeric: tabular-nums }
.bar { width: 14rem; height: 1.1em; vertical-align: middle }
.bar .low { fill: #8c959f } .bar .high { fill: #0969da } .bar line { stroke: currentColor }
th:first-child, td:first-child { text-align: left }
.dim { color: #57606a; font-size: .9em }
.bold { font-weight: 600 }
@media (prefers-color-scheme: dark) {
  body { color: #e6edf3; background: #0d1117 }
  td { border-color: #30363d } .dim { color: #9198a1 } }
@media print { body { margin: 0; max-width: none } table { page-break-inside: avoid } }
"""


def web_page(parts: Iterable[RenderableType], title: str, language: str) -> str:
    """Tables and lines of text as an HTML document that needs nothing else.

    The first line that says the title becomes the heading.
    """
    body = "\n".join(_element(part, title) for part in parts)
    tongue = "zh-CN" if language == "zh" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _element(part: RenderableType, title: str) -> str:
    if isinstance(part, Table):
        return _table(part)
    if isinstance(part, Text):
        if part.plain == title:
            return f"<h1>{escape(title)}</h1>"
        kind = str(part.style).split()[0] if part.style else "plain"
        return f'<p class="{escape(kind)}">{escape(part.plain)}</p>' if part.plain else ""
    raise TypeError(type(part).__name__)


def _table(table: Table) -> str:
    heads = "".join(
        f'<th scope="col">{escape(str(column.header))}</th>' for column in table.columns
    )
    rows = zip(*(column.cells for column in table.columns), strict=True)
    lines = "\n".join(
        "<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    caption = f"<caption>{escape(str(table.title))}</caption>" if table.title else ""
    body = f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{lines}\n</tbody>"
    return f'<div class="wide"><table>{caption}\n{body}</table></div>'


def _cell(cell: RenderableType) -> str:
    return cell.svg() if isinstance(cell, Bar) else escape(str(cell))

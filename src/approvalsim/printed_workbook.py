"""A steering paper as an Excel workbook, ready to print: A4 landscape, headings on every page."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from rich.cells import cell_len

from approvalsim.lights import SIGNAL_FILLS, Signal
from approvalsim.printed import Cell, Column, Paper, Table, text

_HEAD = PatternFill("solid", start_color="FFDCE6F1")
_LINE = Side(style="thin", color="FFB0B0B0")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FONT = {"zh": "宋体", "en": "Arial"}
_FORMATS = {"date": "yyyy-mm-dd", "share": "0%"}
_LINE_HEIGHT = 13.5
"""Points."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
"""In names of sheets."""


def workbook(paper: Paper) -> bytes:
    """The workbook, a sheet for each table; the first one bears what is said before them all."""
    book = Workbook()
    book.properties.title = paper.title
    book.properties.creator = "approvalsim"
    names = list(_names(paper))
    for number, (name, table) in enumerate(zip(names, paper.tables, strict=True)):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        sheet.title = name
        notes = (paper.byline, *paper.notes) if number == 0 else (paper.byline,)
        title = table.title if number and table.title else paper.title
        _fill(sheet, table, title, notes, paper)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _names(paper: Paper) -> Iterator[str]:
    """Names of sheets: no two alike, at most 31 letters."""
    seen: set[str] = set()
    for table in paper.tables:
        name = (table.title or paper.title).translate(_FORBIDDEN).strip("' ")[:28] or "1"
        number, unique = 2, name
        while unique.casefold() in seen:
            unique, number = f"{name} {number}", number + 1
        seen.add(unique.casefold())
        yield unique


def _fill(sheet: Worksheet, table: Table, title: str, notes: tuple[str, ...], paper: Paper) -> None:
    font, width = _FONT[paper.language], len(table.columns)
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    _line(sheet, 1, width, title, Font(name=font, bold=True, size=16), "center")
    for row, note in enumerate(notes, start=2):
        _line(sheet, row, width, note, Font(name=font, size=10), "left")
    head = len(notes) + 2
    for number, column in enumerate(table.columns, start=1):
        cell = _put(sheet, head, number, column.head)
        cell.font, cell.fill, cell.border = Font(name=font, bold=True), _HEAD, _BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    lines = max(_lines(column.head, column.width) for column in table.columns)
    sheet.row_dimensions[head].height = 6 + lines * _LINE_HEIGHT * 1.1
    last = head
    for last, cells in enumerate(table.rows, start=head + 1):
        lines = 1
        for number, (value, column) in enumerate(zip(cells, table.columns, strict=True), start=1):
            shown = _cell(sheet, last, number, value, column, paper.language)
            lines = max(lines, _lines(str(shown), column.width))
        sheet.row_dimensions[last].height = 4 + lines * _LINE_HEIGHT
    if not table.rows:
        last += 1
        _line(sheet, last, width, table.empty, Font(name=font), "left")
    _line(sheet, last + 1, width, paper.footer, Font(name=font, size=9, italic=True), "left")
    sheet.freeze_panes = f"A{head + 1}" if width < 3 else f"C{head + 1}"
    _print(sheet, head)


def _cell(
    sheet: Worksheet, row: int, number: int, value: Cell, column: Column, language: str
) -> Any:
    """Write a cell; gives what it shows."""
    shown: Any = value
    if isinstance(value, Signal):
        shown = text(value, column.form, language)
    elif isinstance(value, tuple):
        shown = "\n".join(value)
    cell = _put(sheet, row, number, shown)
    cell.font, cell.border = Font(name=_FONT[language], size=10), _BORDER
    side = "left" if column.form == "words" else "center"
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    if isinstance(value, Signal) and value in SIGNAL_FILLS:
        cell.fill = PatternFill("solid", start_color=f"FF{SIGNAL_FILLS[value]}")
    if isinstance(value, date):
        cell.number_format = _FORMATS["date"]
    elif column.form == "share":
        cell.number_format = _FORMATS["share"]
    elif isinstance(value, float):
        cell.number_format = "0.0"
    return shown


def _line(sheet: Worksheet, row: int, width: int, said: str, font: Font, side: Any) -> None:
    """Words across the whole table, as high as they need to be."""
    cell = _put(sheet, row, 1, said)
    cell.font = font
    room = sum(sheet.column_dimensions[get_column_letter(n)].width for n in range(1, width + 1))
    size = font.size or 11
    sheet.row_dimensions[row].height = _lines(said, room * 11 / size) * size * 1.35 + 4
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    if width > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)


def _lines(said: str, width: float) -> int:
    """How many lines words take in a column so many letters wide; a Chinese one is two wide."""
    return sum(max(ceil(cell_len(line) / max(width - 1, 1)), 1) for line in said.split("\n"))


def _put(sheet: Worksheet, row: int, number: int, value: Any) -> Any:
    """A cell with a value; a text that begins with = stays a text."""
    cell: Any = sheet.cell(row, number)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _print(sheet: Worksheet, head: int) -> None:
    """One page wide on A4 in landscape, the headings repeated, pages numbered."""
    setup: Any = sheet.page_setup
    setup.paperSize, setup.orientation = sheet.PAPERSIZE_A4, "landscape"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.print_options.horizontalCentered = True
    footer: Any = sheet.oddFooter
    footer.center.text = "&P / &N"

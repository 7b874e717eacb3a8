"""A register as a new Excel workbook: to be filled in, or with what is known already."""

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from approvalsim.register import (
    KINDS,
    PATHS,
    STEPS,
    Demand,
    Entry,
    Register,
    known_attributes,
    known_grades,
)
from approvalsim.register_cells import in_unit
from approvalsim.register_changes import fields_of, path_of
from approvalsim.register_headings import (
    DEMAND_HEADINGS,
    DEMAND_SHEETS,
    ENTRY_HEADINGS,
    NOTES_SHEETS,
    PROJECT_SHEETS,
    Field,
    heading,
    stage_heading,
    step_heading,
    value_words,
)
from approvalsim.scenario import Scenario

SCENARIO_PROPERTY = "approvalsim scenario"
"""The workbook's own note of the scenario it belongs to."""
DATE_FORMAT = "yyyy-mm-dd"
LISTS_REACH = 2_000
"""Rows for which cells offer their choices."""

_HEAD = PatternFill("solid", start_color="FFDCE6F1")
_LINE = Side(style="thin", color="FFB0B0B0")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WIDTHS = {"id": 14, "name": 28, "owner": 18, "leader": 14, "team": 14, "text": 44, "project": 14}

_NOTES = (
    (
        "每行一个项目；“{projects}”填事实，“{demands}”填企业诉求。只填已经发生的日期，没有发生就留空。",
        "One row a project; facts in “{projects}”, demands in “{demands}”. Enter only dates of what"
        " has happened; leave the rest empty.",
    ),
    (
        "每个环节四个日期：具备条件（可以开始）、送审（报出）、批复（审查通过）、办结（公示、发证后）。",
        "Each stage has four dates: ready (can begin), submitted, reviewed (passed), finished"
        " (after notice and certificate).",
    ),
    (
        "日期写年月日，如 2022-03-05；不写年份的日期不会被猜测。投资额单位为亿元。",
        "Dates have a year, month and day, such as 2022-03-05; a year is never guessed."
        " Investments are in 100 million yuan.",
    ),
    (
        "项目编号用文字、数字、连字符或下划线，不可重复。可以自行加列、加表、加合计行，原样保留。",
        "A project id has letters, digits, hyphens and underscores, and occurs once. Your own"
        " columns, sheets and row of totals are kept as they are.",
    ),
    (
        "检查：approvalsim register check 文件.xlsx。所属方案：{scenario}",
        "Check: approvalsim register check FILE.xlsx. Scenario: {scenario}",
    ),
)


def new_workbook(register: Register, scenario: Scenario, language: str) -> bytes:
    """The workbook of a register, with columns for all that its scenario knows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = PROJECT_SHEETS[language != "zh"]
    columns = _fields(register, scenario)
    _write_headings(sheet, columns, scenario, language)
    for row, entry in enumerate(register.entries, start=3):
        _write_entry(sheet, row, entry, columns, language)
    _offer_choices(sheet, columns, scenario, language)
    _format_dates(sheet, columns)
    sheet.freeze_panes = "C3"
    sheet.print_title_rows = "1:2"
    place = f"{quote_sheetname(sheet.title)}!$A$3:$A${LISTS_REACH}"
    book.defined_names["project_ids"] = DefinedName("project_ids", attr_text=place)
    add_demand_sheet(book, register.demands, language)
    _add_notes(book, register.scenario, language)
    mark_scenario(book, register.scenario)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def mark_scenario(book: Any, reference: str) -> None:
    """Let a workbook say which scenario it belongs to."""
    properties = book.custom_doc_props
    if SCENARIO_PROPERTY in properties.names:
        del properties[SCENARIO_PROPERTY]
    if reference:
        properties.append(StringProperty(name=SCENARIO_PROPERTY, value=reference))


def marked_scenario(book: Any) -> str | None:
    """Which scenario a workbook says it belongs to."""
    for noted in book.custom_doc_props.props:
        if noted.name == SCENARIO_PROPERTY and noted.value:
            return str(noted.value)
    return None


def add_demand_sheet(book: Workbook, demands: Sequence[Demand], language: str) -> Worksheet:
    """Append the sheet of demands to a workbook."""
    sheet: Worksheet = book.create_sheet(DEMAND_SHEETS[language != "zh"])
    for column, (name, called) in enumerate(DEMAND_HEADINGS.items(), start=1):
        _head(sheet, 1, column, called[language != "zh"])
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, 12)
        for row, demand in enumerate(demands, start=2):
            put(sheet, row, column, shown(("demand", name), getattr(demand, name), language))
    columns: dict[Field, int] = {
        (name,): number for number, name in enumerate(DEMAND_HEADINGS, start=1)
    }
    kinds = [called[language != "zh"] for called in KINDS.values()]
    _choices(sheet, columns[("kind",)], 2, _quoted(kinds))
    if "project_ids" in book.defined_names:
        _choices(sheet, columns[("project",)], 2, "project_ids")
    _format_dates(sheet, list(columns))
    sheet.freeze_panes = "B2"
    return sheet


# --- cells ---------------------------------------------------------------------------------------


def put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Write a cell; a text that begins with = stays a text, and a format fits its value."""
    cell: Any = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, timedelta):
        cell.number_format = "[h]:mm:ss"
    elif type(value) is date and not cell.is_date:
        cell.number_format = DATE_FORMAT
    elif isinstance(value, int | float) and cell.is_date:
        cell.number_format = "General"


def shown(field: Field, value: Any, language: str, unit: str | None = None) -> Any:
    """A value as a cell holds it: choices in words, investments in the column's unit."""
    if value is None or value == "":
        return None
    other = language != "zh"
    match field:
        case ("path",):
            return PATHS[value][other]
        case ("demand", "kind"):
            return KINDS[value][other] if value in KINDS else value
        case ("attributes", name):
            return value_words(name, (value,))[value][other]
        case ("investment",):
            return in_unit(value, unit)
    return value


def _write_entry(
    sheet: Worksheet, row: int, entry: Entry, columns: Sequence[Field], language: str
) -> None:
    values = {path_of(name): value for name, value in fields_of(entry).items()}
    for column, field in enumerate(columns, start=1):
        put(sheet, row, column, shown(field, values.get(field), language))


# --- columns -------------------------------------------------------------------------------------


def _fields(register: Register, scenario: Scenario) -> list[Field]:
    """The columns: the fixed ones with attributes, stages, milestones, and the user's own."""
    used = [path_of(name) for entry in register.entries for name in fields_of(entry)]
    seen = {
        kind: dict.fromkeys(field[1] for field in used if field[0] == kind)
        for kind in ("attributes", "stages", "milestones", "extra")
    }
    fixed = [(name,) for name in ENTRY_HEADINGS if name != "left"]
    place = fixed.index(("grade",)) + 1
    attributes = [("attributes", name) for name in known_attributes(scenario) | seen["attributes"]]
    stages = dict.fromkeys(scenario.stage) | seen["stages"]
    milestones = dict.fromkeys(scenario.milestone) | seen["milestones"]
    return [
        *fixed[:place],
        *attributes,
        *fixed[place:],
        *(("stages", stage, step) for stage in stages for step in STEPS),
        *(("milestones", name) for name in milestones),
        ("left",),
        *(("extra", name) for name in seen["extra"]),
    ]


def _write_headings(
    sheet: Worksheet, columns: Sequence[Field], scenario: Scenario, language: str
) -> None:
    """Two rows: a stage over its four dates, anything else over both."""
    last = list(STEPS)[-1]
    for column, field in enumerate(columns, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(field[0], 12)
        if field[0] != "stages":
            _head(sheet, 1, column, heading(field, scenario, language))
            _head(sheet, 2, column, None)
            sheet.merge_cells(f"{letter}1:{letter}2")
            continue
        _head(sheet, 2, column, step_heading(field[2], language))
        if field[2] == last:  # all four are there
            first = get_column_letter(column - len(STEPS) + 1)
            _head(sheet, 1, column - len(STEPS) + 1, stage_heading(scenario, field[1], language))
            sheet.merge_cells(f"{first}1:{letter}1")
    for row, height in ((1, 32), (2, 20)):
        sheet.row_dimensions[row].height = height


def _head(sheet: Worksheet, row: int, column: int, text: str | None) -> None:
    cell: Any = sheet.cell(row, column)
    put(sheet, row, column, text)
    cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _BORDER
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _format_dates(sheet: Worksheet, columns: Sequence[Field]) -> None:
    """Empty cells of dates show what is typed as a date."""
    dates = {"signed", "target", "left", "stages", "milestones", "raised", "answered", "closed"}
    for column, field in enumerate(columns, start=1):
        if field[0] in dates:
            dimension: Any = sheet.column_dimensions[get_column_letter(column)]
            dimension.number_format = DATE_FORMAT


# --- choices and notes ---------------------------------------------------------------------------


def _offer_choices(
    sheet: Worksheet, columns: Sequence[Field], scenario: Scenario, language: str
) -> None:
    other = language != "zh"
    attributes = known_attributes(scenario)
    for column, field in enumerate(columns, start=1):
        match field:
            case ("grade",):
                choices = list(known_grades(scenario))
            case ("path",):
                choices = [words[other] for words in PATHS.values()]
            case ("attributes", name):
                words = value_words(name, attributes.get(name, ()))
                choices = [called[other] for called in words.values()]
            case _:
                continue
        _choices(sheet, column, 3, _quoted(choices))


def _quoted(choices: Sequence[str]) -> str:
    """A list for a validation; empty where Excel could not take it."""
    text = ",".join(choices)
    usable = choices and len(text) <= 255 and not any("," in each for each in choices)
    return f'"{text}"' if usable and '"' not in text else ""


def _choices(sheet: Worksheet, column: int, top: int, formula: str) -> None:
    if formula:
        offered = DataValidation(type="list", formula1=formula, allow_blank=True)
        offered.showErrorMessage = False  # what is typed differently is told by the check
        letter = get_column_letter(column)
        offered.add(f"{letter}{top}:{letter}{LISTS_REACH}")
        sheet.add_data_validation(offered)


def _add_notes(book: Workbook, scenario: str, language: str) -> None:
    other = language != "zh"
    words = {
        "projects": PROJECT_SHEETS[other],
        "demands": DEMAND_SHEETS[other],
        "scenario": scenario or "–",
    }
    sheet = book.create_sheet(NOTES_SHEETS[other])
    sheet.column_dimensions["A"].width = 110
    lines = [*(zh for zh, _ in _NOTES), "", *(en for _, en in _NOTES)]
    for row, line in enumerate(lines, start=1):
        put(sheet, row, 1, line.format(**words) or None)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")

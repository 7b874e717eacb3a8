"""The commands `dispatch table|weekly|monthly|quarterly|yearly|letter`, and their files."""

import json
import shutil
import subprocess
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from builders import day
from command_line import call
from dispatching import demand, project, record, register, two_stages
from docx import Document
from openpyxl import Workbook, load_workbook

from approvalsim import register_log
from approvalsim.lights import SIGNAL_FILLS, SIGNAL_WORDS, Signal
from approvalsim.register import Entry, Register
from approvalsim.register_changes import Change
from approvalsim.register_export import write_new
from approvalsim.register_log import RegisterFile
from approvalsim.scenario_save import rendered

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
FEW = ("-n", "20", "--engine", "simpy", "--workers", "1")
REGISTER = ("--register", "r.approvalsim", "--as-of", "2024-01-31")

KNOWN = register(
    project("p1", name="甲厂", owner="甲", leader="李", team="一班", extra={"镇街": "外海"}),
    project("p2", name="乙厂", stages={"design": record(0, 8, 20, 20)}, extra={"镇街": "礼乐"}),
    project("p3", owner="甲", target=day(90)),
    project("p4", day(29), target=day(66), owner="甲"),
    demands=(demand("a", "p1", 3, 9), demand("b", "p2", 29)),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario and its register."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text(rendered(two_stages()), encoding="utf-8")
    kept("r.approvalsim", KNOWN)
    return tmp_path


def kept(file: str, known: Register) -> None:
    RegisterFile.create(file, Register("mine.toml", known.entries, known.demands)).close()


def sheet(file: str, number: int = 0) -> list[list[Any]]:
    """The rows of a sheet of a workbook from its heading on, without the footer."""
    rows = [list(row) for row in load_workbook(file).worksheets[number].values]
    head = next(place for place, row in enumerate(rows) if None not in row)
    return rows[head:-1]


# --- the table -----------------------------------------------------------------------------------


def test_the_table_tells_lights_by_shape_and_word_and_forecasts_as_such() -> None:
    said = call("dispatch", "table", *REGISTER, *FEW, lang="zh")
    assert (said.code, said.err) == (0, "")
    assert "4 个项目：■ 红 0，▲ 黄 1，● 绿 3（其中 ◆ 预测预警 1），✓ 已动工 0" in said.out
    assert "▲ 黄 预警" in said.out
    assert "● 绿 正常" in said.out
    assert "◆ 绿 预测预警" in said.out
    assert "P80 与按期概率是模型的预测，不是事实" in said.out
    assert "设计办结应于 2024-01-25 前，已超 6 天" in said.out
    assert "假设" in said.out.splitlines()[-1]


def test_the_json_holds_every_value() -> None:
    told = call("dispatch", "table", *REGISTER, *FEW, "--red-after", 5, "--json", "-").json
    assert told["as_of"] == "2024-01-31"
    assert told["rules"]["red_after"] == 5
    assert told["forecast"]["replications"] == 20
    first, second, *_ = told["projects"]
    assert (first["id"], first["signal"], first["margin"]) == ("p1", "red", -6.0)
    assert first["late"][0]["due"] == "2024-01-25"
    assert first["actions"][0] == {
        "deed": "submit",
        "subject": "design",
        "due": "2024-01-20",
        "overdue": True,
        "responsible": {"zh": "设计科", "en": "design section"},
    }
    assert first["prospect"]["on_time"] == 0.0
    assert second["demands"][0]["days"] == 1
    assert second["under_way"][0]["used"] == 11


def test_without_a_forecast_all_else_is_the_same() -> None:
    plain = call("dispatch", "table", *REGISTER, "--no-forecast", "--json", "-").json
    full = call("dispatch", "table", *REGISTER, *FEW, "--json", "-").json
    assert plain["forecast"] is None
    for one, other in zip(plain["projects"], full["projects"], strict=True):
        assert one == other | {"prospect": None, "signal": one["signal"]}


def test_a_doubtful_forecast_is_warned_of_by_the_share_that_was_asked_for() -> None:
    # p2 prepares its permit for longer than the scenario knows; ten more days are too many.
    def signals(share: float) -> list[str]:
        words = (*FEW, "--warn-below", share, "--json", "-")
        told = call("dispatch", "table", *REGISTER, *words).json
        return [each["signal"] for each in told["projects"]]

    assert signals(0.6) == ["yellow", "warning", "green", "green"]
    assert signals(0) == ["yellow", "green", "green", "green"]


def test_a_workbook_a_register_file_and_json_say_the_same(folder: Path) -> None:
    write_new("r.xlsx", Register("mine.toml", KNOWN.entries, KNOWN.demands), two_stages(), "zh")
    (folder / "r.json").write_text(json.dumps(asdict(KNOWN), default=str), encoding="utf-8")
    words = ("--as-of", "2024-01-31", "--no-forecast", "--scenario", "mine.toml", "--json", "-")
    live, book, plain = (
        call("dispatch", "table", "--register", name, *words).json
        for name in ("r.approvalsim", "r.xlsx", "r.json")
    )
    assert live == book == plain


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_excel_file_holds_the_table_ready_to_print(lang: str) -> None:
    said = call("dispatch", "table", *REGISTER, *FEW, "-o", "t.xlsx", lang=lang)
    assert said.out.splitlines()[-1] == ("已写入 t.xlsx" if lang == "zh" else "written: t.xlsx")
    heads, first, second, *_ = sheet("t.xlsx")
    assert heads[:2] == (["项目", "灯"] if lang == "zh" else ["project", "light"])
    assert first[:2] == ["p1 甲厂", SIGNAL_WORDS[Signal.YELLOW][lang == "en"]]
    assert first[3:7] == [-6, datetime(2024, 2, 9), datetime(2024, 3, 2), 0]
    assert first[7].count("\n") == 2  # three actions
    assert second[-1] == ("责任人未明确" if lang == "zh" else "nobody named")
    book = load_workbook("t.xlsx")
    page = book.worksheets[0]
    assert int(page.page_setup.paperSize) == 9  # A4
    assert page.page_setup.orientation == "landscape"
    head = next(row for row in range(1, 20) if page.cell(row, 2).value == heads[1])
    assert page.freeze_panes == f"C{head + 1}"
    assert page.print_title_rows == f"${head}:${head}"
    assert page.cell(head + 1, 2).fill.start_color.rgb == f"FF{SIGNAL_FILLS[Signal.YELLOW]}"
    assert page.cell(head + 1, 5).number_format == "yyyy-mm-dd"


def test_html_and_pdf_are_written_too() -> None:
    pytest.importorskip("PySide6.QtSvg")
    words = ("-o", "t.html", "-o", "t.pdf")
    said = call("dispatch", "table", *REGISTER, "--no-forecast", *words, lang="zh")
    assert said.code == 0
    text = Path("t.html").read_text(encoding="utf-8")
    ElementTree.fromstring(text.split("\n", 1)[1])
    assert "要素调度表" in text
    assert "http" not in text.replace("http://www.w3.org", "")
    assert Path("t.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_an_office_program_opens_the_excel_file(folder: Path) -> None:
    assert OFFICE
    call("dispatch", "monthly", *REGISTER, "-o", "m.xlsx", lang="zh")
    words = (OFFICE, "--headless", "--convert-to", "pdf", "--outdir", folder, "m.xlsx")
    subprocess.run([*map(str, words)], check=True, capture_output=True, timeout=180)
    assert Path("m.pdf").read_bytes().startswith(b"%PDF")


def test_texts_that_look_like_formulas_stay_texts() -> None:
    kept("f.approvalsim", register(project("p1", owner="=1+1")))
    words = ("--register", "f.approvalsim", "--as-of", "2024-02-05", "-o", "f.xlsx")
    assert call("dispatch", "monthly", *words).code == 0
    cells = [cell for row in load_workbook("f.xlsx").worksheets[0] for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


# --- bulletins -----------------------------------------------------------------------------------


def test_the_weekly_summary_tells_what_changed() -> None:
    said = call("dispatch", "weekly", *REGISTER, lang="zh")
    assert (said.code, said.err) == (0, "")
    assert "2024-01-25 至 2024-01-31" in said.out
    assert "本期：签约 1，环节送审 0 件、办结 0 件。" in said.out
    assert "期末灯（期初）：■ 红 0（0），▲ 黄 1（0），● 绿 3（3）" in said.out
    assert "期初时台账还没有记录" in said.out
    assert "请协调b" in said.out
    assert "排名" not in said.out


@pytest.mark.parametrize("period", ["weekly", "monthly", "quarterly", "yearly"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_bulletin_is_written_to_excel_a_sheet_for_each_table(period: str, lang: str) -> None:
    said = call("dispatch", period, *REGISTER, "--by", "镇街", "-o", "b.xlsx", lang=lang)
    assert said.code == 0
    book = load_workbook("b.xlsx")
    titles = [name for name in book.sheetnames if name in said.out]
    assert titles == book.sheetnames
    heads, *rows = sheet("b.xlsx", 2 if period == "weekly" else 0)
    assert heads[1] == "镇街"
    names = [row[1] for row in rows]
    assert names[:2] == ["礼乐", "外海"]  # none late before one late
    assert names[-1] == ("未明确" if lang == "zh" else "not named")


def test_what_was_recorded_by_then_is_what_a_bulletin_begins_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Later(register_log.datetime):
        days = 0

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return super().now(tz) + timedelta(days=cls.days)

    monkeypatch.setattr(register_log, "datetime", Later)
    today = date.today()
    signed, target = today - timedelta(days=90), today + timedelta(days=90)
    kept("n.approvalsim", register(Entry("p1", signed=signed, target=target)))
    Later.days = 7
    with RegisterFile.open("n.approvalsim") as live:
        live.apply([Change("p1", "milestones.groundbreaking", today - timedelta(days=30))])
    until = str(today + timedelta(days=7))
    words = ("--register", "n.approvalsim", "--as-of", until, "--json", "-")
    told = call("dispatch", "weekly", *words).json
    assert told["recorded"]
    (event,) = told["events"]
    assert (event["what"], event["late"]) == ("groundbreaking", True)
    assert [(each["before"], each["after"]) for each in told["changed"]] == [("green", "done")]
    # The year began before anything was recorded, so it is told by the dates.
    told = call("dispatch", "yearly", *words, "--since", str(signed)).json
    assert not told["recorded"]
    assert [(each["what"], each["late"]) for each in told["events"]] == [
        ("signed", False),
        ("groundbreaking", False),
    ]


def test_empty_and_finished_registers_have_tables_and_bulletins_too() -> None:
    done = {"design": record(0, 5, 8, 8), "permit": record(8, 9, 12, 12)}
    over = project("p1", stages=done, milestones={"groundbreaking": day(12)})
    for file, known in (
        ("e.approvalsim", register()),
        ("o.approvalsim", register(over)),
        ("l.approvalsim", register(project("p1", left=day(4)), Entry("p9"))),
    ):
        kept(file, known)
        words = ("--register", file, "--as-of", "2024-01-31")
        assert call("dispatch", "table", *words, *FEW, "-o", f"{file}.xlsx").code == 0
        for period in ("weekly", "monthly", "quarterly", "yearly"):
            said = call("dispatch", period, *words, "-o", f"{period}.html")
            assert (said.code, said.err) == (0, "")


# --- letters -------------------------------------------------------------------------------------


def test_letters_go_to_all_that_are_red_or_to_those_named() -> None:
    words = ("--no-forecast", "--red-after", 0, "-o", "l.docx")
    said = call("dispatch", "letter", *REGISTER, *words, lang="zh")
    assert (said.code, said.err) == (0, "")
    assert said.out == "甲：关于甲厂项目进度的督办函\n已写入 l.docx（草稿）\n"
    assert "关于甲厂项目进度的督办函" in [each.text for each in Document("l.docx").paragraphs]
    named = ("--project", "p1", "-o", "n.docx", "--reply-by", "2024-02-08", "--sender", "督查办")
    told = call("dispatch", "letter", *REGISTER, *FEW, *named, "--json", "-", lang="zh").json
    (letter,) = told["letters"]
    assert letter["sender"] == "督查办"
    assert any("2024年2月8日前书面反馈" in each for each in letter["paragraphs"])
    assert any(each.startswith("据模型预测") for each in letter["paragraphs"])


def test_an_answer_is_asked_for_within_five_working_days() -> None:
    words = ("--no-forecast", "--project", "p1", "-o", "l.docx", "--json", "-")
    told = call("dispatch", "letter", *REGISTER, *words, lang="en").json
    (letter,) = told["letters"]
    assert any("by 2024-02-05" in each for each in letter["paragraphs"])  # every day is worked


# --- mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("table", "--register", "none.xlsx"), "none.xlsx"),
        (("table", *REGISTER, "-o", "t.csv"), "t.csv"),
        (("table", *REGISTER, "--as-of", "31.1.2024"), "31.1.2024"),
        (("table", *REGISTER, "--milestone", "x"), "groundbreaking"),
        (("weekly", *REGISTER, "--since", "2024-02-01"), "2024-02-01"),
        (("monthly", *REGISTER, "--by", "town"), "镇街"),
        (("letter", *REGISTER, "-o", "l.pdf"), ".docx"),
        (("letter", *REGISTER, "-o", "l.docx", "--no-forecast"), "--project"),
        (("letter", *REGISTER, "-o", "l.docx", "--no-forecast", "--project", "px"), "px"),
        (("letter", *REGISTER, "-o", "l.docx", "--no-forecast", "--project", "p3"), "p3"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_mistakes_are_named(words: tuple[str, ...], says: str, lang: str, folder: Path) -> None:
    before = sorted(folder.iterdir())
    said = call("dispatch", *words, lang=lang)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert "Traceback" not in said.err
    assert sorted(folder.iterdir()) == before


def test_a_register_that_names_no_scenario_asks_for_one() -> None:
    book = Workbook()
    book.worksheets[0].append(["项目编号", "项目名称"])
    book.save("bare.xlsx")
    said = call("dispatch", "table", "--register", "bare.xlsx")
    assert said.code == 2
    assert "--scenario" in said.err


def test_a_reply_is_asked_for_after_the_day_of_the_letter() -> None:
    words = ("--no-forecast", "--reply-by", "2024-01-31", "-o", "l.docx")
    said = call("dispatch", "letter", *REGISTER, *words)
    assert (said.code, said.out) == (2, "")
    assert said.err == "--reply-by: must lie after 2024-01-31, found 2024-01-31\n"


def test_headings_of_a_wide_ranking_are_broken_between_words_only() -> None:
    said = call("dispatch", "yearly", *REGISTER).out
    ranking = said.split("Ranking")[1].split("─")[0]
    assert {"signed", "period", "reached", "yellow", "demands"} <= set(ranking.split())

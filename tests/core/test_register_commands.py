"""The commands `register new|check|import|export`."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from command_line import call
from openpyxl import load_workbook
from sample_registers import made_up, scenario, workbook

from approvalsim.register import Entry, Register
from approvalsim.register_changes import Change
from approvalsim.register_export import write_new
from approvalsim.register_log import RegisterFile
from approvalsim.register_workbook import read
from approvalsim.scenario_file import shipped


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def filled() -> Register:
    """What `filled.xlsx` holds."""
    register = made_up(1)
    write_new("filled.xlsx", register, scenario(), "zh")
    return register


def test_a_new_workbook_is_clean_and_knows_its_scenario() -> None:
    said = call("register", "new", "jianghai-2022", "-o", "new.xlsx", lang="zh")
    checked = call("register", "check", "new.xlsx", "--json", "-")

    assert (said.code, said.out, said.err) == (0, "new.xlsx：43 个项目\n", "")
    assert (checked.code, checked.err) == (0, "")
    assert checked.json == {
        "file": "new.xlsx",
        "scenario": "jianghai-2022",
        "projects": 43,
        "demands": 0,
        "dates": 0,
        "own_columns": [],
        "problems": [],
    }


def test_what_was_written_is_told_as_json_too(filled: Register) -> None:
    call("register", "import", "filled.xlsx", "-o", "x.approvalsim")
    new = call("register", "new", "jianghai-2022", "-o", "new.xlsx", "--json", "-")
    exported = call("register", "export", "x.approvalsim", "-o", "back.xlsx", "--json", "-")

    assert (new.json["file"], new.json["projects"]) == ("new.xlsx", 43)
    assert (exported.json["file"], exported.json["projects"]) == ("back.xlsx", len(filled.entries))


def test_a_new_workbook_does_not_replace_a_filled_one(filled: Register) -> None:
    said = call("register", "new", "fast-track", "-o", "filled.xlsx")

    assert said.code == 2
    assert said.err.startswith("filled.xlsx: exists and was left alone")
    assert read("filled.xlsx", scenario()).register == filled


def test_a_scenario_of_ones_own_is_found_from_the_workbooks_folder(folder: Path) -> None:
    (folder / "sub").mkdir()
    shutil.copy(shipped()["single-project"], folder / "mine.toml")
    shutil.copy(shipped()["standard"], folder / "standard.toml")
    shutil.copy(shipped()["fast-track"], folder / "fast-track.toml")

    assert call("register", "new", "mine.toml", "-o", "sub/x.xlsx").code == 0
    assert call("register", "check", "sub/x.xlsx", "--json", "-").json["scenario"] == "../mine.toml"
    assert call("register", "import", "sub/x.xlsx", "-o", "y.approvalsim").code == 0
    with RegisterFile.open("y.approvalsim", read_only=True) as file:
        assert file.register.scenario == "mine.toml"
        assert Path(file.scenario_reference()).resolve() == folder / "mine.toml"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_check_lists_every_problem_by_its_cell(lang: str) -> None:
    rows = [
        ["项目编号", "项目名称", "签约日期", "环评送审"],
        ["a", "甲", "3月5日", "2022-3-5"],
        ["a", "乙", "2022-3-5", "2022-3-1"],
    ]
    workbook(Path("x.xlsx"), rows)

    said = call("register", "check", "x.xlsx", "--scenario", "fast-track", lang=lang)
    as_json = call("register", "check", "x.xlsx", "--scenario", "fast-track", "--json", "-")

    assert said.code == as_json.code == 2
    assert [line.split(": ")[1] for line in said.err.splitlines()] == [
        *("项目台账!C2", "项目台账!A3", "项目台账!D3")
    ]
    assert [each["sentence"] for each in as_json.json["problems"]] == [
        *("not_a_date", "twice", "before_signing")
    ]


def test_a_date_after_the_day_asked_for_is_a_problem(filled: Register) -> None:
    said = call("register", "check", "filled.xlsx", "--as-of", "2022-01-01")
    wrong = call("register", "check", "filled.xlsx", "--as-of", "soon")

    assert said.code == wrong.code == 2
    assert "lies after 2022-01-01; a register holds only what has happened" in said.err
    assert wrong.err == "--as-of: must be a date such as 2022-12-31, found soon\n"


def test_import_and_export_lose_nothing(filled: Register) -> None:
    imported = call("register", "import", "filled.xlsx", "-o", "x.approvalsim", "--json", "-")
    exported = call("register", "export", "x.approvalsim", "-o", "back.xlsx")

    assert (imported.code, exported.code) == (0, 0)
    assert imported.json["written"] == "x.approvalsim"
    assert imported.json["projects"] == 8
    assert read("back.xlsx", scenario()).register == filled
    assert call("register", "check", "x.approvalsim").code == 0


def test_a_second_import_records_what_differs_and_who_brought_it(filled: Register) -> None:
    call("register", "import", "filled.xlsx", "-o", "x.approvalsim")
    book = load_workbook("filled.xlsx")
    book["项目台账"]["B3"] = "改名"
    book.save("filled.xlsx")

    again = call("register", "import", "filled.xlsx", "-o", "x.approvalsim", "--who", "王五")

    assert again.out.endswith("1 change recorded\n")
    with RegisterFile.open("x.approvalsim", read_only=True) as file:
        last = file.history()[-1]
    assert (last.who, last.field, last.new) == ("王五 (filled.xlsx)", "name", "改名")
    assert last.old == filled.entries[0].name


def test_export_into_a_workbook_keeps_what_is_its_own(filled: Register) -> None:
    call("register", "import", "filled.xlsx", "-o", "x.approvalsim")
    book = load_workbook("filled.xlsx")
    book.create_sheet("我的")["A1"] = "别动"
    book.save("filled.xlsx")
    with RegisterFile.open("x.approvalsim") as file:
        file.apply([Change(filled.entries[0].id, "owner", "新单位")])

    assert call("register", "export", "x.approvalsim", "-o", "filled.xlsx").code == 0

    assert load_workbook("filled.xlsx")["我的"]["A1"].value == "别动"
    assert read("filled.xlsx", scenario()).register.entries[0].owner == "新单位"


def test_contradictions_stop_an_import_unless_it_is_wanted_anyway() -> None:
    rows = [["项目编号", "项目名称", "签约日期", "交地"], ["a", "甲", "2022-3-5", "2022-3-1"]]
    workbook(Path("x.xlsx"), rows)
    words = ("register", "import", "x.xlsx", "--scenario", "fast-track", "-o", "x.approvalsim")

    refused = call(*words)
    assert refused.code == 2
    assert "x.xlsx: 项目台账!D2" in refused.err
    assert not Path("x.approvalsim").exists()

    taken = call(*words, "--anyway")
    assert taken.code == 0
    assert taken.err == refused.err
    workbook(Path("x.xlsx"), [*rows, ["b", "乙", "3月", None]])
    assert call(*words, "--anyway").code == 2
    with RegisterFile.open("x.approvalsim", read_only=True) as file:
        assert [entry.id for entry in file.register.entries] == ["a"]


def test_a_workbook_that_names_no_scenario_needs_one_to_be_imported() -> None:
    workbook(Path("x.xlsx"), [["项目编号", "项目名称"], ["a", "甲"]])

    said = call("register", "import", "x.xlsx", "-o", "x.approvalsim")

    assert said.code == 2
    assert said.err == "--scenario: the workbook does not name its scenario; name it\n"
    assert call("register", "check", "x.xlsx").code == 0


def test_an_open_register_is_not_imported_into(filled: Register) -> None:
    with RegisterFile.create("x.approvalsim", Register("fast-track", (Entry("a"),)), "王五"):
        said = call("register", "import", "filled.xlsx", "-o", "x.approvalsim")

    assert said.code == 2
    assert said.err.startswith("x.approvalsim: is open since ")


def test_export_tells_the_register_as_it_was_recorded(filled: Register) -> None:
    call("register", "import", "filled.xlsx", "-o", "x.approvalsim")

    export = ("register", "export", "x.approvalsim", "-o", "old.xlsx", "--as-recorded")
    assert call(*export, date.today()).out == "old.xlsx: 8 projects, 66 dates, 5 demands\n"


def test_nothing_is_exported_as_of_a_day_when_nothing_was_recorded(filled: Register) -> None:
    call("register", "import", "filled.xlsx", "-o", "x.approvalsim")

    export = ("register", "export", "x.approvalsim", "-o", "old.xlsx", "--as-recorded")
    said = call(*export, "2000-01-01")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("--as-recorded: nothing was recorded before ")
    assert not Path("old.xlsx").exists()


def test_files_that_nothing_would_open_again_are_not_written() -> None:
    call("register", "new", "fast-track", "-o", "new.xlsx")
    for words, known in (
        (("new", "fast-track", "-o", "a.txt"), ".xlsx"),
        (("import", "new.xlsx", "-o", "a.txt"), ".approvalsim"),
        (("export", "new.xlsx", "-o", "a.txt"), ".xlsx"),
    ):
        said = call("register", *words)
        assert said.code == 2
        assert said.err == f"-o: the file's name must end in {known}, found a.txt\n"
        assert not Path("a.txt").exists()


def test_columns_that_were_not_recognised_are_named(filled: Register) -> None:
    book = load_workbook("filled.xlsx")
    book["项目台账"].cell(1, book["项目台账"].max_column + 1, "开工日子")
    book["项目台账"].cell(3, book["项目台账"].max_column, "近期")
    book.save("filled.xlsx")
    assert "自己的列，原样保留：" in (
        said := call("register", "check", "filled.xlsx", lang="zh").out
    )
    assert "开工日子" in said

"""Reading and writing registers as workbooks."""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font
from openpyxl.worksheet.cell_range import CellRange
from sample_registers import Rows, made_up, registers, scenario, workbook

from approvalsim.errors import ScenarioError
from approvalsim.register import Demand, Entry, Register, StageRecord, problems_in, register_of
from approvalsim.register_changes import differences
from approvalsim.register_export import save, write_new
from approvalsim.register_workbook import examined, read, scenario_named_in
from approvalsim.scenario_file import find, load

MARCH = date(2022, 3, 5)

# --- the corpus ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Messy:
    """A workbook as somebody might send it, and what it must come to."""

    rows: Rows
    entries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Of each project the fields that are not at their default."""
    problems: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    sheet: str = "项目台账"
    demands: Rows | None = None


CORPUS = {
    "title rows, an aside and full-width headings": Messy(
        [
            ["江海区2022年亿元以上项目台账"],
            ["填报单位：招商局", None, None, "2022年6月"],
            [],
            [
                *("序号", "项 目\n名 称", "投资额（亿元）", "签约　日期", "计划开工时间"),
                *("挂点领导", "专班"),
            ],
            [1, "甲公司", "1.5亿", "2022年3月5日", "2022/10/1", "张三", "一专班"],
            [2, "乙公司", "１２", 44625, "2022.10.01", "李四", "二专班"],
        ],
        {
            "1": {
                "name": "甲公司",
                "investment": 1.5,
                "signed": MARCH,
                "target": date(2022, 10, 1),
                "leader": "张三",
                "team": "一专班",
            },
            "2": {
                "name": "乙公司",
                "investment": 12.0,
                "signed": MARCH,
                "target": date(2022, 10, 1),
                "leader": "李四",
                "team": "二专班",
            },
        },
        merged=("A1:G1",),
    ),
    "dates in every form": Messy(
        [
            ["项目编号", "项目名称", "签约日期", "交地", "动工时间"],
            ["a", "甲", "2022-03-05", "20220305", datetime(2022, 3, 5, 14, 30)],
            ["b", "乙", 20220305, "2022年03月05日", "2022/03/05 00:00:00"],
            ["c", "丙", "２０２２．３．５", "2022 年 3 月 5 号", "/"],
            ["d", "丁", "-", "暂无", "未定"],
        ],
        {
            "a": {
                "name": "甲",
                "signed": MARCH,
                "milestones": {"land_handover": MARCH, "groundbreaking": MARCH},
            },
            "b": {
                "name": "乙",
                "signed": MARCH,
                "milestones": {"land_handover": MARCH, "groundbreaking": MARCH},
            },
            "c": {"name": "丙", "signed": MARCH, "milestones": {"land_handover": MARCH}},
            "d": {"name": "丁"},
        },
    ),
    "dates that are none": Messy(
        [
            ["项目编号", "项目名称", "签约日期", "目标日期"],
            ["a", "甲", "3月5日", "2022年3月"],
            ["b", "乙", "22.3.5", "2022-02-30"],
            ["c", "丙", 2022.3, "已签"],
            ["d", "丁", "2022-3.5", 7],
        ],
        problems=(
            "项目台账!C2: not_a_date 3月5日",
            "项目台账!D2: not_a_date 2022年3月",
            "项目台账!C3: not_a_date 22.3.5",
            "项目台账!D3: not_a_date 2022-02-30",
            "项目台账!C4: not_a_date 2022.3",
            "项目台账!D4: not_a_date 已签",
            "项目台账!C5: not_a_date 2022-3.5",
            "项目台账!D5: not_a_date 7",
        ),
    ),
    "stages under two rows of headings, merged and not": Messy(
        [
            ["项目编号", "项目名称", "环评", None, None, "施工许可", None, "备注"],
            [None, None, "送审日期", "批复", "办结", "申报", "发证时间", None],
            ["a", "甲", "2022-3-5", "2022-4-1", "2022-4-9", None, "2022-5-1", "好"],
        ],
        {
            "a": {
                "name": "甲",
                "stages": {
                    "eia": StageRecord(None, MARCH, date(2022, 4, 1), date(2022, 4, 9)),
                    "construction_permit": StageRecord(finished=date(2022, 5, 1)),
                },
                "extra": {"备注": "好"},
            }
        },
        merged=("A1:A2", "B1:B2", "C1:E1", "H1:H2"),
    ),
    "stages in headings of one row, or by their last date alone": Messy(
        [
            [
                *("项目编号", "项目名称", "环评送审", "环评-批复日期", "立项备案", "用能"),
                "Filing: ready",
            ],
            ["a", "甲", "2022-3-5", "2022-4-1", "2022-3-5", "由供电局跟进", "2022-3-5"],
        ],
        {
            "a": {
                "name": "甲",
                "stages": {
                    "eia": StageRecord(submitted=MARCH, reviewed=date(2022, 4, 1)),
                    "filing": StageRecord(ready=MARCH, finished=MARCH),
                },
                "extra": {"用能": "由供电局跟进"},
            }
        },
    ),
    "three rows of headings": Messy(
        [
            ["项目编号", "项目名称", "办理情况", None, None],
            [None, None, "环评", None, "施工图"],
            [None, None, "送审", "办结", "办结"],
            ["a", "甲", "2022-3-5", None, "2022-3-5"],
        ],
        {
            "a": {
                "name": "甲",
                "stages": {
                    "eia": StageRecord(submitted=MARCH),
                    "design_review": StageRecord(finished=MARCH),
                },
            }
        },
        merged=("A1:A3", "B1:B3", "C1:E1", "C2:D2"),
    ),
    "merged values, empty rows, a subtotal, a total and notes": Messy(
        [
            ["项目编号", "项目名称", "投资额(万元)", "责任单位"],
            ["a", "甲", 15000, "发改局"],
            [],
            ["b", "乙", "20,000", None],
            ["小计", None, 35000, None],
            ["c", "丙", "3千万", "住建局"],
            ["合 计", None, 38000, None],
            ["注：投资额按协议。"],
            ["制表人：王五，联系电话见通讯录", None, None, None],
        ],
        {
            "a": {"name": "甲", "investment": 1.5, "owner": "发改局"},
            "b": {"name": "乙", "investment": 2.0, "owner": "发改局"},
            "c": {"name": "丙", "investment": 0.3, "owner": "住建局"},
        },
        merged=("D2:D4", "A8:D8", "A9:D9"),
    ),
    "one project over several rows": Messy(
        [
            ["项目编号", "项目名称", "签约日期", "进展"],
            ["a", "甲", "2022-3-5", "已签约"],
            [None, None, None, "正办环评"],
            ["b", "乙", None, "洽谈"],
        ],
        {
            "a": {"name": "甲", "signed": MARCH, "extra": {"进展": "已签约\n正办环评"}},
            "b": {"name": "乙", "extra": {"进展": "洽谈"}},
        },
        merged=("A2:A3", "B2:B3"),
    ),
    "one project that says two things": Messy(
        [
            ["项目编号", "项目名称", "签约日期"],
            ["a", "甲", "2022-3-5"],
            [None, None, "2022-3-6"],
        ],
        problems=("项目台账!C3: two_values 2022-03-06",),
        merged=("A2:A3", "B2:B3"),
    ),
    "English headings on a sheet of any name": Messy(
        [
            ["Project ID", "Name", "Investment (100 million yuan)", "Signed", "Credit grade"],
            ["P-1", "One", "2", "2022-03-05", "ｂ"],
        ],
        {"P-1": {"name": "One", "investment": 2.0, "signed": MARCH, "grade": "B"}},
        sheet="Sheet1",
    ),
    "two names for one thing, and own columns twice": Messy(
        [
            [
                *("序号", "项目编号", "项目名称", "企业名称", "责任单位", "责任人"),
                *("备注", "备注", None),
            ],
            [1, "a", "一期", "甲公司", "发改局", "赵六", "x", "y", "z"],
        ],
        {
            "a": {
                "name": "一期",
                "owner": "发改局",
                "extra": {
                    "序号": 1,
                    "企业名称": "甲公司",
                    "责任人": "赵六",
                    "备注": "x",
                    "备注 (2)": "y",
                    "[I]": "z",
                },
            }
        },
    ),
    "two columns for one thing": Messy(
        [["项目编号", "项目名称", "签约日期", "签约 日期"], ["a", "甲", "2022-3-5", "2022-3-6"]],
        problems=("项目台账!D1: two_columns -",),
    ),
    "choices in words and in ids, known and not": Messy(
        [
            ["项目编号", "项目名称", "信用等级", "环评类别", "办理方式", "land"],
            ["a", "甲", "A级", "报告表", "承诺制", "non_net"],
            ["b", "乙", "E", "登记", "快", "净地"],
        ],
        problems=(
            "项目台账!D3: choice 登记",
            "项目台账!E3: choice 快",
            "项目台账!C3: unknown_reference E",
        ),
    ),
    "contradictions": Messy(
        [
            ["项目编号", "项目名称", "签约日期", "环评送审", "环评批复", "退出日期", "目标日期"],
            ["a", "甲", "2022-3-5", "2022-5-1", "2022-4-1", None, "2022-1-1"],
            ["a", "乙", "2022-3-5", "2022-1-1", None, None, None],
            ["江海〔1〕", "丙", "2099-1-1", None, None, None, None],
            [None, "丁", None, "2022-5-1", None, "2022-4-1", None],
        ],
        problems=(
            "项目台账!A3: twice -",
            "项目台账!G2: target_before_signing 2022-01-01",
            "项目台账!E2: dates_fall 2022-04-01",
            "项目台账!D3: before_signing 2022-01-01",
            "项目台账!A4: bad_id 江海〔1〕",
            "项目台账!C4: after_as_of 2099-01-01",
            "项目台账!A5: missing -",
            "项目台账!D5: after_left 2022-05-01",
        ),
    ),
    "amounts that are none, and no unit": Messy(
        [
            ["项目编号", "项目名称", "投资额"],
            ["a", "甲", 1.5],
            ["b", "乙", "约2亿"],
            ["c", "丙", "1.5亿美元"],
            ["d", "丁", "1.5亿元"],
        ],
        problems=(
            "项目台账!C2: no_unit -",
            "项目台账!C3: not_a_number 约2亿",
            "项目台账!C4: not_a_number 1.5亿美元",
        ),
    ),
    "stages nobody knows": Messy(
        [
            ["项目编号", "项目名称", "水保", None],
            [None, None, "送审", "办结"],
            ["a", "甲", "2022-3-5", None],
        ],
        problems=("项目台账!C3: unknown_reference 水保",),
        merged=("C1:D1",),
    ),
    "no ids at all": Messy(
        [["项目名称", "签约日期"], ["甲", "2022-3-5"]], problems=("项目台账!A1: no_column -",)
    ),
    "no table": Messy([["会议纪要"], ["今天讨论了几个项目"]], problems=("no_table -",)),
    "demands by id and by name": Messy(
        [["项目编号", "项目名称"], ["a", "甲公司"], ["b", "乙"], ["c", "乙"]],
        demands=[
            ["企业诉求清单"],
            [
                *("序号", "企业名称", "类别", "诉求内容", "提出时间", "答复时间", "办结时间"),
                "责任单位",
            ],
            [1, "甲公司", "用地", "土地平整", "2022-3-5", "2022-3-8", None, "自然资源局"],
            [2, "a", "资金", "贷款", "2022.3.5", None, None, None],
            [3, "乙", "其他", "问路", "2022.3.5", None, None, None],
            [4, "丁", "用水", "管网", "2022.3.5", "2022.3.1", None, None],
            [5, "甲公司", "修路", "道路", "3月", None, None, None],
            [6, "甲公司", "用工", "招工", None, None, None, None],
        ],
        problems=(
            "诉求!B5: two_projects 乙",
            "诉求!C7: choice 修路",
            "诉求!E7: not_a_date 3月",
            "诉求!E8: missing -",
            "诉求!B6: unknown_reference 丁",
            "诉求!F6: dates_fall 2022-03-01",
        ),
    ),
}


def built(folder: Path, messy: Messy) -> Path:
    more = {"诉求": messy.demands} if messy.demands else {}
    return workbook(folder / "x.xlsx", messy.rows, messy.merged, messy.sheet, **more)


def said(error_or_problems: Any) -> list[str]:
    """Problems in short: cell, sentence, what was found."""
    problems = getattr(error_or_problems, "problems", error_or_problems)
    return [f"{p.where}: {p.sentence} {p.words.get('found', '-')}" for p in problems]


@pytest.mark.parametrize("name", CORPUS)
def test_a_messy_workbook_comes_to_this(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messy = CORPUS[name]
    monkeypatch.chdir(tmp_path)
    built(tmp_path, messy)
    try:
        found, problems = examined("x.xlsx", scenario(), date(2023, 1, 1))
    except ScenarioError as error:
        found, problems = None, error.problems

    assert [line.removeprefix("x.xlsx: ") for line in said(problems)] == list(messy.problems)
    for problem in problems:
        assert problem.text("zh") != problem.text("en")
    if not messy.problems:
        assert found is not None
        expected = tuple(Entry(id=key, **given) for key, given in messy.entries.items())
        assert found.register.entries == expected


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 12


@pytest.mark.parametrize("name", [name for name, messy in CORPUS.items() if not messy.problems])
def test_a_messy_workbook_saved_as_read_is_the_same_file(name: str, tmp_path: Path) -> None:
    path = built(tmp_path, CORPUS[name])
    before = path.read_bytes()
    file = read(path, scenario())

    save(file, file.register)
    save(file, file.register, tmp_path / "copy.xlsx")

    assert path.read_bytes() == before
    assert (tmp_path / "copy.xlsx").read_bytes() == before


@pytest.mark.parametrize("name", [name for name, messy in CORPUS.items() if not messy.problems])
def test_any_field_of_a_messy_workbook_can_be_changed(name: str, tmp_path: Path) -> None:
    path = built(tmp_path, CORPUS[name])
    file = read(path, scenario())
    first, *others = file.register.entries
    wanted = replace(
        file.register,
        entries=(
            replace(
                first,
                name="=新名称",
                owner="新单位",
                investment=2.5,
                signed=date(2021, 1, 1),
                path="commitment",
                attributes={"eia": "book"},
                stages={**first.stages, "energy": StageRecord(finished=date(2022, 6, 1))},
                milestones={"groundbreaking": date(2022, 7, 1)},
                extra={**first.extra, "新列": "新值"},
            ),
            *others,
            Entry("new", "新项目", signed=date(2022, 2, 2)),
        ),
        demands=(Demand("d1", "new", "land", "平整", date(2022, 2, 3)),),
    )

    again = save(file, wanted)

    assert differences(read(path, scenario()).register, wanted) == ()
    assert differences(again.register, wanted) == ()
    assert save(again, file.register).register.entries == file.register.entries


# --- what a change leaves alone ------------------------------------------------------------------


def test_a_change_touches_its_own_cells_only(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_new(path, made_up(1), scenario(), "zh")
    book = load_workbook(path)
    sheet = book["项目台账"]
    sheet["B3"].font = Font(bold=True, color="FFFF0000")
    sheet["C3"].number_format = "0.00"
    other = book.create_sheet("领导批示")
    other["A1"], other["B2"] = "请抓紧", "=1+1"
    book.save(path)
    before = load_workbook(path)
    file = read(path, scenario())
    first = replace(file.register.entries[0], name="改名")

    save(file, replace(file.register, entries=(first, *file.register.entries[1:])))

    after = load_workbook(path)
    changed = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in before.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if after[sheet.title][cell.coordinate].value != cell.value
    ]
    assert changed == ["项目台账!B3"]
    assert after["项目台账"]["B3"].font.b
    assert after["项目台账"]["C3"].number_format == "0.00"
    assert after["领导批示"]["B2"].value == "=1+1"
    assert after["项目台账"].freeze_panes == "C3"
    assert after["项目台账"].merged_cells.ranges == before["项目台账"].merged_cells.ranges
    assert len(after["项目台账"].data_validations.dataValidation) == len(
        before["项目台账"].data_validations.dataValidation
    )


def test_a_project_is_added_above_the_total_and_the_sum_goes_on(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "x.xlsx",
        [
            ["项目编号", "项目名称", "投资额(万元)"],
            ["a", "甲", 10000],
            ["b", "乙", 20000],
            ["合计", None, "=SUM(C2:C3)"],
            ["注：投资额按协议"],
        ],
        merged=("A5:C5",),
    )
    file = read(path, scenario())

    save(file, replace(file.register, entries=(*file.register.entries, Entry("c", "丙", 3.5))))

    sheet = load_workbook(path)["项目台账"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[3:] == [
        ["c", "丙", 35000],
        ["合计", None, "=SUM(C2:C4)"],
        ["注：投资额按协议", None, None],
    ]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A6:C6"]


def test_a_merged_value_is_taken_apart_for_the_one_project_that_changes(tmp_path: Path) -> None:
    rows = [["项目编号", "项目名称", "责任单位"], ["a", "甲", "发改局"], ["b", "乙"], ["c", "丙"]]
    path = workbook(tmp_path / "x.xlsx", rows, merged=("C2:C4",))
    file = read(path, scenario())
    a, b, c = file.register.entries

    save(file, replace(file.register, entries=(a, replace(b, owner="住建局"), c)))

    owners = [entry.owner for entry in read(path, scenario()).register.entries]
    assert owners == ["发改局", "住建局", "发改局"]


def test_a_project_taken_out_leaves_an_empty_row(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_new(path, made_up(2, 3), scenario(), "zh")
    file = read(path, scenario())
    first, _, last = file.register.entries
    kept = tuple(each for each in file.register.demands if each.project in (first.id, last.id))

    save(file, replace(file.register, entries=(first, last), demands=kept))

    assert read(path, scenario()).register.entries == (first, last)


def test_what_openpyxl_cannot_keep_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_new(path, made_up(3, 2), scenario(), "zh")
    book = load_workbook(path)
    chart = BarChart()
    chart.add_data(Reference(book["项目台账"], range_string="项目台账!$C$3:$C$4"))
    book.create_sheet("图").add_chart(chart)
    book.save(path)
    before = path.read_bytes()
    file = read(path, scenario())
    wanted = replace(file.register, entries=(*file.register.entries, Entry("new")))

    with pytest.raises(ScenarioError) as refused:
        save(file, wanted)
    save(file, wanted, tmp_path / "copy.xlsx")

    assert [p.sentence for p in refused.value.problems] == ["would_lose"]
    assert path.read_bytes() == before
    assert read(tmp_path / "copy.xlsx", scenario()).register.entries[-1] == Entry("new")


def test_a_workbook_changed_by_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_new(path, made_up(4, 2), scenario(), "zh")
    file = read(path, scenario())
    book = load_workbook(path)
    book["项目台账"]["B3"] = "别人改的"
    book.save(path)

    with pytest.raises(ScenarioError) as refused:
        save(file, replace(file.register, entries=()))

    assert [p.sentence for p in refused.value.problems] == ["disturbed"]
    assert read(path, scenario()).register.entries[0].name == "别人改的"


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    register = Register("fast-track", (Entry("a", "=1+1", extra={"备注": "=cmd|' /C calc'!A0"}),))

    write_new(path, register, scenario(), "zh")

    cell = load_workbook(path)["项目台账"]["B3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert read(path, scenario()).register == register


def test_a_formula_counts_by_its_stored_result_and_without_one_is_a_problem(
    tmp_path: Path,
) -> None:
    rows = [["项目编号", "项目名称", "签约日期", "备注"], ["a", "甲", "=TODAY()", "=1+1"]]
    path = workbook(tmp_path / "x.xlsx", rows)

    found, problems = examined(path, scenario())

    assert said(problems) == [f"{path}: 项目台账!C2: no_value -"]
    assert found.register.entries == (Entry("a", "甲"),)


# --- templates -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["fast-track", "jianghai-2022", "single-project", "xinhui-2022"])
def test_a_template_holds_the_listed_projects_and_nothing_else(
    name: str, language: str, tmp_path: Path
) -> None:
    subject = load(find(name))
    register = register_of(subject, name, language)

    write_new(tmp_path / "x.xlsx", register, subject, language)
    file, problems = examined(tmp_path / "x.xlsx", subject)

    assert problems == ()
    assert file.register == register
    assert scenario_named_in(tmp_path / "x.xlsx") == name
    fields = set(file.projects.columns)
    assert {("stages", stage, "submitted") for stage in subject.stage} < fields
    assert {("milestones", name) for name in subject.milestone} < fields
    assert not any(field[0] == "extra" for field in fields)


def test_a_template_offers_choices_and_freezes_its_headings(tmp_path: Path) -> None:
    write_new(tmp_path / "x.xlsx", Register("fast-track"), scenario(), "zh")
    book = load_workbook(tmp_path / "x.xlsx")
    sheet = book["项目台账"]
    offered = {rule.formula1 for rule in sheet.data_validations.dataValidation}

    assert book.sheetnames == ["项目台账", "诉求", "说明"]
    assert sheet.freeze_panes == "C3"
    assert '"A,B,C,D"' in offered
    assert '"标准,承诺"' in offered
    dates = [cell.column_letter for cell in sheet[2] if cell.value == "送审"]
    assert {sheet.column_dimensions[each].number_format for each in dates} == {"yyyy-mm-dd"}


def test_a_new_workbook_never_replaces_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("mine")

    with pytest.raises(ScenarioError) as refused:
        write_new(tmp_path / "x.xlsx", Register(""), scenario(), "zh")

    assert [p.sentence for p in refused.value.problems] == ["exists"]
    assert (tmp_path / "x.xlsx").read_text() == "mine"


# --- round trips ---------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(register=registers())
def test_writing_and_reading_gives_the_register_back(register: Register) -> None:
    with TemporaryDirectory() as folder:
        for language in ("zh", "en"):
            path = Path(folder) / f"{language}.xlsx"
            write_new(path, register, scenario(), language)
            assert read(path, scenario()).register == register


@settings(max_examples=20, deadline=None)
@given(old=registers(), new=registers())
def test_saving_any_register_over_any_other_gives_the_new_one(old: Register, new: Register) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        write_new(path, old, scenario(), "zh")
        save(read(path, scenario()), new)
        assert differences(read(path, scenario()).register, new) == ()


CELLS = st.sampled_from(
    (
        *(
            None,
            None,
            None,
            "a",
            "甲",
            "2022-3-5",
            "3月5日",
            44625,
            1.5,
            "1.5亿",
            "合计",
            "备注：无",
        ),
        *(
            "项目编号",
            "项目名称",
            "签约日期",
            "环评",
            "送审",
            "办结",
            "投资额(万元)",
            "序号",
            "责任单位",
        ),
        *(True, datetime(2022, 3, 5), "=1+1", "=A1", "#N/A", "诉求内容", "提出日期", " ", "\n"),
    )
)
AREAS = st.sampled_from(("A1:F1", "A1:A2", "B1:B3", "C1:D1", "C4:C6", "A4:A5", "B5:F6", "A7:F7"))


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=9),
    heading=st.booleans(),
    areas=st.lists(AREAS, unique=True, max_size=3),
)
def test_no_workbook_is_more_than_a_list_of_problems(
    rows: list[list[Any]], heading: bool, areas: list[str]
) -> None:
    known = [["项目编号", "项目名称", "环评", None, "签约日期", "投资额"]] if heading else []
    separate = [area for area in areas if not any(overlap(area, each) for each in areas)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        workbook(path, [*known, *rows], separate, 诉求=rows)
        try:
            found, problems = examined(path, scenario(), date(2023, 1, 1))
        except ScenarioError as error:
            found, problems = None, error.problems
        assert all(problem.text("zh") and problem.text("en") for problem in problems)
        if found and not problems:
            with_one = replace(
                found.register, entries=(*found.register.entries, Entry("new", owner="发改局"))
            )
            assert differences(save(found, with_one).register, with_one) == ()


def overlap(one: str, other: str) -> bool:
    """Whether two different areas share a cell."""
    return one != other and not CellRange(one).isdisjoint(CellRange(other))


@pytest.mark.parametrize("seed", range(3))
def test_made_up_registers_have_no_contradictions(seed: int) -> None:
    assert problems_in(made_up(seed), scenario(), date(2024, 1, 1)) == ()


# --- files that are none -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old", "名称,日期\n".encode()]
)
def test_what_is_no_workbook_is_a_problem(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)

    with pytest.raises(ScenarioError) as refused:
        read(path, scenario())

    (problem,) = refused.value.problems
    assert problem.sentence == "not_workbook"
    assert problem.text("zh").startswith(f"{path}: 不是")


def test_several_tables_of_projects_need_a_name(tmp_path: Path) -> None:
    rows = [["项目编号", "项目名称"], ["a", "甲"]]
    path = workbook(tmp_path / "x.xlsx", rows, sheet="2021年", **{"2022年": rows})

    with pytest.raises(ScenarioError) as refused:
        read(path, scenario())

    (problem,) = refused.value.problems
    assert (problem.sentence, problem.words["found"]) == ("two_tables", "2021年, 2022年")


# --- another program -----------------------------------------------------------------------------

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_a_workbook_and_writes_the_same(tmp_path: Path) -> None:
    register = made_up(5)
    write_new(tmp_path / "x.xlsx", register, scenario(), "zh")
    words = ["--headless", "--convert-to", "xlsx", "--outdir", "out", "x.xlsx"]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"

    subprocess.run([str(OFFICE), profile, *words], cwd=tmp_path, check=True, timeout=180)

    found = read(tmp_path / "out" / "x.xlsx", scenario()).register
    assert differences(found, register) == ()

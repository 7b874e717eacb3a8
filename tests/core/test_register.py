"""What a register says, what in it cannot be, and how cells are read."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_registers import days, made_up, own_values, scenario

from approvalsim.register import Demand, Entry, Register, StageRecord, problems_in
from approvalsim.register_cells import CellError, in_unit, read_amount, read_choice, read_date
from approvalsim.register_changes import decoded, encoded, path_of
from approvalsim.register_headings import Column, Headings, bare, heading, unit_in

JUNE = date(2022, 6, 1)


def said(register: Register, **more: Any) -> list[str]:
    problems = problems_in(register, scenario(), **more)
    for problem in problems:
        assert problem.text("zh") != problem.text("en")
    return [f"{problem.where}: {problem.sentence}" for problem in problems]


def of(**given: Any) -> Register:
    return Register("fast-track", (Entry("p", **given),))


def test_a_register_without_contradictions_has_no_problems() -> None:
    for seed in range(5):
        assert said(made_up(seed)) == []
    assert problems_in(made_up(1), None) == ()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"stages": {"moon": StageRecord(JUNE)}}, "project[0].stages.moon: unknown_reference"),
        ({"milestones": {"moon": JUNE}}, "project[0].milestones.moon: unknown_reference"),
        ({"grade": "Z"}, "project[0].grade: unknown_reference"),
        ({"attributes": {"moon": "full"}}, "project[0].attributes.moon: unknown_reference"),
        ({"attributes": {"eia": "full"}}, "project[0].attributes.eia: choice"),
        ({"path": "fast"}, "project[0].path: choice"),
        ({"investment": -1.0}, "project[0].investment: at_least"),
        ({"investment": float("nan")}, "project[0].investment: not_finite"),
        ({"signed": JUNE, "target": date(2022, 5, 1)}, "project[0].target: target_before_signing"),
        (
            {"signed": JUNE, "milestones": {"groundbreaking": date(2022, 5, 1)}},
            "project[0].milestones.groundbreaking: before_signing",
        ),
        (
            {"left": date(2022, 5, 1), "stages": {"eia": StageRecord(ready=JUNE)}},
            "project[0].stages.eia.ready: after_left",
        ),
        (
            {"stages": {"eia": StageRecord(ready=JUNE, finished=date(2022, 5, 1))}},
            "project[0].stages.eia.finished: dates_fall",
        ),
    ],
)
def test_what_cannot_be_is_named_with_its_place(given: dict[str, Any], expected: str) -> None:
    assert said(of(**given)) == [expected]


def test_dates_on_one_day_or_unknown_between_are_no_contradiction() -> None:
    assert said(of(signed=JUNE, stages={"eia": StageRecord(JUNE, None, None, JUNE)})) == []


def test_only_a_date_after_the_day_asked_for_is_too_late() -> None:
    register = of(signed=JUNE, target=date(2030, 1, 1))

    assert said(register, as_of=JUNE) == []
    assert said(register, as_of=date(2022, 5, 31)) == ["project[0].signed: after_as_of"]


def test_ids_are_there_usable_and_used_once() -> None:
    entries = tuple(Entry(name) for name in ("a", "b c", "a", "a", ""))
    assert said(Register("", entries)) == [
        "project[2].id: twice",
        "project[3].id: twice",
        "project[1].id: bad_id",
        "project[4].id: missing",
    ]


def test_demands_belong_to_projects_and_go_forward() -> None:
    good = Demand("d", "p", "land", "…", JUNE, answered=JUNE, closed=JUNE)
    wrong = [
        replace(good, id="e", project="q"),
        replace(good, id="f", kind="moon"),
        replace(good, id="g", answered=date(2022, 5, 1)),
        replace(good, id="h", closed=date(2022, 5, 1)),
        good,
    ]
    assert said(replace(of(), demands=(good, *wrong))) == [
        "demand[5].id: twice",
        "demand[1].project: unknown_reference",
        "demand[2].kind: choice",
        "demand[3].answered: dates_fall",
        "demand[4].closed: dates_fall",
    ]


# --- cells ---------------------------------------------------------------------------------------


@given(
    days, st.sampled_from(["{y}-{m}-{d}", "{y}/{m:02}/{d:02}", "{y}.{m}.{d}", "{y}年{m}月{d}日"])
)
def test_a_date_is_read_in_every_common_form(day: date, form: str) -> None:
    text = form.format(y=day.year, m=day.month, d=day.day)
    wide = text.translate({ord("0") + n: "０１２３４５６７８９"[n] for n in range(10)})

    assert read_date(text) == read_date(f" {text}\n") == read_date(wide) == day
    assert read_date(f"{text} 08:30") == read_date(f"{text} 00:00:00") == day
    assert read_date(int(f"{day:%Y%m%d}")) == read_date(f"{day:%Y%m%d}") == day
    assert read_date((day - date(1899, 12, 30)).days) == day
    assert read_date(datetime.combine(day, time(9))) == read_date(day) == day


@pytest.mark.parametrize("value", [None, "", " ", "/", "-", "——", "无", "暂无", "N/A", "未定"])
def test_a_cell_may_say_that_there_is_no_date(value: object) -> None:
    assert read_date(value) is None


@pytest.mark.parametrize(
    "value",
    [
        *("3月5日", "2022年3月", "2022-02-30", "22-3-5", "2022-3.5", "已办结", "√", "3/5/2022"),
        *(2022.3, 2022, 7, True, "2022-03-05至2022-03-09", "约2022-03-05", date(1899, 1, 1)),
    ],
)
def test_a_date_is_never_guessed(value: object) -> None:
    with pytest.raises(CellError, match="not_a_date"):
        read_date(value)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1.5, "亿", 1.5),
        ("1.5", "亿", 1.5),
        ("１２", "亿", 12.0),
        ("1.5亿", None, 1.5),
        ("1.5 亿元", "万", 1.5),
        (15000, "万", 1.5),
        ("15,000万元", None, 1.5),
        ("5千万", None, 0.5),
        (0.1, "亿", 0.1),
        (3.3e-05, "亿", 3.3e-05),
        ("100000000元", None, 1.0),
        ("/", None, None),
    ],
)
def test_an_amount_is_in_the_unit_it_names_or_its_column_does(
    value: object, unit: str | None, expected: float | None
) -> None:
    assert read_amount(value, unit) == expected


@given(st.decimals(0, 9999, places=4).map(float), st.sampled_from(["亿", "万"]))
def test_an_amount_comes_back_from_a_column_in_any_unit(amount: float, unit: str) -> None:
    assert read_amount(in_unit(amount, unit), unit) == amount


def test_a_choice_is_known_by_id_and_by_its_words() -> None:
    words = {"net": ("净地", "net land"), "none": ("无", "none")}

    assert [read_choice(text, words) for text in ("NET", "净 地".replace(" ", ""), "无", None)] == [
        *("net", "net", "none"),
        None,
    ]
    with pytest.raises(CellError, match="choice"):
        read_choice("湿地", words)


@given(own_values)
def test_a_value_of_the_history_comes_back_as_it_was(value: Any) -> None:
    found = decoded(encoded(value))
    assert (type(found), found) == (type(value), value)


def test_a_span_of_time_and_nothing_come_back_too() -> None:
    for value in (None, timedelta(hours=30)):
        assert decoded(encoded(value)) == value


# --- headings ------------------------------------------------------------------------------------


def test_every_heading_the_program_writes_it_reads() -> None:
    headings = Headings(scenario())
    fields = [
        *(("id",), ("name",), ("investment",), ("signed",), ("target",), ("owner",), ("left",)),
        *(("stages", name, "reviewed") for name in scenario().stage),
        *(("milestones", name) for name in scenario().milestone),
        ("attributes", "eia"),
    ]
    for language in ("zh", "en"):
        for field in fields:
            column = headings.column((heading(field, scenario(), language),))
            assert column is not None
            assert (column.field, column.rank) == (field, 0)


def test_a_heading_is_known_through_spaces_brackets_and_wide_letters() -> None:
    headings = Headings(scenario())

    assert bare("项 目\n名 称：") == "项目名称"
    assert headings.column(("投资额\n（万元）",)) == Column(("investment",), 0, "万")
    assert headings.column(("总投资", "（亿元）")) == Column(("investment",), 3, "亿")
    assert headings.column(("实际竣工时间",)) is None
    assert headings.column(("开工时间",)) == Column(("milestones", "groundbreaking"))
    assert headings.column(("计划开工时间",)).field == ("target",)  # type: ignore[union-attr]
    assert headings.column(("备注",)) is None
    assert unit_in("总投资（亿美元）") is None


def test_a_field_knows_its_parts() -> None:
    assert path_of("stages.用水.报装.finished") == ("stages", "用水.报装", "finished")
    assert path_of("extra.a.b") == ("extra", "a.b")
    assert path_of("name") == ("name",)

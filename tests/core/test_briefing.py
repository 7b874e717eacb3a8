"""A leader's briefing says what the comparison says, stands alone, and hides no assumption."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from command_line import call, program
from test_cli_interrupt import LONG, interrupted_at_first_progress
from test_desktop import with_qt_that_says

from approvalsim import analyses, experiments
from approvalsim.briefing import briefing
from approvalsim.briefing_appendix import account, sources
from approvalsim.briefing_page import briefing_page
from approvalsim.briefing_parts import Briefing, Charts, Drawing, Grid, Label, Words
from approvalsim.briefing_subject import Sensitivity, Subject
from approvalsim.estimate import Estimate
from approvalsim.execution import Effort
from approvalsim.parameters import parameters
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load
from approvalsim.voice import days, percent
from approvalsim.yardstick import Yardstick

DAY = date(2026, 11, 23)
PAIRS = [("jianghai-2022", None), ("standard", "fast-track")]

in_both = pytest.mark.parametrize("language", ["zh", "en"])
both_kinds = pytest.mark.parametrize(("name", "other"), PAIRS, ids=["policy", "two scenarios"])


@lru_cache
def subject(name: str, other: str | None = None, replications: int = 12) -> Subject:
    first, second = load(find(name)), load(find(other)) if other else None
    effort = Effort(replications=replications, seed=7, workers=1)
    done = experiments.compare(first, name, effort, second, other)
    return Subject.of(done, first, second)


def told(about: Subject, language: str = "en", title: str | None = None) -> Briefing:
    return briefing(about, language, DAY, title)


def words(made: Briefing) -> str:
    """All paragraphs, cells and labels."""
    said = []
    for sheet in made.sheets:
        for block in sheet.blocks:
            if isinstance(block, Words):
                said.append(block.text)
            elif isinstance(block, Grid):
                said += [cell for row in (block.heads, *block.rows) for cell in row]
            elif isinstance(block, Charts):
                for chart in block.charts:
                    said += [chart.title, chart.reading]
                    said += [shape.text for shape in chart.shapes if isinstance(shape, Label)]
    return "\n".join(said)


def elements(page: str) -> ElementTree.Element:
    first, _, rest = page.partition("\n")
    assert first == "<!DOCTYPE html>"
    return ElementTree.fromstring(rest)


def embedded(page: str) -> Any:
    (script,) = elements(page).iter("script")
    return json.loads(script.text or "")


# --- the file ------------------------------------------------------------------------------------


@in_both
@both_kinds
def test_the_page_is_well_formed_and_needs_nothing_else(
    name: str, other: str | None, language: str
) -> None:
    page = briefing_page(told(subject(name, other), language))

    root = elements(page)
    assert root.get("lang") == ("zh-CN" if language == "zh" else "en")
    assert "http" not in page
    assert "url(" not in page
    assert "@import" not in page
    for element in root.iter():
        for attribute in ("src", "href", "data", "srcset"):
            assert (element.get(attribute) or "data:").startswith("data:")
    assert {element.tag for element in root.iter()}.isdisjoint({"link", "iframe", "object"})
    assert [script.get("type") for script in root.iter("script")] == ["application/json"]


@both_kinds
def test_it_holds_every_figure_to_the_last_digit(
    name: str, other: str | None, tmp_path: Path
) -> None:
    sides = (name, other) if other else (name,)
    options = ("-n", 6, "--engine", "simpy", "--workers", 1)
    written = tmp_path / "briefing.html"

    compared = call("compare", *sides, *options, "--json", "-").json
    said = call("report", *sides, *options, "--no-sensitivity", "-o", written, "--json", "-")

    assert (said.code, said.err) == (0, "")
    assert said.json == compared
    assert embedded(written.read_text(encoding="utf-8")) == compared


@in_both
@both_kinds
def test_the_figures_shown_are_those_of_the_result(
    name: str, other: str | None, language: str
) -> None:
    about = subject(name, other)
    shown, result = words(told(about, language)), about.result

    def estimate(part: Any) -> Estimate:
        return Estimate(part["value"], part["low"], part["high"])

    for key in ("mean", "p50", "p80"):
        for side in "ab":
            assert days(estimate(result[side]["time_to_groundbreaking"][key])) in shown
    for key in ("mean", "p10", "p50", "p80", "p90", "effective_mean"):
        assert days(estimate(result["difference"][key]), signed=True) in shown
    for side in "ab":
        for rate in result[side]["start_rate"]:
            assert percent(Estimate(rate["rate"], rate["low"], rate["high"])) in shown
    for stage in result["gain_by_stage"].values():
        assert f"{stage:+z.1f}" in shown
    value = result["price"]["breaches"]["value"]
    assert f"{value:z.4f}" in shown
    manifest = result["manifest"]
    for fact in ("scenario_hash", "seed", "replications", "version", "result_hash"):
        assert str(manifest[fact]) in shown


def test_markup_in_a_title_or_a_name_stays_text() -> None:
    page = briefing_page(told(subject("jianghai-2022"), title='<b>&"</script>'))

    (heading,) = elements(page).iter("h1")
    assert heading.text == '<b>&"</script>'


# --- what it says --------------------------------------------------------------------------------


@in_both
def test_it_says_that_a_model_speaks_and_what_it_does_not_say(language: str) -> None:
    first, *_ = told(subject("jianghai-2022"), language).sheets
    said = [block.text for block in first.blocks if isinstance(block, Words)]

    caution = "不是观察到的" if language == "zh" else "none was observed"
    limits = "这份简报没有说的" if language == "zh" else "What this does not say"
    assert any(caution in text for text in said)
    assert limits in said


def test_the_answer_is_that_of_eight_in_ten_with_its_interval() -> None:
    about = subject("jianghai-2022")
    p80 = about.comparison.b.times.p80

    text = words(told(about))

    assert f"8 do so within {p80.value:.0f} [{p80.low:.0f}, {p80.high:.0f}] days" in text


def test_where_all_sign_on_one_date_the_answer_is_a_date() -> None:
    about = subject("single-project", "single-project")
    p80 = about.comparison.b.times.p80

    signed = date(2022, 3, 1)
    by = [str(signed + timedelta(round(each))) for each in (p80.value, p80.low, p80.high)]
    assert f"8 in 10 such projects reach groundbreaking by {by[0]} [{by[1]}, {by[2]}]" in words(
        told(about)
    )
    assert f"10 个类似项目中有 8 个能在 {by[0]} [{by[1]}, {by[2]}] 前动工" in words(
        told(about, "zh")
    )


def with_target(scenario: Scenario, target: date) -> Scenario:
    project = scenario.project[0].model_copy(update={"target": target})
    return scenario.model_copy(update={"project": (project,)})


def test_a_target_is_met_by_the_share_that_is_there_by_then() -> None:
    about = subject("jianghai-2022")
    times = [sample.times for sample in about.samples]  # type: ignore[union-attr]

    text = words(told(replace(about, target=300)))

    shares = [(each <= 300).sum() / np.isfinite(each).sum() for each in times]
    assert f"{shares[1]:.1%} [" in text
    assert "target 300 days" in text
    assert "target" not in words(told(about)).replace("target date", "")


def test_the_target_date_of_the_scenario_is_taken_where_none_is_given() -> None:
    about = subject("single-project", "single-project")
    day = date(2022, 12, 31)
    a, b = about.scenarios

    text = words(told(replace(about, scenarios=(a, with_target(b, day)))))

    assert "target 2022-12-31" in text


def test_supervision_is_asked_about_by_name(tmp_path: Path) -> None:
    target = tmp_path / "b.html"
    options = ("-n", 3, "--engine", "simpy", "--workers", 1, "--no-sensitivity", "--of")

    said = call("report", "supervised-2022", *options, "supervision", "-o", target, lang="zh")

    assert (said.code, said.err) == (0, "")
    page = target.read_text(encoding="utf-8")
    assert "43 个项目有督导（B），比没有督导（A）早多少天动工" in page
    assert embedded(page)["manifest"]["reform"] == "supervision"


def test_an_interrupted_run_is_called_so() -> None:
    about = subject("jianghai-2022")

    manifest = replace(about.manifest, partial=True)
    assert "interrupted" in words(told(replace(about, manifest=manifest)))
    assert "interrupted" not in words(told(about))


def test_without_promises_there_is_no_price() -> None:
    assert "Neither side promises anything." in words(
        told(subject("single-project", "single-project"))
    )


@in_both
def test_every_number_stands_in_the_appendix_with_its_source_or_as_assumed(language: str) -> None:
    about = subject("jianghai-2022")
    scenario = about.scenarios[1]
    made = told(about, language)
    grids = [b for sheet in made.sheets[2:] for b in sheet.blocks if isinstance(b, Grid)]
    listed, numbers = grids[0].rows, grids[1].rows

    known = sources(about.scenarios)
    assert dict(listed) == {f"[{number}]": source for source, number in known.items()}
    own = [found for found in parameters(scenario) if found.place[0] != "project"]
    assert len(numbers) == len(own) + 1  # the investments of the listed projects in one row
    assert len(numbers[-1][1].split()) == len(scenario.project)
    again, assumed = ("同上", "假设") if language == "zh" else ("as above", "assumed")
    previous = ""
    for (_, value, origin), found in zip(numbers, own, strict=False):
        full = previous if origin == again else origin
        source = found.evidence.source
        assert full.startswith(f"[{known[source]}]" if source else assumed), found.place
        assert value
        previous = full
    counted = account(scenario)
    assert counted.total == len(parameters(scenario))
    assert str(counted.sourced) in words(made)


def test_of_two_scenarios_all_numbers_of_both_are_there_and_equal_ones_are_marked() -> None:
    about = subject("standard", "fast-track")
    made = told(about)
    grids = [b for sheet in made.sheets[2:] for b in sheet.blocks if isinstance(b, Grid)]
    rows = grids[1].rows

    a, b = ({found.place: found.value for found in parameters(each)} for each in about.scenarios)
    assert len(rows) == len({*a, *b})
    marked = sum(row[1] == "=" for row in rows)
    assert 0 < marked <= sum(a.get(place) == value for place, value in b.items())
    assert sum(row[1] == "–" for row in rows) == len(b.keys() - a.keys())


def test_the_network_is_drawn_on_a_sheet_that_lies() -> None:
    lying = [sheet for sheet in told(subject("jianghai-2022")).sheets if sheet.landscape]

    (sheet,) = lying
    (drawing,) = (block for block in sheet.blocks if isinstance(block, Drawing))
    assert drawing.svg.startswith("<svg")


# --- what matters most ---------------------------------------------------------------------------


def test_the_tornado_shows_the_longest_bars_of_the_analysis() -> None:
    about = subject("single-project", "single-project")
    scenario = about.scenarios[1]
    luck = analyses.luck_for(scenario, 4, 7, 1, "simpy")
    found = analyses.tornado(scenario, "single-project", Yardstick("mean"), luck)

    made = words(told(about.with_sensitivity(Sensitivity.of(found))))

    top = next(effect for effect in found.effects if effect.change == "range")
    assert f"the mean time moves by {top.swing:.1f} days" in made
    assert top.low is not None
    assert days(top.low.difference, signed=True) in made
    assert "What matters most" in made
    assert "What matters most" not in words(told(about))


def test_an_analysis_that_was_not_completed_says_so() -> None:
    about = subject("single-project", "single-project")
    scenario = about.scenarios[1]
    luck = analyses.luck_for(scenario, 2, 7, 1, "simpy")
    found = analyses.tornado(scenario, "single-project", Yardstick("mean"), luck, only=3)

    some = Sensitivity.of(found)

    assert not some.complete
    assert f"not complete: 3 of {found.inputs} inputs" in words(told(about.with_sensitivity(some)))


def test_an_analysis_that_had_hardly_begun_claims_nothing() -> None:
    about = subject("single-project", "single-project")

    none = Sensitivity((), 20, 0, 40)

    said = words(told(about.with_sensitivity(none)))
    assert "The analysis was interrupted; it found nothing." in said
    assert "No input moves the mean time." not in said


# --- the command ---------------------------------------------------------------------------------


@in_both
def test_the_command_writes_the_page_and_names_it(language: str, tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "b.html"
    options = ("-n", 3, "--engine", "simpy", "--workers", 1, "--no-sensitivity")

    said = call("report", "jianghai-2022", *options, "-o", target, "--title", "T", lang=language)

    assert (said.code, said.err) == (0, "")
    assert str(target) in said.out
    (heading,) = elements(target.read_text(encoding="utf-8")).iter("h1")
    assert heading.text == "T"


def test_another_ending_is_refused_before_anything_is_run(tmp_path: Path) -> None:
    said = call("report", "jianghai-2022", "-o", tmp_path / "b.docx")

    assert said.code == 2
    assert said.err == "-o: the file's name must end in .html or .pdf, found b.docx\n"
    assert not list(tmp_path.iterdir())


def test_without_the_extra_pdf_is_refused_in_words_and_html_is_written(tmp_path: Path) -> None:
    place = with_qt_that_says("ModuleNotFoundError", tmp_path)
    options = ("-n", 2, "--engine", "simpy", "--workers", 1, "--no-sensitivity")
    page, paper = tmp_path / "b.html", tmp_path / "b.pdf"

    refused = program("report", "single-project", "single-project", *options, "-o", paper,
                      "--lang", "en", PYTHONPATH=place)  # fmt: skip
    written = program("report", "single-project", "single-project", *options, "-o", page,
                      "--lang", "en", PYTHONPATH=place)  # fmt: skip

    assert refused.code == 2
    assert 'pip install "approvalsim[desktop]"' in refused.err
    assert "Traceback" not in refused.err
    assert not paper.exists()
    assert (written.code, written.err) == (0, "")
    assert page.exists()


def test_what_is_done_at_ctrl_c_becomes_a_briefing_that_says_so(tmp_path: Path) -> None:
    target = tmp_path / "partial.html"

    said = interrupted_at_first_progress("report", *LONG, "--workers", 1, "-o", target)

    assert said.code == 130
    assert "interrupted" in said.err
    assert "Traceback" not in said.err
    page = target.read_text(encoding="utf-8")
    assert embedded(page)["manifest"]["partial"] is True
    assert re.search(r"interrupted: only \d+ replications", page)

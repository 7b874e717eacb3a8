import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import corrected, day, fixed, policy, scenario
from command_line import call, written

from approvalsim import sobol
from approvalsim.errors import ScenarioError
from approvalsim.scenario import Scenario
from approvalsim.sobol import Index, design_of, indices, outcomes, usable
from approvalsim.uncertainty import uncertain_inputs
from approvalsim.yardstick import SameLuck, Yardstick

LUCK = SameLuck(seed=3, replications=1, workers=1)


def even(low: float, high: float) -> dict[str, Any]:
    return {"dist": "uniform", "min": float(low), "max": float(high)}


def chain(*widths: float) -> Scenario:
    """Stages one behind the other, each uncertain by so many days."""
    stages: dict[str, Any] = {}
    for number, width in enumerate(widths):
        after = {f"s{number - 1}": {}} if number else {}
        stages[f"s{number}"] = {"prepare": even(10, 10 + width), "after": after}
    return scenario(stages)


def analysed(subject: Scenario, samples: int = 128, luck: SameLuck = LUCK) -> tuple[Index, ...]:
    design = design_of(subject, samples, luck.seed)
    return indices(design, list(outcomes(design, Yardstick(), luck)))


def test_an_additive_chain_divides_its_variance_by_the_squares_of_the_widths() -> None:
    widths = (30.0, 20.0, 10.0)
    found = analysed(chain(*widths))

    shares = np.square(widths) / np.square(widths).sum()
    assert [index.input.path for index in found] == [f"stage.s{k}.prepare" for k in range(3)]
    for index, share in zip(found, shares, strict=True):
        for estimate in (index.first, index.total):
            assert estimate.low <= share <= estimate.high
            assert estimate.value == pytest.approx(share, abs=0.03)
    assert sum(index.first.value for index in found) == pytest.approx(1, abs=0.03)


def test_an_input_that_never_matters_has_no_part_in_the_variance() -> None:
    stages = {"long": {"prepare": even(500, 600)}, "short": {"prepare": even(1, 99)}}
    long, short = analysed(scenario(stages), 64)

    assert (short.first.value, short.total.value) == (0.0, 0.0)
    assert long.total.value == pytest.approx(1, abs=0.1)


def test_what_only_works_together_shows_in_the_total_index_alone() -> None:
    stages = {"a": {"prepare": even(0, 100)}, "b": {"prepare": even(0, 100)}}
    found = analysed(scenario(stages), 128)  # the later of the two decides

    for index in found:
        assert index.total.low > index.first.value
    assert sum(index.first.value for index in found) < 0.98
    assert sum(index.total.value for index in found) > 1.02


def test_the_same_seed_gives_the_same_indices_and_another_seed_others() -> None:
    subject = chain(30, 20)

    assert analysed(subject, 16) == analysed(subject, 16)
    other = SameLuck(seed=4, replications=1, workers=1)
    assert analysed(subject, 16, other) != analysed(subject, 16)


def test_seed_zero_is_a_seed_like_any_other() -> None:
    zero = SameLuck(seed=0, replications=1, workers=1)

    assert analysed(chain(30, 20), 16, zero) == analysed(chain(30, 20), 16, zero)


def test_inputs_stay_inside_their_ranges() -> None:
    stages = {
        "a": {
            "prepare": {"dist": "triangular", "min": 0.0, "mode": 1.0, "max": 9.0},
            "review": fixed(3, "workdays"),
            "department": "office",
            "correction": corrected(1, probability=0.9),
        }
    }
    subject = scenario(
        stages,
        department={"office": {"reviewers": 1}},
        commitment=policy(breach=0.5, remedy=1, share=0.5),
    )
    found = {one.kind: one for one in uncertain_inputs(subject)}
    sampled = {
        kind: [next(iter(one.sampled(u).values())) for u in np.linspace(0, 1, 11)]
        for kind, one in found.items()
    }

    times = [table["value"] for table in sampled["prepare"]]
    low, high = subject.stage["a"].prepare.quantile(np.array([0.1, 0.9]))
    assert times == sorted(times)
    assert (times[0], times[-1]) == (pytest.approx(low), pytest.approx(high))
    assert set(sampled["reviewers"]) == {1, 2}
    for kind, least, most in (("share", 0.4, 0.6), ("breach", 0.4, 0.6), ("correction", 0.72, 1)):
        assert sampled[kind][0] == pytest.approx(least)
        assert sampled[kind][-1] == pytest.approx(most)
    assert not found["review"].varies
    assert "stage.a.review" not in [one.path for one in design_of(subject, 8, 1).inputs]


def test_fewer_samples_are_the_first_of_more() -> None:
    subject = chain(30, 20)
    few, many = design_of(subject, 16, 9), design_of(subject, 64, 9)

    np.testing.assert_array_equal(few.points, many.points[: len(few.points)])
    assert [usable(number) for number in (8, 9, 15, 16, 63, 64)] == [8, 8, 8, 16, 32, 64]


def test_where_nothing_varies_nothing_is_claimed() -> None:
    never = scenario({"a": {"prepare": even(400, 900)}}, end=day(60))
    (index,) = analysed(never, 8)

    assert np.isnan(index.first.value)
    assert np.isnan(index.total.value)


@pytest.mark.parametrize("samples", [1, 4, 100, 255])
def test_the_number_of_samples_is_a_power_of_two_and_not_too_small(samples: int) -> None:
    with pytest.raises(ScenarioError, match="power of two"):
        design_of(chain(30), samples, 1)


def test_a_scenario_in_which_nothing_is_uncertain_is_refused() -> None:
    with pytest.raises(ScenarioError, match="no uncertain input"):
        design_of(scenario({"a": {"prepare": fixed(3)}}), 8, 1)


def test_without_salib_the_way_to_get_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("SALib", "SALib.sample", "SALib.analyze"):
        monkeypatch.setitem(sys.modules, module, None)

    said = call("sensitivity", "single-project", "--method", "sobol", "-n", 1)

    assert said.code == 2
    assert 'pip install "approvalsim[sobol]"' in said.err
    assert call("sensitivity", "single-project", "-n", 1, "--json", "-").code == 0


# --- the command -------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(
        tmp_path / "chain.toml",
        'format = 1\nid = "chain"\nstart = 2024-01-01\ncalendar = { kind = "everyday" }\n'
        '[stage.a]\nname = { zh = "甲", en = "Alpha" }\n'
        'prepare = { dist = "uniform", min = 1, max = 31, assumed = true }\n'
        '[stage.b]\nprepare = { dist = "uniform", min = 1, max = 11, source = "law" }\n'
        "after = { a = {} }\n"
        "[milestone.groundbreaking]\nafter = { b = {} }\n"
        '[[project]]\nid = "p"\nsigned = 2024-01-01\n',
    )


WISH = ("--method", "sobol", "--samples", 64, "-n", 1, "--workers", 1)


def test_the_page_says_which_input_the_variance_comes_from(file: Path) -> None:
    english = call("sensitivity", file, *WISH)
    chinese = call("sensitivity", file, *WISH, "--lang", "zh", lang="zh")

    assert (english.code, english.err, chinese.code) == (0, "", 0)
    assert 'With all inputs moving at once, "Alpha: preparation" is involved in 9' in english.out
    assert "“甲：准备”" in chinese.out
    assert "4 × 64 points of 1 replications" in english.out


def test_the_json_can_be_repeated(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "sobol.json"
    call("sensitivity", file, *WISH, "--json", target)
    again = call("rerun", target)

    found = json.loads(target.read_text(encoding="utf-8"))
    assert (found["method"], found["samples"]) == ("sobol", 64)
    assert [index["input"] for index in found["indices"]] == ["stage.a.prepare", "stage.b.prepare"]
    assert [index["mark"] for index in found["indices"]] == ["assumed", "source"]
    assert {index["range"] for index in found["indices"]} == {"p10..p90"}
    assert (again.code, again.err) == (0, "")


@pytest.mark.parametrize(("done", "used"), [(20, 16), (7, None)])
def test_ctrl_c_leaves_indices_of_fewer_samples_or_none(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int, used: int | None
) -> None:
    def interrupted(*arguments: Any) -> Iterator[Any]:
        yield from islice(outcomes(*arguments), done)
        raise KeyboardInterrupt

    target = tmp_path / "partial.json"
    with monkeypatch.context() as patch:
        patch.setattr(sobol, "outcomes", interrupted)
        said = call("sensitivity", file, *WISH, "--json", target)

    assert said.code == 130
    assert target.exists() == (used is not None)
    if used:
        assert f"only {used} samples" in said.err
        assert f"only {used} samples" in said.out
        manifest = json.loads(target.read_text(encoding="utf-8"))["manifest"]
        assert (manifest["samples"], manifest["partial"]) == (used, True)
        assert call("rerun", target).code == 0

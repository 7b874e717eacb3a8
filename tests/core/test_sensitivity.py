import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import corrected, day, fixed, needs, owed, policy, scenario
from command_line import call, written
from hypothesis import given, settings
from hypothesis import strategies as st

from approvalsim import analyses
from approvalsim.distributions import Triangular
from approvalsim.estimate import Estimate
from approvalsim.inputs import with_values
from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario
from approvalsim.sensitivity import Base, Effect, Moved, base_of, effects, ranked, variants
from approvalsim.uncertainty import End, Input, uncertain_inputs
from approvalsim.yardstick import SameLuck, Yardstick, readings

UNSURE = {"dist": "triangular", "min": 10.0, "mode": 20.0, "max": 60.0}
MEAN = Yardstick()
LUCK = SameLuck(seed=7, replications=30, workers=1)


def analysed(
    subject: Scenario, yardstick: Yardstick = MEAN, luck: SameLuck = LUCK
) -> tuple[Base, dict[tuple[str, str], Effect]]:
    base = base_of(subject, yardstick, luck)
    return base, {
        (effect.input.path, effect.change): effect for both in effects(base) for effect in both
    }


def ends(effect: Effect) -> tuple[float, float]:
    assert effect.low
    assert effect.high
    return effect.low.difference.value, effect.high.difference.value


def of_kind(subject: Scenario, kind: str) -> list[Input]:
    return [found for found in uncertain_inputs(subject) if found.kind == kind]


# --- what the effects are ----------------------------------------------------------------------


def test_where_only_one_stage_matters_all_others_make_exactly_no_difference() -> None:
    long = {"prepare": UNSURE | {"min": 500.0, "mode": 600.0, "max": 700.0}}
    short = {
        "prepare": UNSURE,
        "review": UNSURE,
        "notice": fixed(9),
        "correction": corrected(3, probability=0.5),
    }
    _, found = analysed(scenario({"long": long, "short": short, "brief": {"prepare": UNSURE}}))

    idle = [effect for (path, _), effect in found.items() if path != "stage.long.prepare"]
    assert len(idle) == 8
    assert all(ends(effect) == (0.0, 0.0) and not effect.moves for effect in idle)
    low, high = ends(found["stage.long.prepare", "range"])
    assert low < -20 < 20 < high


@given(st.floats(1, 300), st.floats(0, 200))
@settings(max_examples=10)
def test_a_longer_step_of_the_only_path_delays_the_mean_by_exactly_that(
    value: float, other: float
) -> None:
    stages = {"a": {"prepare": fixed(value)}, "b": {"notice": fixed(other), "after": {"a": {}}}}
    base, found = analysed(scenario(stages), luck=replace(LUCK, replications=3))

    effect = found["stage.a.prepare", "percent"]
    assert base.level.value == pytest.approx(value + other)
    assert ends(effect) == pytest.approx((-0.2 * value, 0.2 * value))
    assert effect.low
    assert effect.low.difference.half_width < 1e-6
    assert effect.swing == pytest.approx(0.4 * value)


def test_to_its_p10_means_known_to_be_its_p10() -> None:
    subject = scenario({"a": {"prepare": UNSURE}, "b": {"prepare": UNSURE, "after": {"a": {}}}})
    base, found = analysed(subject)

    duration = Triangular(dist="triangular", min=10, mode=20, max=60)
    for path, share in (("stage.a.prepare", 0.1), ("stage.b.prepare", 0.1)):
        (quantile,) = duration.quantile(np.array([share]))
        effect = found[path, "range"]
        assert effect.low
        assert effect.low.end.value == quantile
        known = with_values(subject, effect.low.end.changes)
        (rows,) = readings((compile_plan(known),), base.yardstick, LUCK)
        # the other stage's luck is what it was, so only the spread of this one has gone
        assert base.yardstick.level(rows).value == pytest.approx(
            base.level.value + effect.low.difference.value
        )
        part = known.stage[path.split(".")[1]].prepare
        assert part is not None
        assert part.model_dump(include={"dist", "value"}) == {"dist": "fixed", "value": quantile}


def test_with_one_uncertain_time_the_outcome_at_its_p90_is_that_and_sure() -> None:
    base, found = analysed(scenario({"a": {"prepare": UNSURE}}))

    (p90,) = Triangular(dist="triangular", min=10, mode=20, max=60).quantile(np.array([0.9]))
    effect = found["stage.a.prepare", "range"]
    assert base.level.value + ends(effect)[1] == pytest.approx(p90)


def test_a_stages_variants_move_with_it_each_by_its_own_distribution() -> None:
    stage = {
        "prepare": UNSURE,
        "variant": [
            {"when": {"kind": "small"}, "prepare": UNSURE | {"max": 40.0}},
            {"when": {"kind": "none"}, "prepare": fixed(0)},
            {"when": {"kind": "big"}, "factor": {"prepare": 2.0}},
        ],
    }
    kinds = {name: {"attributes": {"kind": name}} for name in ("small", "none", "big")}
    subject = scenario({"a": stage}, projects=kinds)
    (found,) = uncertain_inputs(subject)

    assert found.path == "stage.a.prepare"
    assert list(found.values) == [
        ("stage", "a", "prepare"),
        ("stage", "a", "variant", 0, "prepare"),
    ]
    (whole, _) = found.swings()
    assert whole.high
    p90 = [table["value"] for table in whole.high.changes.values()]
    assert p90[0] > p90[1]
    _, done = analysed(subject)
    assert ends(done["stage.a.prepare", "percent"])[1] > 0


def test_twenty_percent_scales_spread_and_mean_alike_whatever_the_family() -> None:
    families: list[dict[str, Any]] = [
        UNSURE,
        {"dist": "uniform", "min": 1.0, "max": 9.0},
        {"dist": "pert", "min": 1.0, "mode": 3.0, "max": 9.0},
        {"dist": "lognormal", "mean": 20.0, "sd": 15.0},
        {"dist": "gamma", "shape": 2.0, "mean": 10.0},
        {"dist": "weibull", "shape": 1.5, "mean": 10.0},
        {"dist": "empirical", "quantiles": [1.0, 2.0, 8.0]},
        fixed(4),
    ]
    subject = scenario({f"s{k}": {"notice": table} for k, table in enumerate(families)})
    u = np.linspace(0.01, 0.99, 50)

    for found in uncertain_inputs(subject):
        *_, swing = found.swings()
        assert swing.low
        assert swing.high
        ((place, table),) = swing.low.changes.items()
        scaled = with_values(subject, {place: table}).stage[found.subject].notice
        before = subject.stage[found.subject].notice
        assert before
        assert scaled
        np.testing.assert_allclose(scaled.quantile(u), 0.8 * before.quantile(u))


def test_probabilities_stay_probabilities() -> None:
    sure = {"prepare": fixed(1), "correction": corrected(2, probability=0.9)}
    (found,) = of_kind(scenario({"a": sure}), "correction")

    (swing,) = found.swings()
    assert swing.low
    assert swing.high
    assert (swing.low.value, swing.high.value) == (pytest.approx(0.72), 1.0)


def test_a_department_gains_or_loses_one_reviewer_but_never_its_last() -> None:
    stages = {
        "a": {"review": fixed(5, "workdays"), "department": "one"},
        "b": {"review": fixed(5, "workdays"), "department": "three"},
    }
    offices = {"one": {"reviewers": 1}, "three": {"reviewers": 3}, "idle": {"reviewers": 2}}
    subject = scenario(stages, department=offices, projects=dict.fromkeys("pqrs", 0))
    base, found = analysed(subject)

    one, three = found["department.one.reviewers", "decision"], found[
        "department.three.reviewers", "decision"
    ]  # fmt: skip
    assert one.low is None
    assert one.high
    assert one.high.end.changes == {("department", "one", "reviewers"): 2}
    assert one.swing == pytest.approx(-one.high.difference.value)
    assert three.low
    assert three.low.end.value == 2
    assert ("department.idle.reviewers", "decision") not in found
    # four reviews of five days one behind the other, or two and two
    assert base.level.value == pytest.approx(12.5)
    assert one.high.difference.value == pytest.approx((5 + 5 + 10 + 10) / 4 - 12.5)


def test_the_share_goes_from_nobody_to_everybody_and_breaches_cost_stop_work() -> None:
    stages = {
        "paper": {"prepare": fixed(60)},
        "permit": {"prepare": fixed(5), "after": {"paper": owed(4)}},
    }
    subject = scenario(
        stages,
        milestones={"groundbreaking": needs("permit")},
        projects=dict.fromkeys("abcdefgh", 0),
        commitment=policy(remedy=10, breach=0.5, share=0.5),
    )
    base, found = analysed(subject)
    share = found["commitment.share", "decision"]

    assert base.level.value + ends(share)[0] == pytest.approx(65)
    assert base.level.value + ends(share)[1] == pytest.approx(5)
    assert ends(found["commitment.grades.A.breach", "percent"]) == (0.0, 0.0)
    late = scenario(
        stages | {"paper": {"prepare": fixed(7)}},
        milestones={"groundbreaking": needs("permit")},
        projects=dict.fromkeys("abcdefgh", 0),
        commitment=policy(remedy=10, breach=0.5, share=1.0),
    )
    _, with_price = analysed(late, Yardstick("effective"))
    low, high = ends(with_price["commitment.grades.A.breach", "percent"])
    assert low < 0 < high


def test_what_is_switched_off_or_zero_is_no_input() -> None:
    stages = {
        "paper": {"prepare": fixed(0), "correction": {"probability": 0.0}},
        "permit": {"prepare": fixed(5), "after": {"paper": owed(4)}},
    }
    off = scenario(stages, commitment=policy(remedy=1, breach=0.5, enabled=False))

    assert [found.path for found in uncertain_inputs(off)] == ["stage.permit.prepare"]
    (found,) = uncertain_inputs(off)
    assert [swing.change for swing in found.swings()] == ["percent"]
    barred = {"A": {"share": 0.5, "breach": 0.1, "eligible": False}, "B": {"share": 0.5}}
    on = scenario(stages, commitment=policy(remedy=1) | {"grades": barred})
    assert [found.path for found in uncertain_inputs(on)][1:] == ["commitment.share"]


def test_an_input_says_where_its_numbers_come_from() -> None:
    stage = {
        "assumed": True,
        "prepare": UNSURE,
        "review": UNSURE | {"source": "a law"},
        "notice": UNSURE | {"source": "a law"},
        "variant": [{"when": {"path": "commitment"}, "assumed": True, "notice": UNSURE}],
    }
    found = {one.kind: one.evidence for one in uncertain_inputs(scenario({"a": stage}))}

    assert [(e.source, e.assumed) for e in found["prepare"]] == [(None, True)]
    assert [(e.source, e.assumed) for e in found["review"]] == [("a law", False)]
    assert [(e.source, e.assumed) for e in found["notice"]] == [("a law", False), (None, True)]


# --- ranking -----------------------------------------------------------------------------------


def effect_of(low: float | None, high: float | None) -> Effect:
    found = Input("prepare", "a", "stage.a.prepare", {}, ())

    def moved(value: float | None) -> Moved | None:
        if value is None:
            return None
        return Moved(End("", None, {}), Estimate(value, value, value))

    return Effect(found, "range", moved(low), moved(high))


OUTCOMES = st.floats(-100, 100)


@given(OUTCOMES, OUTCOMES)
def test_a_swing_is_the_same_both_ways_round_and_reaches_over_the_base(
    low: float, high: float
) -> None:
    swing = effect_of(low, high).swing

    assert swing == effect_of(high, low).swing == effect_of(-low, -high).swing
    assert swing >= abs(high - low) - 1e-9
    assert swing >= max(abs(low), abs(high))
    assert effect_of(low, None).swing == abs(low)


@given(st.lists(st.tuples(OUTCOMES, OUTCOMES), max_size=8))
def test_the_longest_bar_comes_first(pairs: list[tuple[float, float]]) -> None:
    order = ranked(effect_of(*pair) for pair in pairs)

    swings = [effect.swing for effect in order]
    assert swings == sorted(swings, reverse=True)
    assert len(order) == len(pairs)


# --- yardsticks --------------------------------------------------------------------------------


def chain() -> Scenario:
    stages = {"a": {"prepare": UNSURE}, "b": {"prepare": UNSURE, "after": {"a": {}}}}
    return scenario(stages, projects={"p1": 0, "p2": 5, "p3": 40}, variation={"prepare": 0.3})


@pytest.mark.parametrize("measure", ["mean", "p50", "p80", "effective", "start-rate"])
def test_a_difference_is_that_of_the_levels_where_everybody_gets_there(measure: Any) -> None:
    subject = chain()
    yardstick = Yardstick(measure, day(55) if measure == "start-rate" else None)
    base, found = analysed(subject, yardstick)

    for effect in found.values():
        for moved in (effect.low, effect.high):
            assert moved
            variant = with_values(subject, moved.end.changes)
            level = base_of(variant, yardstick, LUCK).level
            assert moved.difference.value == pytest.approx(level.value - base.level.value)
            assert moved.difference.low <= moved.difference.value <= moved.difference.high


def test_the_same_luck_sharpens_a_difference() -> None:
    base, found = analysed(chain())

    moved = found["stage.a.prepare", "percent"].high
    assert moved
    assert moved.difference.half_width < base.level.half_width / 3


def test_readings_do_not_depend_on_batches_or_on_what_else_is_run() -> None:
    plan, other = compile_plan(chain()), compile_plan(scenario({"a": {"prepare": UNSURE}}))
    (alone,) = readings((plan,), MEAN, LUCK)

    for batch in (1, 7, 100):
        both = readings((other, plan), MEAN, LUCK, batch=batch)
        np.testing.assert_array_equal(both[1], alone)
    np.testing.assert_array_equal(alone.shape, (30, 3))


def test_where_nobody_arrives_nothing_is_claimed() -> None:
    never = scenario({"a": {"prepare": fixed(900)}}, end=day(100))
    base, found = analysed(never)

    assert np.isnan(base.level.value)
    effect = found["stage.a.prepare", "percent"]
    assert effect.swing == 0
    assert effect.moves


# --- watching ----------------------------------------------------------------------------------


def test_every_replication_is_told_and_whoever_listens_may_stop_it() -> None:
    subject, told = chain(), [0]

    def watch(done: int) -> None:
        told[0] += done

    base = base_of(subject, MEAN, LUCK, watch)
    found = list(effects(base, watch))

    assert told[0] == (1 + variants(subject)) * LUCK.replications
    assert len(found) == len(uncertain_inputs(subject)) == 2

    def stop(_: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        list(effects(base, stop))


# --- the command -------------------------------------------------------------------------------

QUICK = ("sensitivity", "single-project", "-n", 2, "--workers", 1)


def test_the_page_names_inputs_in_the_users_language_and_ranks_them() -> None:
    english, chinese = call(*QUICK), call(*QUICK, "--lang", "zh", lang="zh")

    assert (english.code, english.err, chinese.code) == (0, "", 0)
    assert "Land supply: review" in english.out
    assert "土地供应：审查" in chinese.out
    assert re.search(r"Land supply: notice +sourced +±20%", english.out)
    assert re.search(r"土地供应：公告 +有出处", chinese.out)
    assert re.search(r"^\d+ inputs do not move it at all\.$", english.out, re.MULTILINE)
    bars = re.findall(r"[·▓█]{10}│[·▓█]{10}$", english.out, re.MULTILINE)
    assert len(bars) >= 15
    assert bars[0].count("·") <= bars[4].count("·")


def test_the_json_has_every_input_with_its_origin_and_can_be_repeated(tmp_path: Path) -> None:
    target = tmp_path / "tornado.json"

    said = call(*QUICK, "--measure", "p80", "--json", target, "--html", tmp_path / "page.html")
    again = call("rerun", target)

    found = json.loads(target.read_text(encoding="utf-8"))
    assert said.code == 0
    assert found["manifest"]["command"] == "sensitivity"
    assert (found["outcome"], found["method"], found["measure"]) == (
        "p80", "tornado", "groundbreaking",
    )  # fmt: skip
    paths = {effect["input"] for effect in found["effects"]}
    assert {"stage.eia.review", "stage.design_review.correction.probability"} <= paths
    notice = next(e for e in found["effects"] if e["input"] == "stage.land_supply.notice")
    assert notice["mark"] == "source"
    assert "39号令" in notice["sources"][0] or "39号" in notice["sources"][0]
    swings = [effect["swing"] for effect in found["effects"]]
    assert swings == sorted(swings, reverse=True)
    assert (again.code, again.err) == (0, "")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count('<svg class="bar"') >= 10
    assert "▓▓" not in page


def test_a_start_rate_is_asked_at_a_date() -> None:
    said = call(*QUICK, "--measure", "start-rate", "--on", "2022-12-31", "--json", "-").json

    assert (said["outcome"], said["date"]) == ("start-rate", "2022-12-31")
    assert 0 <= said["base"]["value"] <= 1


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--measure", "start-rate"), "--on: the scenario names no dates"),
        (("--on", "2022-12-31"), "--on: goes with --measure start-rate only"),
        (("--measure", "start-rate", "--on", "soon"), "must be a date such as"),
        (("--measure", "start-rate", "--on", "2021-01-01"), "is outside 2022-03-01"),
        (("--samples", 64), "--samples: goes with --method sobol only"),
        (("--method", "sobol", "--samples", 100), "must be a power of two"),
        (("--json", "/dev/null/x.json"), "cannot be written"),
    ],
)
def test_wishes_that_make_no_sense_are_refused(words: tuple[Any, ...], complaint: str) -> None:
    for language in ("en", "zh"):
        said = call(*QUICK, *words, "--lang", language, lang=language)
        assert said.code == 2
        assert said.out == ""
        assert language == "zh" or complaint in said.err


def test_the_date_of_the_scenario_is_the_default(tmp_path: Path) -> None:
    file = written(
        tmp_path / "x.toml",
        'format = 1\nid = "x"\nstart = 2024-01-01\ncalendar = { kind = "everyday" }\n'
        '[stage.a]\nprepare = { dist = "uniform", min = 1, max = 9 }\n'
        "[milestone.groundbreaking]\nafter = { a = {} }\n"
        '[[project]]\nid = "p"\nsigned = 2024-01-01\n'
        "[run]\nstart_rate_on = [2024-01-05]\n",
    )

    found = call("sensitivity", file, "-n", 4, "--measure", "start-rate", "--json", "-").json
    assert found["date"] == str(date(2024, 1, 5))


def test_what_is_done_at_ctrl_c_is_kept_marked_and_repeatable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(base: Base, watch: Any) -> Iterator[tuple[Effect, ...]]:
        yield from islice(effects(base, watch), 3)
        raise KeyboardInterrupt

    target = tmp_path / "partial.json"
    with monkeypatch.context() as patch:
        patch.setattr(analyses, "effects", interrupted)
        said = call(*QUICK, "--json", target)

    found = json.loads(target.read_text(encoding="utf-8"))
    again = call("rerun", target)
    assert said.code == 130
    told = "The analysis was interrupted after 3 of 26 inputs; it is marked partial."
    assert told in said.out
    assert told in said.err
    assert found["manifest"]["partial"] is True
    assert len({effect["input"] for effect in found["effects"]}) == 3
    assert (again.code, again.err) == (0, "")


def test_ctrl_c_before_the_first_input_leaves_no_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> Iterator[tuple[Effect, ...]]:
        raise KeyboardInterrupt
        yield ()

    monkeypatch.setattr(analyses, "effects", interrupted)
    said = call(*QUICK, "--json", tmp_path / "none.json")

    assert said.code == 130
    assert "interrupted" in said.err
    assert not (tmp_path / "none.json").exists()

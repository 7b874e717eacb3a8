"""A register as a scenario and as a situation: what it says, and what follows from it."""

from datetime import date, timedelta
from math import isnan
from typing import Any

import numpy as np
import pytest
from builders import START, day, owed, policy, scenario, workdays
from networks import fixed
from registers import kept

from approvalsim import kernel
from approvalsim.errors import ScenarioError
from approvalsim.facts import differences
from approvalsim.plan import Plan, compile_plan, with_situation
from approvalsim.plan_parts import Situation
from approvalsim.register import Entry, Register, StageRecord
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import load, shipped
from approvalsim.standing import entered, plan_as_of, scenario_of, situation_of
from approvalsim.timetable import next_meeting

CHAIN = {
    "filing": {"prepare": fixed(5), "review": fixed(3)},
    "land": {"prepare": fixed(10), "review": fixed(5), "notice": fixed(2), "after": {"filing": {}}},
    "permit": {"prepare": fixed(4), "review": fixed(2), "after": {"land": {}}},
}


def registered(*entries: Entry) -> Register:
    return Register("network", entries)


def standing(scene: Scenario, entry: Entry, as_of: date) -> tuple[Plan, Situation]:
    register = registered(entry)
    plan = compile_plan(scenario_of(scene, register, as_of))
    return plan, entered(plan, register, as_of)


def test_the_projects_are_those_of_the_register_without_those_that_left() -> None:
    register = registered(
        Entry("stays", signed=day(0), investment=3.5, target=day(90)),
        Entry("leaves", signed=day(0), left=day(20)),
    )
    scene = scenario(CHAIN)
    assert [each.id for each in scenario_of(scene, register).project] == ["stays"]
    before = scenario_of(scene, register, day(19))
    assert [each.id for each in before.project] == ["stays", "leaves"]
    stays = before.project[0]
    assert (stays.signed, stays.investment, stays.target) == (day(0), 3.5, day(90))
    with pytest.raises(ScenarioError) as error:
        scenario_of(scene, registered(register.entries[1]))
    assert [problem.sentence for problem in error.value.problems] == ["no_entries"]


def test_what_the_register_leaves_open_stays_as_the_scenario_has_it() -> None:
    scene = scenario(CHAIN, projects={"p1": {"signed": 3, "priority": -2, "target": day(80)}})
    (project,) = scenario_of(scene, registered(Entry("p1", name="甲", signed=day(4)))).project
    assert project.priority == -2
    assert project.target == day(80)
    assert project.signed == day(4)
    assert project.name is not None
    assert project.name.zh == "甲"


def test_a_clock_begun_earlier_keeps_the_days_of_meetings() -> None:
    stages = {"land": {"prepare": fixed(1), "meeting": {"every": 14.0, "offset": 3.0}}}
    scene = scenario(stages)
    first = START - timedelta(days=45)
    moved = scenario_of(scene, registered(Entry("p1", signed=first)))
    assert moved.start == first
    meeting = moved.stage["land"].meeting
    assert meeting is not None
    for number in range(60):
        own = START + timedelta(days=next_meeting(number, 14.0, 3.0))
        now = number + (START - first).days
        assert first + timedelta(days=next_meeting(now, meeting.every, meeting.offset)) == own


def test_whoever_has_not_signed_yet_signs_after_the_as_of_date() -> None:
    generator = {"arrivals": {"kind": "uniform", "from": day(0), "to": day(100)}}
    scene = scenario(CHAIN, generator={**generator, "count": 1})
    register = registered(Entry("x"))
    there = scenario_of(scene, register, day(59))
    signed = kernel.simulate(plan_as_of(there, register, day(59)), 1, range(2000)).project.signed
    assert there.projects.count is None
    assert 60.0 <= signed.min() < 60.2
    assert 100.8 < signed.max() < 101.0
    assert abs(signed.mean() - 80.5) < 1.0


def test_the_as_of_instant_is_the_end_of_the_day_and_later_dates_do_not_count() -> None:
    record = StageRecord(ready=day(0), submitted=day(6), reviewed=day(7))
    entry = Entry("p1", signed=day(0), stages={"filing": record})
    _, known = standing(scenario(CHAIN), entry, day(6))
    assert known.as_of == 7.0
    assert known.submitted[0, 0] == 6.0
    assert isnan(known.reviewed[0, 0])


def test_missing_phases_follow_from_later_ones_and_none_lies_before_the_signing() -> None:
    stages = {
        "filing": StageRecord(finished=day(9)),
        "land": StageRecord(ready=day(1), submitted=day(30), reviewed=day(28)),
    }
    _, known = standing(scenario(CHAIN), Entry("p1", signed=day(3), stages=stages), day(40))
    phases = np.stack([known.ready, known.submitted, known.reviewed, known.finished])[:, 0]
    assert phases[:, 0].tolist() == [9.0, 9.0, 9.0, 9.0]
    assert phases[:3, 1].tolist() == [3.0, 28.0, 28.0]
    assert isnan(phases[3, 1])


def test_what_has_begun_shows_that_what_it_waits_for_was_finished() -> None:
    entry = Entry("p1", signed=day(0), stages={"permit": StageRecord(submitted=day(30))})
    _, known = standing(scenario(CHAIN), entry, day(40))
    assert known.finished[0].tolist()[:2] == [30.0, 30.0]
    entry = Entry("p1", signed=day(0), milestones={"groundbreaking": day(50)})
    _, known = standing(scenario(CHAIN), entry, day(60))
    assert known.finished[0].tolist() == [50.0, 50.0, 50.0]


def test_nothing_follows_about_a_paper_that_may_have_been_left_for_later() -> None:
    stages = {**CHAIN, "permit": {**CHAIN["permit"], "after": {"land": owed(30.0)}}}
    scene = scenario(stages, commitment=policy())
    begun = {"permit": StageRecord(ready=day(30))}
    _, known = standing(scene, Entry("p1", signed=day(0), stages=begun, path="commitment"), day(40))
    assert isnan(known.finished[0, 1])
    _, known = standing(scene, Entry("p1", signed=day(0), stages=begun, path="standard"), day(40))
    assert known.finished[0, 1] == 30.0


def test_who_went_ahead_with_a_paper_missing_is_on_the_commitment_path() -> None:
    stages = {**CHAIN, "permit": {**CHAIN["permit"], "after": {"land": owed(30.0)}}}
    scene = scenario(stages, commitment=policy())
    begun = {"land": StageRecord(ready=day(9)), "permit": StageRecord(ready=day(30))}
    (project,) = scenario_of(scene, registered(Entry("p1", signed=day(0), stages=begun))).project
    assert project.path == "commitment"
    begun["land"] = StageRecord(ready=day(9), finished=day(30))
    (project,) = scenario_of(scene, registered(Entry("p1", signed=day(0), stages=begun))).project
    assert project.path is None


def test_a_stage_is_ready_when_the_last_of_its_predecessors_finished() -> None:
    entry = Entry("p1", signed=day(2), stages={"filing": StageRecord(finished=day(9))})
    _, known = standing(scenario(CHAIN), entry, day(40))
    assert known.ready[0].tolist()[:2] == [9.0, 9.0]
    assert isnan(known.ready[0, 2])
    _, known = standing(scenario(CHAIN), Entry("p1", signed=day(2)), day(40))
    assert known.ready[0, 0] == 2.0


@pytest.mark.parametrize("name", ["jianghai-2022", "fast-track", "single-project"])
def test_a_register_that_says_nothing_changes_nothing_to_the_last_bit(name: str) -> None:
    scene = load(shipped()[name])
    plan = compile_plan(scene)
    register = Register(name, tuple(Entry(project) for project in plan.axes.projects))
    before = scene.start - timedelta(days=1)
    if any(project.signed for project in scene.project):
        entries = [Entry(each.id, signed=each.signed) for each in scene.project]
        register = Register(name, tuple(entries))
    conditioned = plan_as_of(scenario_of(scene, register, before), register, before)
    facts = (kernel.simulate(each, 7, range(3)) for each in (plan, conditioned))
    assert differences(*facts) == ()


# --- whose papers the reviewers hold --------------------------------------------------------------

OFFICE: dict[str, Any] = {
    "review": {"prepare": fixed(1), "review": fixed(10), "department": "office"},
}


def queueing(*records: StageRecord, as_of: int, reviewers: int = 1, **more: Any) -> list[float]:
    """When the papers count as submitted."""
    stages = {"review": {**OFFICE["review"], **more}}
    entries = [
        Entry(f"p{number}", signed=day(0), stages={"review": record})
        for number, record in enumerate(records)
    ]
    scene = scenario(stages, department={"office": {"reviewers": reviewers}})
    register = registered(*entries)
    plan = compile_plan(scenario_of(scene, register, day(as_of)))
    found: list[float] = situation_of(plan, register, day(as_of)).submitted[:, 0].tolist()
    return found


def papers(submitted: int, passed: int | None = None) -> StageRecord:
    return StageRecord(
        ready=day(0), submitted=day(submitted), reviewed=None if passed is None else day(passed)
    )


def test_a_paper_is_taken_up_when_the_one_before_it_has_passed() -> None:
    assert queueing(papers(2, 12), papers(3), as_of=15) == [2.0, 12.0]
    assert queueing(papers(2, 12), papers(3), as_of=15, reviewers=2) == [2.0, 3.0]


def test_papers_that_wait_stay_behind_those_that_are_held() -> None:
    first, second, third = queueing(papers(2, 12), papers(3), papers(3), as_of=15)
    assert (first, second) == (2.0, 12.0)
    assert third >= 12.0


def test_papers_held_for_longer_than_any_review_were_sent_back_and_came_again() -> None:
    corrected = {"probability": 0.5, "rework": fixed(0)}
    # The first was held until 12 and again until 22; then it was the turn of the second.
    waiting, held = queueing(papers(2), papers(20), as_of=25, correction=corrected)
    assert held == 22.0 < waiting < 22.001
    assert queueing(papers(2), as_of=25) == [2.0]  # never sent back here: overdue instead


def test_a_review_that_goes_on_lasts_from_when_it_was_taken_up() -> None:
    stages = {"review": {**OFFICE["review"], "review": workdays(10)}}
    scene = scenario(stages, department={"office": {"reviewers": 1}})
    register = registered(
        Entry("p1", signed=day(0), stages={"review": papers(2, 12)}),
        Entry("p2", signed=day(0), stages={"review": papers(3)}),
    )
    there = scenario_of(scene, register, day(15))
    facts = kernel.simulate(plan_as_of(there, register, day(15)), 1, range(1))
    assert facts.stage.reviewed[0, :, 0].tolist() == [12.0, 22.0]


def test_a_register_kept_to_the_end_gives_the_dates_back() -> None:
    scene = load(shipped()["jianghai-2022"])
    plan = compile_plan(scene)
    truth = kernel.simulate(plan, 3, range(1))
    last = plan.calendar.date_of(float(truth.last_event[0])) + timedelta(days=1)
    register = kept(plan, truth, last)
    there = plan_as_of(scenario_of(scene, register, last), register, last)
    found = kernel.simulate(there, 99, range(2))
    places = [plan.axes.projects.index(name) for name in there.axes.projects]
    expected = np.floor(truth.project.milestone[0, places])
    assert (found.project.milestone == expected).all()
    assert len(places) < len(plan.axes.projects)  # some have left


def test_unknown_stays_unknown() -> None:
    plan = compile_plan(scenario(CHAIN))
    known = situation_of(plan, registered(Entry("other", signed=day(0))), day(-1))
    assert np.isnan(known.ready).all()
    assert with_situation(plan, known).situation is known

"""What must hold of every replication of every scenario."""

from itertools import pairwise
from math import inf

import numpy as np
from builders import outcome
from hypothesis import given
from random_scenarios import random_scenarios
from retelling import Retelling

from approvalsim.plan_parts import DEFERRED, HARD, PREREVIEW
from approvalsim.scenario import Scenario

SOON = 1e-6


def told(scenario: Scenario) -> Retelling:
    return Retelling(outcome(scenario))


# Stages, milestones and what they wait for


def every_dependency_is_respected_in_the_mode_it_had(run: Retelling) -> None:
    for project in run.projects:
        for edge, mode in enumerate(run.facts.edge_mode[0, project]):
            target = int(run.plan.edges.target[edge])
            done = run.done(project, edge)
            if mode == HARD and run.begun(project, target) < inf:
                assert done <= run.begun(project, target)
            if mode == PREREVIEW and run.over(project, target) < inf:
                assert done <= run.over(project, target)


def everything_begins_as_soon_as_it_may_and_never_sooner(run: Retelling) -> None:
    for project in run.projects:
        for node in run.nodes:
            begun = run.begun(project, node)
            allowed, latest = run.may_begin(project, node, run.earliest(project, node))
            if begun < inf:
                assert begun in allowed
            elif node == run.plan.portfolio.dropout_stage and run.cohort.drops_out[project]:
                left = run.left(project)
                assert left in allowed if left < inf else latest >= run.plan.end
            else:
                assert latest >= run.last(project)


def only_projects_that_drop_out_leave(run: Retelling) -> None:
    left = np.isfinite(run.facts.left[0])

    assert not (left & ~run.cohort.drops_out).any()


def each_step_of_a_stage_follows_from_the_one_before(run: Retelling) -> None:
    for project in run.projects:
        for stage in run.stages:
            found = run.steps(project, stage)
            expected = list(run.expected_steps(project, stage))
            assert found == expected[: len(found)]
            assert all(time >= run.last(project) for _, _, time in expected[len(found) :])


def no_stage_and_no_milestone_begins_inside_a_hold(run: Retelling) -> None:
    for project in run.projects:
        for hold in run.holds(project):
            for node in run.nodes:
                if hold.begin < run.begun(project, node) < hold.end:
                    assert any(
                        other.begin <= run.begun(project, node) <= other.supplied
                        and run.is_needed(node, other)
                        for other in run.holds(project)
                    )


# Commitments


def edges_are_relaxed_as_luck_and_grade_say_until_a_breach_bars_it(run: Retelling) -> None:
    for project in run.projects:
        for edge, mode in enumerate(run.facts.edge_mode[0, project]):
            assert mode in run.modes(project, edge)


def an_obligation_arises_where_something_went_ahead_without_a_paper(run: Retelling) -> None:
    for project in run.projects:
        for edge, mode in enumerate(run.facts.edge_mode[0, project]):
            over = run.over(project, int(run.plan.edges.target[edge]))
            done, obliged = run.done(project, edge), run.facts.obliged[0, project, edge]
            if mode != DEFERRED or done < over or over == inf:
                assert obliged == inf
            elif done > over:
                assert obliged == over
            else:  # at the same moment it depends on who comes first
                assert obliged in (over, inf)


def a_promise_is_broken_at_its_deadline_or_never(run: Retelling) -> None:
    for project in run.projects:
        for edge in range(len(run.plan.axes.edges)):
            deadline, done = run.deadline(project, edge), run.done(project, edge)
            breached = run.facts.breached[0, project, edge]
            broken = done > deadline or run.cohort.breaks_promise[project, edge]
            if deadline == inf or deadline > run.left(project) or deadline >= run.plan.end:
                assert breached == inf
            elif deadline == run.left(project) or (done == deadline and not broken):
                assert breached in (deadline, inf)
            else:
                assert breached == (deadline if broken else inf)


def a_hold_ends_when_the_paper_is_there_and_the_remedy_is_done(run: Retelling) -> None:
    for project in run.projects:
        for hold in run.holds(project):
            remedied = run.facts.remedied[0, project, hold.edge]
            if hold.end == run.left(project):
                assert remedied in (hold.end, inf)
            else:
                assert remedied == (hold.end if hold.end < run.last(project) else inf)


def stop_work_counts_every_day_of_a_hold_after_the_measured_milestone_once(run: Retelling) -> None:
    for project in run.projects:
        found = run.facts.stop_work[0, project]
        # Where one hold ends and the next begins at one instant, the milestone may come between.
        allowed = [run.stop_work(project, touching=touching) for touching in (True, False)]
        assert min(abs(found - days) for days in allowed) < SOON


# Departments


def no_department_has_more_reviews_under_way_than_reviewers(run: Retelling) -> None:
    for department, reviewers in enumerate(run.plan.reviewers):
        visits = run.visits(department)
        for moment in {visit.started for visit in visits}:
            assert sum(visit.started <= moment < visit.ended for visit in visits) <= reviewers


def nobody_waits_while_a_reviewer_is_free(run: Retelling) -> None:
    for department, reviewers in enumerate(run.plan.reviewers):
        visits = run.visits(department)
        for waiting in visits:
            until = min(waiting.started, waiting.ended)
            moments = {waiting.joined, *(visit.ended for visit in visits)}
            for moment in moments:
                if waiting.joined <= moment < until:
                    busy = sum(visit.started <= moment < visit.ended for visit in visits)
                    assert busy == reviewers


def whoever_comes_first_in_the_order_of_the_queue_is_served_first(run: Retelling) -> None:
    priority = run.plan.portfolio.priority
    for department, by_priority in enumerate(run.plan.by_priority):
        visits = run.visits(department)
        order = {
            visit: (priority[visit.project] * by_priority, visit.joined, visit.project, visit.stage)
            for visit in visits
        }
        for served in visits:
            for waiting in visits:
                if waiting.joined < served.started < min(waiting.started, waiting.ended):
                    assert order[served] < order[waiting]


def the_facts_of_departments_add_up(run: Retelling) -> None:
    for department in range(len(run.plan.reviewers)):
        visits = run.visits(department)
        taken_up = [visit for visit in visits if visit.started < inf]
        facts = run.departments
        busy = sum(min(visit.ended, run.plan.end) - visit.started for visit in taken_up)
        assert facts.visits[0, department] == len(taken_up)
        assert abs(facts.busy[0, department] - busy) < SOON
        assert abs(facts.wait[0, department] - sum(v.started - v.joined for v in taken_up)) < SOON


# Facts


def a_stage_takes_the_sum_of_its_parts(run: Retelling) -> None:
    stage = run.stage
    done = np.isfinite(stage.finished)
    parts = ("queue", "review", "rework", "meeting", "notice", "issue")
    prepare = stage.submitted[done] - stage.ready[done]
    total = prepare + sum(getattr(stage, part)[done] for part in parts)

    np.testing.assert_allclose(stage.finished[done] - stage.ready[done], total, rtol=0, atol=SOON)


def facts_are_not_negative_and_in_their_order(run: Retelling) -> None:
    stage, project = run.stage, run.facts
    moments = ("ready", "submitted", "review_start", "reviewed", "finished")
    times = [project.signed[:, :, None], *(getattr(stage, name) for name in moments)]
    for before, after in pairwise(times):
        assert (before <= after).all()
    for name in ("queue", "review", "rework", "meeting", "notice", "issue", "rounds"):
        assert (getattr(stage, name) >= 0).all()
    assert (stage.over_statutory <= stage.rounds).all()
    assert (project.signed[:, :, None] <= project.milestone).all()
    assert (project.obliged <= project.breached).all()
    assert (project.stop_work >= 0).all()


RULES = (
    every_dependency_is_respected_in_the_mode_it_had,
    everything_begins_as_soon_as_it_may_and_never_sooner,
    only_projects_that_drop_out_leave,
    each_step_of_a_stage_follows_from_the_one_before,
    no_stage_and_no_milestone_begins_inside_a_hold,
    edges_are_relaxed_as_luck_and_grade_say_until_a_breach_bars_it,
    an_obligation_arises_where_something_went_ahead_without_a_paper,
    a_promise_is_broken_at_its_deadline_or_never,
    a_hold_ends_when_the_paper_is_there_and_the_remedy_is_done,
    stop_work_counts_every_day_of_a_hold_after_the_measured_milestone_once,
    no_department_has_more_reviews_under_way_than_reviewers,
    nobody_waits_while_a_reviewer_is_free,
    whoever_comes_first_in_the_order_of_the_queue_is_served_first,
    the_facts_of_departments_add_up,
    a_stage_takes_the_sum_of_its_parts,
    facts_are_not_negative_and_in_their_order,
)


@given(random_scenarios())
def test_every_rule_holds_in_any_replication_of_any_scenario(scenario: Scenario) -> None:
    run = told(scenario)
    for rule in RULES:
        rule(run)

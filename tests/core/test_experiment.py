"""Many replications: the same whatever the batches and processes, and no more than are needed."""

from collections.abc import Iterator
from functools import partial
from math import ceil, inf
from multiprocessing import active_children

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from portfolios import POLICY, portfolio, ran, shipped, work

from approvalsim.comparison import compare, difference_estimate
from approvalsim.errors import ScenarioError
from approvalsim.estimate import mean_time
from approvalsim.execution import Aim, Effort, perform, precision_of
from approvalsim.experiment import Precision, batch_size, of_one, run, run_together, until_precise
from approvalsim.facts import differences, joined
from approvalsim.pairing import paired_digest
from approvalsim.plan import compile_plan
from approvalsim.simulation import simulate
from approvalsim.summary import summarise, time_estimate
from approvalsim.tally import digest

CURVED = {"dist": "triangular", "min": 1, "mode": 10, "max": 60}
SMALL = portfolio(
    {
        "a": {"department": "office", "prepare": CURVED, "review": CURVED},
        "b": {"prepare": CURVED, "after": {"a": {"relaxed": "deferred", "due": 3.0}}},
    },
    listed=4,
    department={"office": {"reviewers": 2}},
    commitment=POLICY,
)
PLAN = compile_plan(SMALL)
WHOLE = simulate(PLAN, 1, range(40))


# --- batches, ranges, processes ------------------------------------------------------------------


@settings(max_examples=25)
@given(st.integers(1, 40), st.integers(1, 60))
def test_results_do_not_depend_on_the_size_of_a_batch(number, batch):
    facts = joined(run(PLAN, 1, number, batch=batch, workers=1))
    assert facts.replications.tolist() == list(range(number))
    assert differences(facts, joined(run(PLAN, 1, number, batch=number, workers=1))) == ()


@settings(max_examples=40)
@given(st.integers(0, 39), st.integers(1, 40), st.integers(1, 7))
def test_a_range_of_replications_is_that_part_of_the_whole(first, number, batch):
    numbers = range(first, min(first + number, 40))
    facts = joined(run(PLAN, 1, numbers, batch=batch, workers=1))
    assert facts.replications.tolist() == list(numbers)
    assert (facts.stage.finished == WHOLE.stage.finished[numbers]).all()
    assert (facts.project.breached == WHOLE.project.breached[numbers]).all()
    assert (facts.department.busy == WHOLE.department.busy[numbers]).all()
    assert (facts.last_event == WHOLE.last_event[numbers]).all()


def test_batches_come_in_order_and_hold_what_was_asked_for():
    batches = list(run(PLAN, 1, 23, batch=10, workers=1))
    assert [len(batch.replications) for batch in batches] == [10, 10, 3]
    assert [int(batch.replications[0]) for batch in batches] == [0, 10, 20]


def test_other_seeds_give_other_results():
    facts = joined(run(PLAN, 2, 40, workers=1))
    assert "stage.finished" in differences(facts, WHOLE)


@pytest.mark.parametrize("replications", [1, 2, 299, 301, 2_000])
def test_each_worker_gets_as_many_batches_and_of_the_last_ones_a_share(replications):
    most = batch_size([PLAN], "kernel")
    sizes = [
        len(each.replications) for each in run(PLAN, 1, replications, workers=2, engine="kernel")
    ]
    assert max(sizes) <= most
    assert sum(sizes) == replications
    assert all(size == most for size in sizes[:-2])
    if replications > 1:
        assert len(sizes) % 2 == 0
        assert 0 <= sizes[-2] - sizes[-1] <= 1


def test_no_replications_give_no_batches():
    assert list(run(PLAN, 1, 0)) == []
    with pytest.raises(ValueError, match="no facts"):
        joined([])


def test_plans_run_together_give_what_they_give_alone():
    other = compile_plan(SMALL.with_policy(False))
    pairs = list(run_together((PLAN, other), 1, 12, batch=5, workers=1))
    for position, plan in enumerate((PLAN, other)):
        together = joined(pair[position] for pair in pairs)
        assert differences(together, simulate(plan, 1, range(12))) == ()


def test_processes_give_the_same_and_are_gone_when_all_is_done():
    facts = joined(run(PLAN, 1, 40, batch=7, workers=2))
    assert differences(facts, WHOLE) == ()
    assert active_children() == []


def test_what_is_made_of_a_batch_is_made_where_it_was_simulated():
    whole = [digest(simulate(PLAN, 1, part), PLAN) for part in (range(7), range(7, 12))]
    for workers in (1, 2):
        found = list(run(PLAN, 1, 12, finish=partial(digest, plan=PLAN), batch=7, workers=workers))
        assert [part.first.tolist() for part in found] == [part.first.tolist() for part in whole]
        assert all((a.table == b.table).all() for a, b in zip(found, whole, strict=True))


def test_batches_are_small_where_portfolios_are_large():
    large = compile_plan(portfolio({name: work(1) for name in "abcdefgh"}, "abcdefgh", 500))
    assert batch_size([PLAN], "simpy") > batch_size([PLAN] * 3, "simpy") > 1
    assert batch_size([PLAN], "kernel") > batch_size([large], "kernel") > 1
    assert batch_size([large], "simpy") == 1


def test_closing_the_iterator_early_leaves_no_process_behind():
    batches = run(PLAN, 1, 100_000, batch=5, workers=2)
    first = next(batches)
    assert first.replications.tolist() == list(range(5))
    assert len(active_children()) == 2
    batches.close()
    assert active_children() == []


def test_an_error_in_a_process_reaches_the_caller_and_leaves_none_behind():
    with pytest.raises(TypeError):
        list(run(PLAN, "no seed", 40, batch=5, workers=2))  # type: ignore[arg-type]
    assert active_children() == []


# --- until it is known well enough ---------------------------------------------------------------


class Shrinking:
    """Replications whose half-width is known beforehand, and where somebody looked at it."""

    def __init__(self, width, batch=7):
        self.width, self.batch = width, batch
        self.taken: list[int] = []
        self.looks: list[int] = []

    def numbers(self, numbers: range) -> Iterator[range]:
        for first in range(0, len(numbers), self.batch):
            yield numbers[first : first + self.batch]

    def half_width(self):
        done = len(self.taken)
        assert self.taken == list(range(done))  # all so far, in order, none twice
        self.looks.append(done)
        return self.width(done)

    def until(self, precision):
        """How many replications were done."""
        for batch in until_precise(self.numbers, self.half_width, precision):
            self.taken += batch
        return len(self.taken)


@given(
    st.floats(0.1, 1000),
    st.floats(0.01, 100),
    st.integers(1, 3000),
    st.integers(1, 200),
    st.integers(1, 50),
)
def test_it_goes_on_until_the_width_or_the_cap_is_reached(scale, wanted, cap, first, batch):
    source = Shrinking(lambda n: scale / n**0.5, batch)
    done = source.until(Precision(wanted, cap, first))
    assert done <= cap
    assert done == cap or scale / done**0.5 <= wanted
    assert source.looks[0] == min(first, cap)
    assert source.looks[-1] == done
    for look in source.looks[:-1]:
        assert scale / look**0.5 > wanted  # or it would have stopped there
    other = Shrinking(source.width, batch=1)
    assert other.until(Precision(wanted, cap, first)) == done
    assert other.looks == source.looks


@given(st.floats(1, 1e6), st.integers(1, 500))
@example(102.5, 100)  # nearly there
@example(1000.0, 100)  # far away
def test_the_next_look_is_where_the_width_should_be_reached_at_most_twice_as_far(scale, first):
    source = Shrinking(lambda n: scale / n**0.5)
    source.until(Precision(10.0, 5000, first))
    for look, following in zip(source.looks, source.looks[1:], strict=False):
        expected = ceil(look * (scale / look**0.5 / 10.0) ** 2)
        assert following == min(5000, 2 * look, max(look + 25, expected))


@pytest.mark.parametrize(
    ("width", "wanted"),
    [(lambda _: inf, 1.0), (lambda _: 5.0, 0.0), (lambda _: 5.0, 1e-300), (lambda _: 1e300, 1.0)],
)
def test_what_cannot_be_reached_ends_at_the_cap(width, wanted):
    source = Shrinking(width)
    assert source.until(Precision(wanted, 1000, 100)) == 1000
    assert source.looks == [100, 200, 400, 800, 1000]


def test_what_is_known_at_once_takes_no_more_than_the_first_look():
    assert Shrinking(lambda _: 0.0).until(Precision(2.0, 1000, 100)) == 100
    assert Shrinking(lambda _: 2.0).until(Precision(2.0, 1000, 100)) == 100


@pytest.mark.parametrize("batch", [1, 9, 1000])
def test_a_real_run_stops_at_the_same_place_whatever_the_batch(batch):
    def some(numbers):
        return run(PLAN, 1, numbers, batch=batch, workers=1)

    def half_width(*batches):
        return mean_time(joined(batches).time_to_measure).estimate().half_width

    taken = []

    def half_width_so_far():
        return half_width(*taken)

    taken.extend(until_precise(some, half_width_so_far, Precision(1.0, first=30)))
    facts = joined(taken)
    assert half_width(facts) <= 1.0
    number = len(facts.replications)
    assert 30 < number < 2000
    # It did not know so well at the look before this one.
    assert half_width(simulate(PLAN, 1, range(30))) > 1.0
    assert differences(facts, simulate(PLAN, 1, range(number))) == ()


def aim(*plans):
    """To know about one plan, or about the difference of two."""
    if len(plans) == 1:
        return Aim(partial(of_one, partial(digest, plan=plans[0])), time_estimate)
    return Aim(partial(paired_digest, plans=plans), difference_estimate)


@pytest.mark.parametrize("measure", ["mean", "p10", "p50", "p80", "p90"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_precision_can_be_asked_of_every_measure(measure, number):
    plans = [compile_plan(SMALL.with_policy(on)) for on in (True, False)][:number]
    effort = Effort(1000, 1, 1, Precision(2.5, cap=4000, first=25), measure)
    outcome = perform(plans, effort, "title", aim(*plans))
    assert not outcome.partial
    found = outcome.digest
    times = summarise(found).times if number == 1 else compare(found).difference
    assert getattr(times, measure).half_width <= 2.5
    assert aim(*plans).estimate(found, measure) == getattr(times, measure)
    assert 25 <= outcome.replications < 4000


@pytest.mark.parametrize("measure", ["mean", "p80"])
def test_a_precision_of_a_difference_pairs_the_projects_by_id(measure):
    def days(prepared):
        listed = [
            {"id": name, "attributes": {"size": str(size)}} for name, size in prepared.items()
        ]
        sizes = {str(size): size for size in prepared.values()}
        variants = [
            {"when": {"size": name}, "prepare": {"dist": "fixed", "value": size}}
            for name, size in sizes.items()
        ]
        return compile_plan(portfolio({"s": work(1, variant=variants)}, listed=listed))

    one, other = days({"x": 5, "y": 90}), days({"z": 1, "y": 90, "x": 5})
    effort = Effort(0, 1, 1, Precision(0.001, cap=1000, first=10), measure)
    outcome = perform([one, other], effort, "title", aim(one, other))
    assert outcome.replications == 10  # known exactly at once


def test_without_a_precision_as_many_are_done_as_asked_for():
    kept = []
    outcome = perform([PLAN], Effort(40, 1, 1), "title", aim(PLAN), kept.append)
    assert outcome.replications == 40
    assert differences(joined(facts for (facts,) in kept), WHOLE) == ()
    assert repr(summarise(outcome.digest)) == repr(summarise(digest(WHOLE, PLAN)))


@pytest.mark.parametrize(
    ("text", "days"), [("2d", 2.0), ("0.5", 0.5), (" 3d ", 3.0), ("3 天", 3.0), ("1e-300", 1e-300)]
)
def test_a_precision_is_a_number_of_days(text, days):
    assert precision_of(text, 500) == Precision(days, 500)


@pytest.mark.parametrize("text", ["", "d", "two", "0", "-1", "inf", "nan", "2dd", "2w"])
def test_anything_else_is_no_precision(text):
    with pytest.raises(ScenarioError) as caught:
        precision_of(text, 500)
    assert caught.value.problems[0].sentence == "bad_precision"


def test_a_shipped_scenario_is_the_same_alone_and_in_parts():
    scenario = shipped("fast-track")
    facts, plan = ran(scenario, replications=4)
    parts = [*run(plan, 1, range(3), batch=2, workers=1), *run(plan, 1, range(3, 4), workers=1)]
    assert differences(joined(parts), facts) == ()

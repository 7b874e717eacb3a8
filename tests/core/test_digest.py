"""Digests: the same to the last bit in whatever batches they came, and no larger for more."""

from dataclasses import fields, replace
from functools import partial
from math import inf, isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import fixed
from portfolios import POLICY, SHIPPED, compared, portfolio, ran, shipped, shipped_run, work
from random_scenarios import random_scenarios

from approvalsim import digest as digests
from approvalsim.comparison import compare
from approvalsim.digest import Digest, Gathered, Subject, joined
from approvalsim.estimate import sample_quantiles
from approvalsim.experiment import run, run_together
from approvalsim.facts import Facts, StageFacts
from approvalsim.pairing import paired_digest
from approvalsim.plan import compile_plan
from approvalsim.sample import GRID, Counted, Exact
from approvalsim.simulation import simulate
from approvalsim.summary import summarise
from approvalsim.tally import SHARES, digest, digest_of

DATES = shipped("jianghai-2022").run.start_rate_on


def same(one, other):
    """Whether two digests are equal to the last bit."""
    arrays = [(one.first, other.first), (one.size, other.size), (one.table, other.table)]
    for name, sample in one.samples.items():
        again = other.samples[name]
        assert type(sample) is type(again)
        names = [item.name for item in fields(sample)]
        arrays += [(getattr(sample, name), getattr(again, name)) for name in names]
    arrays += [(one.most[name], other.most[name]) for name in one.most]
    return one.columns == other.columns and all(
        np.array_equal(a, b, equal_nan=np.asarray(a).dtype.kind == "f") for a, b in arrays
    )


def parts(numbers, cuts):
    """A range in pieces."""
    places = [numbers.start, *sorted(numbers.start + cut % len(numbers) for cut in cuts)]
    ends = [*places[1:], numbers.stop]
    return [range(a, b) for a, b in zip(places, ends, strict=True) if a < b]


def in_groups(pieces, sizes):
    """Join piece by piece, several of them at a time, always behind what has been joined."""
    whole, left = None, list(pieces)
    for size in [*sizes, len(left)]:
        some, left = left[:size], left[size:]
        if some:
            whole = joined(some if whole is None else [whole, *some])
    return whole


cutting = st.lists(st.integers(0, 10**6), max_size=8)
grouping = st.lists(st.integers(1, 4), max_size=8)


# --- from facts ----------------------------------------------------------------------------------


@settings(max_examples=25)
@given(random_scenarios(), st.integers(0, 5), cutting)
def test_a_digest_does_not_depend_on_the_batches_it_came_in(scenario, first, cuts):
    plan = compile_plan(scenario)
    numbers = range(first, first + 6)
    found = [digest(simulate(plan, 1, part), plan) for part in parts(numbers, cuts)]
    assert same(joined(found), digest(simulate(plan, 1, numbers), plan))


@pytest.mark.parametrize("name", ["jianghai-2022", "fast-track"])
def test_a_comparison_does_not_depend_on_batches_or_processes(name):
    scenario = shipped(name)
    plans = tuple(compile_plan(scenario.with_policy(on)) for on in (False, True))
    finish = partial(paired_digest, plans=plans, dates=DATES)
    found = [
        joined(run_together(plans, 1, 5, finish=finish, batch=batch, workers=workers))
        for batch, workers in ((1, 1), (2, 2), (5, 1))
    ]
    for other in found[1:]:
        for side in ("a", "b", "between"):
            assert same(getattr(found[0], side), getattr(other, side))


def interleaved(facts: Facts) -> Facts:
    """The same facts of stages, laid out in memory as records, as compiled code has them."""
    names = [item.name for item in fields(StageFacts)]
    kinds = [(name, getattr(facts.stage, name).dtype) for name in names]
    records = np.zeros(facts.stage.ready.shape, kinds)
    for name in names:
        records[name] = getattr(facts.stage, name)
    return replace(facts, stage=StageFacts(**{name: records[name] for name in names}))


def turned(facts: Facts) -> Facts:
    """The same facts with the last replications beside each other in memory."""

    def turn(part):
        return type(part)(*(np.asfortranarray(getattr(part, i.name)) for i in fields(part)))

    return replace(
        facts,
        stage=turn(facts.stage),
        project=turn(facts.project),
        department=turn(facts.department),
    )


@pytest.mark.parametrize("laid_out", [interleaved, turned])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_digest_does_not_depend_on_how_facts_lie_in_memory(name, laid_out):
    facts, plan = shipped_run(name)
    assert same(digest(laid_out(facts), plan, DATES), digest(facts, plan, DATES))


@pytest.mark.parametrize("name", SHIPPED)
def test_sums_are_those_of_every_project_that_finished_the_stage(name):
    facts, plan = shipped_run(name)
    found = digest(facts, plan, DATES)
    part = facts.stage
    spans = {"duration": (part.ready, part.finished), "prepare": (part.ready, part.submitted)}
    plain = {"wait": part.queue} | {
        name: getattr(part, name)
        for name in ("review", "rework", "meeting", "notice", "issue", "rounds")
    }
    for unit in range(len(facts.replications)):
        for stage in range(len(facts.axes.stages)):
            done = [p for p, t in enumerate(part.finished[unit, :, stage]) if t < inf]
            assert found["finished"][unit, stage] == len(done)
            for key, values in plain.items():
                expected = sum(float(values[unit, p, stage]) for p in done)
                assert found[key][unit, stage] == pytest.approx(expected), key
            for key, (first, last) in spans.items():
                expected = sum(last[unit, p, stage] - first[unit, p, stage] for p in done)
                assert found[key][unit, stage] == pytest.approx(expected), key
            assert found["reviews"][unit, stage] == part.rounds[unit, :, stage].sum()


# --- many replications ---------------------------------------------------------------------------


PROJECTS = 3
LUCK = np.random.default_rng(0).standard_normal((5000, 5 + 2 * PROJECTS))


def made_up(numbers: range) -> Digest:
    """A digest of replications with sums and times that have nothing round about them."""
    luck = LUCK[numbers.start : numbers.stop]
    sums, good, own, gone = np.split(np.exp(luck), [4, 5, 5 + PROJECTS], axis=1)
    times = np.where(gone > 3, inf, np.minimum(90 * good**0.4 * own**0.3, 200.0))
    return digest_of(
        Subject("made up", 1, "goal", PROJECTS, (), (), (), (), ()),
        np.array(numbers),
        {"one": sums[:, 0], "three": sums[:, 1:].T},
        {"time": Exact(times, SHARES), "other": Exact(times / 3, (0.5,))},
        {"highest": sums.max(axis=0)},
    )


@pytest.fixture
def few(monkeypatch):
    """Keep no more than eight units."""
    monkeypatch.setattr(digests, "UNITS", 8)


@given(st.integers(0, 40), st.integers(1, 300), cutting, grouping, grouping)
def test_units_do_not_depend_on_the_batches_they_came_in(first, number, cuts, some, others):
    numbers = range(first, first + number)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digests, "UNITS", 8)
        whole = joined([made_up(numbers)])
        pieces = [made_up(part) for part in parts(numbers, cuts)]
        assert same(in_groups(pieces, some), whole)
        assert same(in_groups(pieces, others), whole)
        gathered = Gathered[Digest]()
        for piece in pieces:
            gathered.add(piece)
        assert same(gathered.whole(), whole)


@settings(max_examples=100)
@given(st.integers(0, 40), st.integers(1, 300))
def test_units_are_few_and_hold_every_replication_once(first, number):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digests, "UNITS", 8)
        whole = joined([made_up(range(first, first + number))])
    ends = whole.first + whole.size
    assert whole.first[0] == first
    assert ends[-1] == first + number
    assert (whole.first[1:] == ends[:-1]).all()
    assert whole.replications == number
    assert all(size & (size - 1) == 0 for size in whole.size.tolist())
    assert (whole.first % whole.size == 0).all()
    # Beside the whole units there are smaller ones at both ends, at most one of each size.
    largest = int(whole.size.max())
    assert (whole.size == largest).sum() <= 8
    assert len(whole.size) <= 8 + 2 * largest.bit_length()


def test_sums_and_the_most_are_those_of_all_replications(few):
    number = 200
    each, whole = made_up(range(number)), joined(made_up(range(k, k + 1)) for k in range(number))
    assert len(whole.first) < 20
    assert whole.total("one") == pytest.approx(each["one"].sum())
    assert whole.total("three") == pytest.approx(each["three"].sum(axis=0))
    assert whole["three"].shape == (len(whole.first), 3)
    assert (whole.most["highest"] == each.most["highest"]).all()


def size_of(whole: Digest) -> int:
    """Bytes of all that grows."""
    samples = whole.samples.values()
    counted = sum(sample.units.nbytes + sample.counts.nbytes for sample in samples)
    return counted + whole.table.nbytes + whole.first.nbytes + whole.size.nbytes


def test_what_is_held_does_not_grow_with_the_number_of_replications(few, monkeypatch):
    gathered, held, sizes = Gathered[Digest](), [], []
    for first in range(0, 4000, 5):
        gathered.add(made_up(range(first, first + 5)))
        held.append(gathered._loose)
        if first in (1000, 2000, 3995):
            sizes.append(size_of(gathered.whole()))
    assert max(held) < 8 + 5
    assert max(sizes) < 1.1 * min(sizes)
    assert gathered.whole().replications == 4000


def test_a_batch_may_be_larger_than_what_is_kept(few):
    facts, plan = ran(portfolio({"s": work(3)}, listed=2), replications=20)
    in_parts = joined(run(plan, 1, 20, finish=partial(digest, plan=plan), batch=3, workers=1))
    assert summarise(digest(facts, plan)) == summarise(in_parts)
    assert summarise(in_parts).grid == GRID
    assert compared(facts, plan, facts, plan).difference.p50.value == 0.0
    pair = partial(paired_digest, plans=(plan, plan))
    again = joined(run_together((plan, plan), 1, 20, finish=pair, batch=7, workers=1))
    assert compare(again) == compared(facts, plan, facts, plan)


def test_so_many_times_are_kept_that_a_large_portfolio_fits(monkeypatch):
    monkeypatch.setattr(digests, "TIMES", 30)
    whole = joined([made_up(range(10))])
    assert not whole.is_counted
    assert whole.room == 10
    assert joined([whole, made_up(range(10, 11))]).is_counted


def test_what_is_not_one_run_in_its_order_is_not_joined(few):
    one, two = made_up(range(4)), made_up(range(4, 8))
    with pytest.raises(ValueError, match="no digests"):
        joined([])
    for wrong in ([two, one], [one, one], [joined([one, two]), two]):
        with pytest.raises(ValueError, match="order"):
            joined(wrong)
    with pytest.raises(ValueError, match="different"):
        joined([one, replace(two, subject=replace(two.subject, seed=2))])
    with pytest.raises(ValueError, match="only the first"):
        joined([one, joined([made_up(range(4, 40))])])


# --- quantiles of many replications --------------------------------------------------------------


def found(times, room, shares=SHARES):
    """Quantiles of times, of which those of so many replications are kept."""
    exact = Exact(times, shares)
    counted = exact.counted(exact.pilots(room))
    return [each.estimate() for each in sample_quantiles(counted, shares)]


def some_times(replications, projects, luck):
    good = luck.standard_normal((replications, 1))
    own = luck.standard_normal((replications, projects))
    times = 100 * np.exp(0.4 * good + 0.3 * own)
    return np.where(luck.random(times.shape) < 0.15, inf, times)


def test_quantiles_that_are_counted_agree_with_exact_ones():
    times = some_times(8000, 10, np.random.default_rng(1))
    exact = [each.estimate() for each in sample_quantiles(Exact(times, SHARES), SHARES)]
    for counted, wanted in zip(found(times, 4096), exact, strict=True):
        assert abs(counted.value - wanted.value) <= GRID
        assert counted.half_width == pytest.approx(wanted.half_width, rel=0.05)


def test_differences_of_quantiles_that_are_counted_agree_with_exact_ones():
    luck = np.random.default_rng(2)
    a = some_times(8000, 10, luck)
    b = np.where(np.isfinite(a), 0.8 * a * np.exp(0.1 * luck.standard_normal(a.shape)), inf)
    exact, counted = (
        [
            y.minus(x).estimate()
            for x, y in zip(*(sample_quantiles(kind(t), SHARES) for t in (a, b)), strict=True)
        ]
        for kind in (
            lambda times: Exact(times, SHARES),
            lambda times: Exact(times, SHARES).counted(Exact(times, SHARES).pilots(4096)),
        )
    )
    for one, other in zip(counted, exact, strict=True):
        assert abs(one.value - other.value) <= GRID
        assert one.half_width == pytest.approx(other.half_width, rel=0.08)


def test_intervals_that_are_counted_cover_the_truth_as_often_as_they_claim():
    true = 100 * np.exp(0.5 * np.array([-1.2815515655446004, 0.0, 0.8416212, 1.2815515655446004]))
    covered = []
    for number in range(600):
        estimates = found(some_times(400, 10, np.random.default_rng(number)), 100)
        covered.append([e.low <= t <= e.high for e, t in zip(estimates, true, strict=True)])
    shares = np.mean(covered, axis=0)
    assert 0.93 <= shares.mean() <= 0.97
    assert all(0.91 <= share <= 0.98 for share in shares), shares


def test_times_on_the_grid_are_counted_exactly():
    times = np.array([[3.0, 7.25, 10.5]] * 6)
    (median,) = found(times, 3, (0.5,))
    assert (median.value, median.half_width) == (7.25, 0.0)


@pytest.mark.parametrize("longest", [3_000.0, 70_000.0, 1e9, 1e300])
def test_a_grid_that_must_reach_far_is_coarser(longest):
    times = np.array([[10.0, 20.0, 30.0, longest]] * 4)
    exact = Exact(times, (0.5,))
    counted = exact.counted(exact.pilots(2))
    assert len(counted.counts) <= 2**19
    assert counted.grid > GRID
    (median,) = counted.quantiles((0.5,))
    assert abs(median - 25.0) <= counted.grid
    assert counted.quantiles((0.0,))[0] <= 10.0


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=30), st.integers(1, 29))
def test_counts_of_two_grids_are_those_of_all_times(times, cut):
    rows = np.array(times)[:, None]
    exact = Exact(rows, (0.5,))
    pilots = exact.pilots(3)
    pieces = [Exact(part, (0.5,)) for part in (rows[:cut], rows[cut:]) if len(part)]
    subject = Subject("s", 1, "goal", 1, (), (), (), (), ())

    def one(sample, first):
        numbers = np.arange(first, first + len(sample.times))
        sums = {"number": np.ones(len(numbers))}
        return digest_of(subject, numbers, sums, {"time": sample}, {})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digests, "UNITS", 2)
        firsts = [0, cut]
        whole = joined(one(p, first) for p, first in zip(pieces, firsts, strict=False))
    sample = whole.samples["time"]
    if isinstance(sample, Counted):
        assert sample.counts.sum() == len(times)
        at_once = exact.counted(pilots)
        assert sample.coarse == at_once.coarse
        assert np.array_equal(np.trim_zeros(sample.counts), np.trim_zeros(at_once.counts))


def test_where_the_first_replications_had_no_times_there_is_no_interval():
    times = np.full((20, 2), inf)
    times[10:, 0] = np.arange(10.0)
    (median,) = found(times, 5, (0.5,))
    assert median.value == 4.5
    assert isnan(median.low)
    assert isnan(median.high)
    never = found(np.full((9, 2), inf), 3, (0.5,))
    assert isnan(never[0].value)


def test_a_summary_says_to_what_quantiles_are_rounded(few):
    plan = compile_plan(
        portfolio(
            {"a": work(1), "b": work(30, {"a": {"relaxed": "deferred"}}, review=fixed(1 / 3))},
            listed=2,
            commitment=POLICY,
        )
    )
    assert summarise(digest(simulate(plan, 1, range(8)), plan)).grid == 0.0
    rounded = summarise(digest(simulate(plan, 1, range(9)), plan))
    assert rounded.grid == GRID
    assert rounded.times.p50.value != rounded.times.mean.value
    assert abs(rounded.times.p50.value - rounded.times.mean.value) <= GRID

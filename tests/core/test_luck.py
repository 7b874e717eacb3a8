"""The generator against statistics: even, independent in every argument, and never to change."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from approvalsim.luck import Purpose, Sheets, key, keys, uniform

SMALLEST, LARGEST = 2.0**-53, 1 - 2.0**-53

seeds = st.integers(0, 2**63 - 1)
replications = st.integers(0, 2**40)
names = st.text(max_size=12)
rounds = st.integers(0, 1000)
purposes = st.sampled_from(Purpose)


def sheet(
    seed: int = 1,
    replication: int = 0,
    projects: int = 100,
    places: int = 100,
    purpose: Purpose = Purpose.PREPARE,
    round_: int = 0,
):
    """One sheet of draws for projects p0, p1, … and stages s0, s1, …"""
    rows = keys(tuple(f"p{i}" for i in range(projects)))
    columns = keys(tuple(f"s{i}" for i in range(places)))
    return Sheets(seed, replication, rows, columns).draw(purpose, round_)


def bits(draws):
    """The 52 random bits behind each draw, one row for each draw, the highest bit first."""
    words = (np.asarray(draws).ravel() * 2.0**52).astype(np.uint64)
    return ((words[:, None] >> np.arange(51, -1, -1, dtype=np.uint64)) & np.uint64(1)).astype(bool)


# --- one function, drawn one by one or by the sheet ----------------------------------------------


@given(
    seeds,
    replications,
    st.lists(names, min_size=1, max_size=4, unique=True),
    st.lists(names, min_size=1, max_size=4, unique=True),
    rounds,
    purposes,
)
def test_a_sheet_holds_what_uniform_gives_cell_by_cell_to_the_last_bit(
    seed, replication, projects, places, round_, purpose
):
    drawn = Sheets(seed, replication, keys(tuple(projects)), keys(tuple(places)))
    assert drawn.draw(purpose, round_).tolist() == [
        [uniform(seed, replication, project, place, round_, purpose) for place in places]
        for project in projects
    ]


@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1, 2**64 - 1])
@pytest.mark.parametrize("round_", [0, 1, 10**6, 2**57])
def test_the_ends_of_the_ranges_are_no_exception(seed, round_):
    for replication in (0, 10**7):
        one = uniform(seed, replication, "p1", "", round_, Purpose.REMEDY)
        drawn = Sheets(seed, replication, keys(("p1",)), keys(("",)))
        assert drawn.draw(Purpose.REMEDY, round_).item() == one
        assert SMALLEST <= one <= LARGEST


@given(seeds, replications, names, names, rounds, purposes)
def test_a_draw_lies_strictly_between_0_and_1(seed, replication, project, place, round_, purpose):
    draw = uniform(seed, replication, project, place, round_, purpose)
    assert SMALLEST <= draw <= LARGEST
    assert ((draw * 2.0**52) - 0.5).is_integer()  # the middle of one of 2**52 cells


@given(st.permutations(range(6)), st.permutations(range(5)))
def test_a_draw_depends_on_the_ids_and_not_on_their_positions(rows, columns):
    projects, places = tuple("abcdef"), tuple("vwxyz")
    plain = Sheets(3, 4, keys(projects), keys(places)).draw(Purpose.REVIEW, 1)
    shuffled = Sheets(
        3, 4, keys(tuple(projects[i] for i in rows)), keys(tuple(places[j] for j in columns))
    ).draw(Purpose.REVIEW, 1)
    assert (shuffled == plain[np.ix_(rows, columns)]).all()


def test_nothing_has_state_so_the_order_of_drawing_is_free():
    drawn = Sheets(5, 6, keys(("a", "b")), keys(("x", "y")))
    forwards = [drawn.draw(purpose, 2).tolist() for purpose in Purpose]
    backwards = [drawn.draw(purpose, 2).tolist() for purpose in reversed(Purpose)]
    assert forwards == backwards[::-1]


# --- the same numbers for ever -------------------------------------------------------------------


def test_the_purposes_keep_their_numbers():
    assert {purpose.name: purpose.value for purpose in Purpose} == {
        "SIGNING": 0,
        "ATTRIBUTE": 1,
        "GRADE": 2,
        "PATH": 3,
        "DROPOUT": 4,
        "VARIATION_PREPARE": 5,
        "VARIATION_REVIEW": 6,
        "WINDOW": 7,
        "PREPARE": 8,
        "REVIEW": 9,
        "CORRECTION": 10,
        "REWORK": 11,
        "NOTICE": 12,
        "UPTAKE": 13,
        "ISSUE": 14,
        "BREACH": 15,
        "REMEDY": 16,
    }


def test_ids_keep_their_keys():
    assert key("") == 0xB4B2797457A0A6E4
    assert key("eia") == 0xA9125665E0AC5C70
    assert key("项目01") == 0xEB286C59FF85F395
    assert keys(("eia", "项目01")).tolist() == [key("eia"), key("项目01")]


GOLDEN = [
    ((0, 0, "", "", 0, Purpose.SIGNING), 0.7822581600444899),
    ((1, 0, "p001", "eia", 0, Purpose.PREPARE), 0.8720552749605973),
    ((1, 0, "p001", "eia", 1, Purpose.REVIEW), 0.04139631103664565),
    ((7, 12, "p01", "", 0, Purpose.PATH), 0.7060348680991538),
    ((20220104, 999, "p43", "filing->eia", 0, Purpose.BREACH), 0.8182492795974948),
    ((2**63 - 1, 10**7, "项目01", "环评", 3, Purpose.CORRECTION), 0.03180053343574818),
]


@pytest.mark.parametrize(("arguments", "expected"), GOLDEN)
def test_the_generator_never_changes_silently(arguments, expected):
    assert uniform(*arguments) == expected


def splitmix64(state: int, steps: int) -> int:
    """The output after so many steps from a state, as Steele, Lea and Flood publish it."""
    z = (state + steps * 0x9E3779B97F4A7C15) % 2**64
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
    return z ^ (z >> 31)


def test_the_generator_is_splitmix64_chained_through_its_arguments():
    # Published test vector: the first outputs for the state 1234567.
    assert [splitmix64(1234567, n) for n in (1, 2, 3)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]
    word = splitmix64(splitmix64(42, 0), 5 + 1)
    word = splitmix64(splitmix64(word ^ key("p01"), 0) ^ key("eia"), 0)
    word = splitmix64(word, 2 * 64 + Purpose.REWORK + 1)
    expected = ((word >> 12) + 0.5) / 2**52
    assert uniform(42, 5, "p01", "eia", 2, Purpose.REWORK) == expected


# --- evenly spread -------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [0, 1, 2, 20220104, 2**63 - 1])
def test_draws_are_uniform_over_a_thousand_cells(seed):
    draws = sheet(seed, projects=400, places=500).ravel()
    counts = np.histogram(draws, bins=1000, range=(0, 1))[0]
    assert 1e-4 < stats.chisquare(counts).pvalue < 1 - 1e-4
    assert stats.kstest(draws, "uniform").pvalue > 1e-4


def test_the_draws_of_every_purpose_round_and_replication_are_uniform():
    pvalues = [
        stats.kstest(sheet(9, replication, 30, 40, purpose, round_).ravel(), "uniform").pvalue
        for replication, purpose, round_ in product(range(5), Purpose, range(3))
    ]
    # P-values of a good generator are themselves uniform.
    assert min(pvalues) > 0.05 / len(pvalues) / 10
    assert stats.kstest(pvalues, "uniform").pvalue > 1e-4


def test_one_project_is_uniform_over_its_replications():
    draws = [uniform(1, r, "p01", "eia", 0, Purpose.REVIEW) for r in range(20_000)]
    assert stats.kstest(draws, "uniform").pvalue > 1e-4
    assert stats.kstest(np.array(draws) * 4096 % 1, "uniform").pvalue > 1e-4  # the lower bits


def test_every_bit_is_set_half_of_the_time():
    share = bits(sheet(4, projects=400, places=500)).mean(axis=0)
    assert np.abs(share - 0.5).max() < 5 * 0.5 / np.sqrt(200_000)


def test_no_two_draws_of_a_large_grid_are_equal():
    draws = np.concatenate(
        [
            sheet(seed, replication, 60, 40, purpose, round_).ravel()
            for seed, replication, purpose, round_ in product((0, 1), range(5), Purpose, range(3))
        ]
    )
    # Of 1.2 million draws from 2**52 numbers, two agree with a chance of about 1 in 6,000.
    assert len(np.unique(draws)) == len(draws) == 1_224_000


# --- independent in every argument ---------------------------------------------------------------

_NAMES = keys(tuple(f"x{i}" for i in range(150)))
EXCHANGED = Sheets(1, 0, _NAMES, _NAMES).draw(Purpose.PREPARE)
_UPPER = np.triu_indices(150, k=1)
NEIGHBOURS = {
    "seed": (sheet(seed=7), sheet(seed=8)),
    "replication": (sheet(replication=7), sheet(replication=8)),
    "project": (sheet(projects=101)[:-1], sheet(projects=101)[1:]),
    "stage": (sheet(places=101)[:, :-1], sheet(places=101)[:, 1:]),
    "round": (sheet(round_=0), sheet(round_=1)),
    "purpose": (sheet(purpose=Purpose.REVIEW), sheet(purpose=Purpose.CORRECTION)),
    "project and stage exchanged": (EXCHANGED[_UPPER], EXCHANGED.T[_UPPER]),
}


@pytest.mark.parametrize("argument", NEIGHBOURS)
def test_neighbours_are_independent(argument):
    left, right = (draws.ravel() for draws in NEIGHBOURS[argument])
    bound = 4.5 / np.sqrt(len(left))
    assert abs(np.corrcoef(left, right)[0, 1]) < bound
    assert abs(np.corrcoef((left - 0.5) ** 2, (right - 0.5) ** 2)[0, 1]) < bound
    together = np.histogram2d(left, right, bins=16, range=((0, 1), (0, 1)))[0]
    assert 1e-4 < stats.chisquare(together.ravel()).pvalue < 1 - 1e-4


@pytest.mark.parametrize("argument", NEIGHBOURS)
def test_a_step_in_one_argument_turns_half_of_the_bits(argument):
    left, right = NEIGHBOURS[argument]
    turned = bits(left) ^ bits(right)
    assert abs(turned.mean() - 0.5) < 5 * 0.5 / np.sqrt(turned.size)
    assert np.abs(turned.mean(axis=0) - 0.5).max() < 5 * 0.5 / np.sqrt(len(turned))
    spread = turned.sum(axis=1).var()  # of 52 independent bits: 13
    assert abs(spread / 13 - 1) < 5 * np.sqrt(2 / len(turned))


@pytest.mark.parametrize("bit", [0, 1, 31, 32, 62, 63])
def test_any_single_bit_of_a_seed_or_an_id_turns_half_of_the_bits(bit):
    rows, columns = keys(tuple(map(str, range(50)))), keys(tuple("abcdefghij"))
    flip = np.uint64(1 << bit)
    plain = bits(Sheets(0, 0, rows, columns).draw(Purpose.PREPARE))
    for other in (
        Sheets(1 << bit, 0, rows, columns),
        Sheets(0, 0, rows ^ flip, columns),
        Sheets(0, 0, rows, columns ^ flip),
    ):
        turned = plain ^ bits(other.draw(Purpose.PREPARE))
        assert abs(turned.mean() - 0.5) < 5 * 0.5 / np.sqrt(turned.size)


def series(argument: str, length: int = 5000):
    """Draws along one argument, everything else fixed."""
    draw = {
        "seed": lambda i: uniform(i, 3, "p", "s", 0, Purpose.PREPARE),
        "replication": lambda i: uniform(3, i, "p", "s", 0, Purpose.PREPARE),
        "project": lambda i: uniform(3, 3, f"p{i}", "s", 0, Purpose.PREPARE),
        "stage": lambda i: uniform(3, 3, "p", f"s{i}", 0, Purpose.PREPARE),
        "round": lambda i: uniform(3, 3, "p", "s", i, Purpose.PREPARE),
    }[argument]
    return np.array([draw(i) for i in range(length)])


@pytest.mark.parametrize("argument", ["seed", "replication", "project", "stage", "round"])
def test_a_series_along_one_argument_has_no_memory(argument):
    draws = series(argument)
    assert stats.kstest(draws, "uniform").pvalue > 1e-4
    for lag in (1, 2, 3, 5, 17):
        assert abs(np.corrcoef(draws[:-lag], draws[lag:])[0, 1]) < 4.5 / np.sqrt(len(draws))
    above = draws > 0.5
    runs = 1 + (above[1:] != above[:-1]).sum()  # Wald and Wolfowitz
    a, b = above.sum(), (~above).sum()
    mean = 1 + 2 * a * b / (a + b)
    assert abs(runs - mean) < 4.5 * np.sqrt((mean - 1) * (mean - 2) / (a + b - 1))


@pytest.mark.parametrize("argument", ["seed", "replication", "project", "stage", "round"])
def test_triples_along_one_argument_fill_the_cube_evenly(argument):
    cube = series(argument, 12_000).reshape(-1, 3)
    counts = np.histogramdd(cube, bins=6, range=((0, 1),) * 3)[0]
    assert 1e-4 < stats.chisquare(counts.ravel()).pvalue < 1 - 1e-4


def test_sums_over_a_portfolio_have_the_variance_of_independent_draws():
    # Dependence of any kind between projects and stages would widen or narrow the sums.
    sums = [sheet(11, replication, 43, 8).sum() for replication in range(3000)]
    ratio = np.var(sums, ddof=1) / (43 * 8 / 12)
    assert abs(ratio - 1) < 4.5 * np.sqrt(2 / 2999)

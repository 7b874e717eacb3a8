"""Shapes stand where their values are, inside their charts, and are drawn as they stand."""

from itertools import pairwise
from math import inf
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from approvalsim.briefing_charts import Bar, Curve, Swing, bars, curves, differences, ticks, tornado
from approvalsim.briefing_page import svg
from approvalsim.briefing_parts import Area, Chart, Label, Mark, Stroke
from approvalsim.estimate import Estimate

DAYS = st.floats(0, 5000)


def estimate(value: float, half: float = 0.0) -> Estimate:
    return Estimate(value, value - half, value + half)


def curve(name: str, p50: float, p80: float) -> Curve:
    return Curve(name, (0.0, p50, p80), (0.0, 0.5, 0.8), estimate(p50, 1), estimate(p80, 1))


def drawn(a: Curve, b: Curve, target: float | None = None) -> Chart:
    words = None if target is None else (target, "target")
    return curves((a, b), ("days", "d"), words, "title", "reading")


def inside(chart: Chart) -> bool:
    """Whether no shape but a label leaves the chart."""
    for shape in chart.shapes:
        if isinstance(shape, Stroke):
            points = list(shape.points)
        elif isinstance(shape, Area):
            points = [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
        else:
            points = [(shape.x, shape.y)]
        for x, y in points:
            if not (-3 <= x <= chart.width + 1e-6 and -1e-6 <= y <= chart.height + 1e-6):
                return False
    return True


def marks(chart: Chart, look: str) -> list[float]:
    """Places of the signs of one side on its curve, by height from P50 to P80."""
    found = [s for s in chart.shapes if isinstance(s, Mark) and s.look == look and s.y > 20]
    return [mark.x for mark in sorted(found, key=lambda mark: -mark.y)]


@given(st.lists(DAYS, min_size=4, max_size=4))
def test_an_earlier_quantile_stands_further_left(days: list[float]) -> None:
    (a50, a80), (b50, b80) = sorted(days[:2]), sorted(days[2:])
    chart = drawn(curve("one", a50, a80), curve("two", b50, b80))

    places = [*zip((a50, a80, b50, b80), marks(chart, "a") + marks(chart, "b"), strict=True)]
    for (first, left), (second, right) in pairwise(sorted(places)):
        assert left <= right + 1e-6 or first == second
    assert inside(chart)


def test_sides_differ_by_sign_and_line_and_not_by_colour_alone() -> None:
    chart = drawn(curve("one", 100, 200), curve("two", 80, 150))

    lines = {s.look: s.dashes for s in chart.shapes if isinstance(s, Stroke) and len(s.points) > 2}
    assert lines["a"]
    assert not lines["b"]
    signs = {s.look: s.shape for s in chart.shapes if isinstance(s, Mark)}
    assert signs == {"a": "dot", "b": "square"}


def test_the_target_stands_among_the_days() -> None:
    chart = drawn(curve("one", 100, 200), curve("two", 80, 150), target=150.0)

    (line,) = (s for s in chart.shapes if isinstance(s, Stroke) and s.width == 1.6)
    assert abs(line.points[0][0] - marks(chart, "b")[1]) < 1e-6
    beyond = drawn(curve("one", 100, 200), curve("two", 80, 150), target=900.0)
    assert inside(beyond)


def test_a_side_where_nobody_arrives_has_no_curve() -> None:
    nobody = Curve("none", (), (), Estimate(*[float("nan")] * 3), Estimate(*[float("nan")] * 3))
    chart = drawn(curve("one", 100, 200), nobody)

    assert marks(chart, "b") == []
    assert inside(chart)


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=9))
def test_bars_are_as_long_as_their_values_and_on_the_right_side(values: list[float]) -> None:
    rows = [Bar(f"row {n}", Estimate(v, -inf, inf), f"{v:.1f}") for n, v in enumerate(values)]
    chart = bars("x", rows, "days", "title", "", wide=True)

    zero = next(s for s in chart.shapes if isinstance(s, Stroke) and s.look == "axis").points[0][0]
    areas = [s for s in chart.shapes if isinstance(s, Area)]
    assert len(areas) == len(values)
    lengths = sorted((abs(value), area.width) for value, area in zip(values, areas, strict=True))
    for (_, shorter), (_, longer) in pairwise(lengths):
        assert shorter <= longer + 1e-6
    for value, area in zip(values, areas, strict=True):
        assert (area.x >= zero - 1e-6) if value >= 0 else (area.x + area.width <= zero + 1e-6)
    assert inside(chart)


def test_shares_of_the_pairs_fill_the_strip() -> None:
    rows = [("mean", estimate(-90, 5), "-90"), ("P10", Estimate(-5, -inf, inf), "-5")]
    shares = (("much", 0.5, "b"), ("some", 0.25, "soft_b"), ("none", 0.25, "even"))
    chart = differences(rows, shares, "days", "title", "")  # type: ignore[arg-type]

    strip = [s for s in chart.shapes if isinstance(s, Area) and s.height == 18]
    assert abs(sum(area.width for area in strip) - chart.width) < 1e-6
    assert [area.width / chart.width for area in strip] == [0.5, 0.25, 0.25]
    assert inside(chart)


def test_the_shorter_end_of_a_bar_is_drawn_in_front() -> None:
    rows = [Swing("both to one side", 10.0, 3.0, "10 / 3"), Swing("one end only", None, -4.0, "–")]
    chart = tornado(rows, ("low", "high"), "days", "title", "")

    both = [s for s in chart.shapes if isinstance(s, Area) and s.height == 12]
    assert [area.look for area in both] == ["low", "high", "high"]
    assert both[0].width > both[1].width
    assert inside(chart)


@given(st.floats(-1e4, 1e4), st.floats(0.1, 1e4), st.integers(3, 12))
def test_ticks_are_few_even_and_inside(low: float, span: float, most: int) -> None:
    places = ticks(low, low + span, most)

    assert len(places) <= most + 1
    assert all(low - 1e-6 * span <= place <= low + span + 1e-6 * span for place in places)
    steps = [b - a for a, b in pairwise(places)]
    assert all(abs(step - steps[0]) < 1e-6 * span for step in steps)


def test_every_shape_becomes_an_element() -> None:
    chart = drawn(curve("one & two", 100, 200), curve("<b>", 80, 150), target=120.0)

    root = ElementTree.fromstring(svg(chart))
    assert len(list(root)) == len(chart.shapes) + 1  # and the title
    written = [element.text for element in root.iter("text")]
    assert written == [shape.text for shape in chart.shapes if isinstance(shape, Label)]

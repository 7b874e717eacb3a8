from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvalsim.drawing import Box, Line, Spacing
from approvalsim_ui.graph_layout import Frame, Sheet, best_fold, folded, spread, tightened

SPACING = Spacing(rows=18.0, lanes=12.0, bend=40.0, word=30.0)
ROUNDING = 1e-6


@st.composite
def networks(draw: st.DrawFn) -> Sheet:
    names = [f"n{index}" for index in range(draw(st.integers(1, 12)))]
    pairs = list(combinations(names, 2))
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=24)) if pairs else []
    length = st.integers(20, 160).map(float)
    sizes = {name: (draw(length), draw(length)) for name in draw(st.permutations(names))}
    sheet = spread(tuple(sizes.items()), tuple(edges), SPACING)
    if draw(st.booleans()):
        words = {edge: draw(st.integers(0, 60).map(float)) for edge in edges}
        sheet = tightened(sheet, words, bend=24.0)
    return sheet


def overlap(a: Box, b: Box) -> bool:
    return (
        a.x < b.x + b.width - ROUNDING
        and b.x < a.x + a.width - ROUNDING
        and a.y < b.y + b.height - ROUNDING
        and b.y < a.y + a.height - ROUNDING
    )


def stretches(line: Line) -> list[Box]:
    """What each stretch of a line may touch, however it curves between its ends."""
    return [
        Box("", min(x, next_x), min(y, next_y), abs(next_x - x), abs(next_y - y))
        for (x, y), (next_x, next_y) in pairwise(line.points)
    ]


@given(networks(), st.integers(2, 5))
def test_folding_keeps_sizes_and_never_makes_boxes_overlap(sheet: Sheet, bands: int) -> None:
    layout, bent = sheet.layout, folded(sheet, bands, SPACING.rows)

    sizes = {name: (box.width, box.height) for name, box in layout.boxes.items()}
    assert {name: (box.width, box.height) for name, box in bent.boxes.items()} == sizes
    assert not any(overlap(a, b) for a, b in combinations(bent.boxes.values(), 2))


@given(networks(), st.integers(2, 5))
def test_folded_lines_lead_from_box_to_box_and_through_none(sheet: Sheet, bands: int) -> None:
    layout, bent = sheet.layout, folded(sheet, bands, SPACING.rows)

    assert [(x.source, x.target) for x in bent.lines] == [
        (x.source, x.target) for x in layout.lines
    ]
    for line in bent.lines:
        source, target = bent.boxes[line.source], bent.boxes[line.target]
        (first_x, first_y), (last_x, last_y) = line.points[0], line.points[-1]
        assert first_x == pytest.approx(source.x + source.width)
        assert source.y - ROUNDING <= first_y <= source.y + source.height + ROUNDING
        assert last_x == pytest.approx(target.x)
        assert target.y - ROUNDING <= last_y <= target.y + target.height + ROUNDING
        for stretch in stretches(line):
            assert not any(overlap(stretch, box) for box in bent.boxes.values())


@given(networks(), st.integers(2, 5))
def test_lines_that_turn_between_bands_never_share_a_lane(sheet: Sheet, bands: int) -> None:
    bent = folded(sheet, bands, SPACING.rows)

    upright, back = [], []
    for number, line in enumerate(bent.lines):
        for (x, y), (next_x, next_y) in pairwise(line.points):
            if x == next_x:
                upright.append((x, min(y, next_y), max(y, next_y), number))
            if next_x < x:
                back.append((y, next_x, x, number))
    for kind in (upright, back):
        for (at, low, high, one), (also, first, last, other) in combinations(kind, 2):
            apart = abs(at - also) > 1 or high <= first or last <= low
            assert one == other or apart


@given(networks(), st.integers(1, 5))
def test_everything_lies_inside_the_folded_layout(sheet: Sheet, bands: int) -> None:
    bent = folded(sheet, bands, SPACING.rows)

    for box in bent.boxes.values():
        assert box.x >= -ROUNDING
        assert box.y >= -ROUNDING
        assert box.x + box.width <= bent.width + ROUNDING
        assert box.y + box.height <= bent.height + ROUNDING
    for line in bent.lines:
        assert all(-ROUNDING <= x <= bent.width + ROUNDING for x, _ in line.points)
        assert all(-ROUNDING <= y <= bent.height + ROUNDING for _, y in line.points)


@given(networks())
def test_columns_drawn_close_keep_heights_and_what_words_need(sheet: Sheet) -> None:
    words = {(line.source, line.target): 40.0 for line in sheet.layout.lines}
    close = tightened(sheet, words, bend=20.0)

    for name, box in sheet.layout.boxes.items():
        near = close.layout.boxes[name]
        assert (near.y, near.width, near.height) == (box.y, box.width, box.height)
    assert not any(overlap(a, b) for a, b in combinations(close.layout.boxes.values(), 2))
    for line in close.layout.lines:
        (x, y), (last_x, last_y) = line.points[-2:]
        assert y == last_y
        assert last_x - x >= 40.0 - ROUNDING
        assert last_x == pytest.approx(close.layout.boxes[line.target].x)
        assert line.points[0][0] == pytest.approx(
            close.layout.boxes[line.source].x + close.layout.boxes[line.source].width
        )
        for stretch in stretches(line):
            assert not any(overlap(stretch, box) for box in close.layout.boxes.values())


def chain(length: int) -> Sheet:
    sizes = tuple((f"n{index}", (120.0, 80.0)) for index in range(length))
    edges = tuple((f"n{index}", f"n{index + 1}") for index in range(length - 1))
    return spread(sizes, edges, SPACING)


def test_a_long_chain_is_folded_until_it_can_be_read_in_the_window() -> None:
    sheet, frame = chain(12), Frame(900.0, 600.0, least=1.0, most=1.0)
    assert frame.scale(sheet.layout) < 0.5

    _, best = best_fold([sheet], SPACING.rows, frame)

    assert frame.scale(best) >= 1.0
    assert len({box.y for box in best.boxes.values()}) == 3


def test_what_fits_in_one_band_is_not_folded() -> None:
    sheet = chain(3)

    assert best_fold([sheet], SPACING.rows, Frame(2000.0, 800.0)) == (0, sheet.layout)


def test_what_cannot_fit_at_a_readable_scale_fits_across_and_is_scrolled_down() -> None:
    frame = Frame(800.0, 150.0, least=1.0)

    _, best = best_fold([chain(14)], SPACING.rows, frame)

    assert best.width <= frame.width
    assert best.height > frame.height


def test_what_needs_too_many_bands_is_not_folded() -> None:
    sheet = chain(60)

    assert best_fold([sheet], SPACING.rows, Frame(800.0, 600.0)) == (0, sheet.layout)


def test_of_equal_scales_the_widest_sheet_wins() -> None:
    narrow, wide = chain(3), chain(3)

    assert best_fold([narrow, wide], SPACING.rows, Frame(900.0, 600.0))[0] == 1

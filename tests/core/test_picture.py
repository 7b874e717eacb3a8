from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from approvalsim.picture import (
    NAME_WIDTH,
    Arrow,
    Caption,
    Card,
    card_size,
    picture,
    text_width,
    wrapped,
)

SVG = "{http://www.w3.org/2000/svg}"
texts = st.text(max_size=80)


def elements(svg: str, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(SVG + tag))


@st.composite
def pictures(draw: st.DrawFn) -> str:
    names = [f"n{index}" for index in range(draw(st.integers(0, 6)))]
    cards = [
        Card(name, draw(texts), (draw(texts),), draw(st.booleans()), draw(st.booleans()))
        for name in names
    ]
    styles = st.sampled_from(["hard", "prereview", "deferred"])
    arrows = [
        Arrow(a, b, draw(styles), draw(texts), draw(st.booleans()))
        for a, b in combinations(names, 2)
        if draw(st.booleans())
    ]
    return picture(cards, arrows, Caption(draw(texts), draw(texts), draw(texts)))


@given(pictures())
def test_a_picture_is_well_formed_xml_whatever_the_names(svg: str) -> None:
    root = ElementTree.fromstring(svg)

    assert root.tag == SVG + "svg"
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert root.attrib["viewBox"] == f"0 0 {root.attrib['width']} {root.attrib['height']}"
    assert width > 0
    assert height > 0


def test_a_picture_needs_nothing_from_outside_itself() -> None:
    svg = picture([Card("a", "环评")], [], Caption("标题", language="zh"))

    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert "Noto Sans CJK SC" in svg
    assert 'xml:lang="zh-CN"' in svg


def test_the_kind_of_a_dependency_shows_in_the_line_and_in_a_word() -> None:
    cards = [Card(name, name) for name in "abc"]
    arrows = [Arrow("a", "b", "prereview", "预审"), Arrow("b", "c", "deferred", "容缺", True)]
    svg = picture(cards, arrows, Caption("x"))

    lines = [each.attrib["class"] for each in elements(svg, "path")]
    assert lines == [
        "line prereview",
        "head prereview",
        "line deferred binding",
        "head deferred binding",
    ]
    assert {"预审", "容缺"} <= {each.text for each in elements(svg, "text")}


def test_milestones_have_a_shape_and_a_sign_of_their_own() -> None:
    svg = picture([Card("a", "备案"), Card("m", "动工", milestone=True)], [], Caption("x"))

    assert [each.attrib["class"] for each in elements(svg, "polygon")] == ["milestone"]
    assert "◆ 动工" in {each.text for each in elements(svg, "text")}


def test_the_legend_explains_what_it_is_given_and_wraps_where_it_would_be_too_wide() -> None:
    styles = (("hard", "办结后才能开始" * 5), ("deferred", "材料后补" * 5))
    svg = picture([Card("a", "环评")], [], Caption("x", "", "环节" * 9, "", "关键", styles))

    shown = {each.text for each in elements(svg, "text")}
    assert {"环节" * 9, "关键", *(words for _, words in styles)} <= shown
    widths = [text_width(each.text or "", 12) for each in elements(svg, "text")]
    assert max(widths) < float(elements(svg, "svg")[0].attrib["width"])


def test_chinese_characters_are_about_twice_as_wide_as_latin_ones() -> None:
    assert text_width("环评环评", 10) == 40
    assert 20 < text_width("abcd", 10) < 26
    assert text_width("", 10) == 0


@given(texts, st.integers(1, 4))
def test_wrapped_text_is_never_wider_nor_longer_than_allowed(text: str, most: int) -> None:
    lines = wrapped(text, 100, 14, most)

    assert 1 <= len(lines) <= most
    assert all(text_width(line, 14) <= 100 for line in lines)


@given(st.text("ab 环评、", max_size=60))
def test_wrapping_loses_nothing_but_blanks(text: str) -> None:
    assert "".join(wrapped(text, 100, 14, 100)).replace(" ", "") == text.replace(" ", "")


def test_wrapping_keeps_words_whole_and_marks_what_is_left_out() -> None:
    text = "Construction permit and mobilisation of everything"

    assert wrapped(text, 160, 14, 3)[0] == "Construction permit"
    assert wrapped(text, 160, 14, 2)[1].endswith("…")


@given(texts, texts, st.booleans())
def test_a_card_is_as_wide_as_its_text_needs(name: str, fact: str, milestone: bool) -> None:
    width, height = card_size(Card("a", name, (fact,), milestone))

    assert width > text_width(fact, 12)
    assert width <= max(1.1 * NAME_WIDTH, text_width(fact, 12)) + 60
    assert height > 12 + 14

"""A briefing on paper: two pages and an appendix, letters embedded, nothing beyond the margins."""

import re
import shutil
import subprocess
import zlib
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from answers import policy_answer, same_answer
from PySide6.QtGui import QImage

from approvalsim.briefing import briefing
from approvalsim.briefing_parts import Briefing, Chart, Charts, Grid, Sheet, Words
from approvalsim.errors import ScenarioError
from approvalsim_ui import briefing_pdf, theme
from approvalsim_ui.answer import Answer
from approvalsim_ui.briefing_pieces import TYPES
from approvalsim_ui.report_making import subject_of

in_both = pytest.mark.parametrize("language", ["zh", "en"])


@lru_cache
def told(language: str, answer: Answer | None = None) -> Briefing:
    subject = subject_of(answer or policy_answer(), 365)
    return briefing(subject, language, date(2026, 11, 23))


def dark(image: QImage) -> int:
    """Pixels that somebody has written on."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return int((rows[:, : grey.width()] < 128).sum())


def streams(content: bytes) -> bytes:
    """Everything in the file that is packed, unpacked."""
    found = []
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            found.append(packed)
    return b"\n".join(found)


@in_both
def test_the_file_has_pages_with_letters_of_its_own(language: str) -> None:
    content = briefing_pdf.pdf(told(language))

    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == len(briefing_pdf.pages(told(language)))
    assert len(briefing_pdf.pages(told(language))) > 4
    assert b"/FontFile" in content
    assert b"/ToUnicode" in content
    assert b"beginbfchar" in streams(content) or b"beginbfrange" in streams(content)


@in_both
def test_question_and_answer_stand_on_two_pages(language: str) -> None:
    made = told(language)
    first = [page.placed[0][1] for page in briefing_pdf.pages(made)]
    starts = [sheet.blocks[0].text for sheet in made.sheets]  # type: ignore[union-attr]

    assert first[0].lines == [starts[0]]  # type: ignore[attr-defined]
    assert first[1].lines == [starts[1]]  # type: ignore[attr-defined]
    assert first[2].lines == [starts[2]]  # type: ignore[attr-defined]


@in_both
@pytest.mark.parametrize("answer", [policy_answer, same_answer], ids=["policy", "the same"])
def test_nothing_stands_beyond_the_bottom_of_a_page(language: str, answer: object) -> None:
    for page in briefing_pdf.pages(told(language, answer())):  # type: ignore[operator]
        for top, piece in page.placed:
            assert top + piece.height <= page.room + 1e-6


def test_words_are_really_drawn_and_differ_by_language() -> None:
    pictures = [briefing_pdf.images(told(language), 50)[0] for language in ("zh", "en")]

    assert all(dark(picture) > 2000 for picture in pictures)
    assert pictures[0] != pictures[1]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_chinese_can_be_read_out_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "b.pdf"
    briefing_pdf.write(told("zh"), file)
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True
    ).stdout.decode()

    plain = re.sub(r"\s", "", text)
    for words in ("江海区2022", "不是观察到的", "代价", "全部参数", "环评"):
        assert words in plain
    p80 = policy_answer().comparison.b.times.p80
    assert f"{p80.value:.1f}[{p80.low:.1f},{p80.high:.1f}]" in plain


def test_a_long_table_goes_on_below_its_heads() -> None:
    rows = tuple((f"row {number}", "words " * 30) for number in range(80))
    sheet = Sheet((Words("Title", "heading"), Grid(("a", "b"), rows, widths=(0.3, 0.7))))
    pages = briefing_pdf.pages(Briefing("t", "en", (sheet,), "", {}))

    assert len(pages) > 1
    heads = {id(page.placed[0][1]) for page in pages[1:]}
    assert len(heads) == 1
    drawn = [piece for page in pages for _, piece in page.placed]
    assert len(drawn) == 2 + 80 + len(pages) - 1


def test_a_heading_is_never_the_last_on_its_page() -> None:
    chart = Chart("c", "title", "", 680, 700, ())
    sheet = Sheet((Words("one"), Charts((chart,)), Words("Heading", "heading"), Charts((chart,))))
    first, second = briefing_pdf.pages(Briefing("t", "en", (sheet,), "", {}))

    assert [len(first.placed), len(second.placed)] == [2, 2]


def test_a_page_that_is_a_little_too_full_becomes_smaller() -> None:
    chart = Chart("c", "title", "", 680, 1000, ())
    full = Sheet((Words("one"), Charts((chart,))), one_page=True)
    (page,) = briefing_pdf.pages(Briefing("t", "en", (full,), "", {}))

    assert briefing_pdf._SMALLEST <= page.scale < 1


def test_lines_are_no_wider_than_there_is_room_in_either_language() -> None:
    type_ = TYPES["plain"]
    for words in ("容缺审批与承诺制" * 20, "commitments allowed " * 20, "x" * 300):
        lines = type_.broken(words, 200)
        assert all(type_.width(line) <= 201 for line in lines)
        assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_without_a_chinese_font_it_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "has_chinese_font", lambda: False)
    monkeypatch.setattr(theme, "load_font_package", lambda: False)
    with pytest.raises(ScenarioError) as caught:
        briefing_pdf.pdf(told("zh"))

    assert caught.value.problems[0].sentence == "no_chinese_font"
    assert briefing_pdf.pdf(told("en")).startswith(b"%PDF-")

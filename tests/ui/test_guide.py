"""The user guide says what is there: its names, keys, pictures and figures, in both languages.

After a meant change of the looks draw its pictures anew with

    APPROVALSIM_UPDATE_DOCS=1 .venv/bin/python -m pytest tests/ui/test_guide.py
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QImage, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QMenu,
    QTableView,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot
from windows import finished, shown

from approvalsim import kernel_cache
from approvalsim_ui import language, screenshots
from approvalsim_ui.answering import RunSettings
from approvalsim_ui.date_cells import TODAY
from approvalsim_ui.graph_edits import with_mode
from approvalsim_ui.headline_words import figures, sentence
from approvalsim_ui.language import Language
from approvalsim_ui.main_window import MainWindow
from approvalsim_ui.recovery import Leftover

DOCS = Path(__file__).parents[2] / "docs"
ENDINGS: dict[Language, str] = {"en": "", "zh": ".zh-CN"}
UPDATE = "APPROVALSIM_UPDATE_DOCS"
EXAMPLE = "jianghai-2022"
SIZE = QSize(1280, 800)
LARGEST = 120_000
"""Bytes of a picture."""

in_both = pytest.mark.parametrize("spoken", ["en", "zh"])


def page(spoken: Language) -> str:
    return (DOCS / f"guide{ENDINGS[spoken]}.md").read_text(encoding="utf-8")


def pictures(spoken: Language) -> list[str]:
    """The keys of the pictures, as they come."""
    return re.findall(rf"\]\(images/guide-(\w+){ENDINGS[spoken]}\.png\)", page(spoken))


def picture(key: str, spoken: Language) -> Path:
    return DOCS / "images" / f"guide-{key}{ENDINGS[spoken]}.png"


def keys(spoken: Language) -> dict[str, str]:
    """The table of keys: what each of them is said to do."""
    return dict(re.findall(r"^\| `(.+?)` \| \*\*(.+?)\*\* \|$", page(spoken), re.MULTILINE))


def plain(words: str) -> str:
    """Words without what is only there for the keyboard or for line breaks."""
    words = re.sub(r"\(&\w\)", "", words).replace("&", "")
    words = words.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")
    return " ".join(words.split())


# --- the page itself -----------------------------------------------------------------------------


def test_both_languages_have_the_same_sections_pictures_and_keys() -> None:
    def skeleton(spoken: Language) -> list[str]:
        found = re.findall(r"^(#+|>|\d\.|-) |^!\[.*?guide-(\w+)", page(spoken), re.MULTILINE)
        return [mark or key for mark, key in found]

    assert skeleton("en") == skeleton("zh")
    assert len(re.findall(r"^## ", page("en"), re.MULTILINE)) == 16
    assert list(keys("en")) == list(keys("zh"))
    code = r"`([^`]+)`"
    assert sorted(re.findall(code, page("en"))) == sorted(re.findall(code, page("zh")))


@pytest.mark.skipif(not os.environ.get(UPDATE), reason="only to draw the pictures anew")
def test_pictures_are_drawn_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kernel_cache.warm_up()
    monkeypatch.setattr(screenshots, "THEMES", ("light",))
    screenshots.take(tmp_path, (EXAMPLE,), RunSettings(), (SIZE,))
    for spoken in ENDINGS:
        for key in pictures(spoken):
            drawn = QImage(str(tmp_path / f"{key}-{spoken}-light-1280x800.png"))
            assert in_few_colours(drawn).save(str(picture(key, spoken)), None, 0)


def in_few_colours(drawn: QImage) -> QImage:
    """With one byte a pixel: its 256 most frequent colours, the others as the nearest of them."""
    plain = drawn.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), dtype=np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    table = colours[np.argsort(-counts)][:256]
    few = QImage.Format.Format_Indexed8
    return plain.convertToFormat(few, [int(colour) for colour in table])


@in_both
def test_every_picture_is_there_small_and_shown(spoken: Language) -> None:
    named = pictures(spoken)
    assert named
    assert len(named) == len(set(named)) <= 12
    for key in named:
        assert picture(key, spoken).stat().st_size <= LARGEST, key
        assert QImage(str(picture(key, spoken))).size() == SIZE
    there = {path.name for path in (DOCS / "images").glob("guide-*.png")}
    assert there == {picture(key, each).name for each in ENDINGS for key in pictures(each)}


# --- names and keys ------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = shown(qtbot, 10)
    yield window
    window.close_now()


def all_words(window: MainWindow) -> set[str]:
    """What is written anywhere in a window, tool tips and words for screen readers included."""
    found: set[str] = set()
    for widget in window.findChildren(QWidget):
        found |= {widget.toolTip(), widget.accessibleName()}
        found |= set(_written(widget))
    for action in window.findChildren(QAction):
        found.add(action.text())
    found = {plain(words) for words in found}
    pieces = {piece for words in found for piece in re.split(r" · |: ", words)}
    return found | pieces


def _written(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractButton | QLabel):
        yield widget.text()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(n) for n in range(widget.count()))
    elif isinstance(widget, QTabWidget):
        yield from (widget.tabText(n) for n in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield widget.title()
    elif isinstance(widget, QDockWidget):
        yield widget.windowTitle()
    elif isinstance(widget, QTableView) and (model := widget.model()):
        for column in range(model.columnCount()):
            yield str(model.headerData(column, Qt.Orientation.Horizontal))


def open_everything(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """Every screen, panel and message that the guide speaks of."""
    window.files.open_and_show(EXAMPLE)
    finished(window, qtbot)
    for screen in window.rail.keys:
        window.screens.choose(screen)
    for name in window.panels.docks:
        window.panels.show(name)
    scenario = window.views.graph.scenario
    assert scenario
    window.views.graph.show_scenario(scenario, "commitment")
    window.views.graph.editing.open(("design_review", "construction_permit"))
    qtbot.waitUntil(lambda: window.views.wall_chart.chart is not None, timeout=60_000)
    window.views.go_to(("stage", "eia", "prepare"))
    window.recovery.leftovers = lambda: [Leftover(tmp_path / "copy", scenario, None)]  # type: ignore[method-assign]
    window.messages.tell_leftovers()
    window.start_tour()


@in_both
def test_every_name_in_the_guide_is_in_the_window(
    window: MainWindow, qapp: QApplication, qtbot: QtBot, tmp_path: Path, spoken: Language
) -> None:
    language.use(qapp, spoken)
    open_everything(window, qtbot, tmp_path)
    qtbot.wait(400)  # cards of the library are written a little later
    there = all_words(window)
    names = set(re.findall(r"\*\*(.+?)\*\*", page(spoken))) - {"bold", "加粗"}
    assert len(names) > 60
    assert sorted(name for name in names if plain(name) not in there) == []


@in_both
def test_every_key_does_what_the_guide_says(
    window: MainWindow, qapp: QApplication, spoken: Language
) -> None:
    language.use(qapp, spoken)
    qapp.processEvents()
    portable = QKeySequence.SequenceFormat.PortableText
    there = {
        f"Alt+{number % 10}": window.rail.button(key).text()
        for number, key in enumerate(window.rail.keys, start=1)
    } | {
        action.shortcut().toString(portable): plain(action.text())
        for action in window.commands
        if not action.shortcut().isEmpty()
    }
    assert keys(spoken) == there
    printing = [
        action.shortcut().toString(portable) for action in window.views.wall_chart.actions()
    ]
    mentioned = set(re.findall(r"`((?:Ctrl|Alt)\+[^`]+|F\d+|Esc)`", page(spoken)))
    in_cells = {TODAY.toString(portable)}
    assert mentioned <= set(there) | {*printing} & {"Ctrl+P"} | in_cells


# --- figures -------------------------------------------------------------------------------------


@pytest.fixture
def whole(qtbot: QtBot) -> Iterator[MainWindow]:
    """The example with all its replications, as the guide's reader sees it."""
    assert kernel_cache.warm_up()
    window = shown(qtbot)
    window.session.settings = RunSettings(engine="kernel")
    yield window
    window.close_now()


def follow_the_guide(window: MainWindow, qtbot: QtBot) -> Iterator[str]:
    """Do its tasks one after the other; gives the words and figures that come of it."""
    window.files.open_and_show(EXAMPLE)
    yield from outcome(window, qtbot)
    editing = window.views.stages.editing
    window.screens.choose("stages")
    document = window.session.edited_document
    assert document
    start = document.scenario

    assert editing.enter(("stage", "eia", "prepare", "mode"), 20.0) == ""
    yield from after_a_change(window, qtbot)
    window.screens.choose("policy")
    grades = window.views.policy.grades
    row = [grades.index(n, 0).data() for n in range(grades.rowCount())].index("C")
    promises = [
        plain(str(grades.headerData(n, Qt.Orientation.Horizontal)))
        for n in range(grades.columnCount())
    ].index(plain(grades.tr("Promises")))
    checked = Qt.CheckState.Checked.value
    assert grades.setData(grades.index(row, promises), checked, Qt.ItemDataRole.CheckStateRole)
    yield from after_a_change(window, qtbot)
    window.screens.choose("departments")
    qtbot.mouseClick(window.views.departments.panel.more["housing"], Qt.MouseButton.LeftButton)
    yield from after_a_change(window, qtbot)
    strict = with_mode(document.scenario, "design_review", "construction_permit", "hard")
    document.edit(strict, "strict")  # type: ignore[arg-type]
    yield from after_a_change(window, qtbot)
    assert document.scenario is start
    window.panels.show("check")
    yield from (label.text() for label in window.panels.check.findChildren(QLabel))


def after_a_change(window: MainWindow, qtbot: QtBot) -> Iterator[str]:
    """Compare before with after, read, and undo."""
    finished(window, qtbot)
    window.strip.bar.pairs["changes"].click()
    yield from outcome(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    finished(window, qtbot)


def outcome(window: MainWindow, qtbot: QtBot) -> Iterator[str]:
    """Headline, cards and readings of the charts."""
    answer = finished(window, qtbot)
    assert answer
    assert answer.is_final
    yield sentence(answer)
    yield from (figure.words for figure in figures(answer))
    window.screens.choose("compare")
    for chart in window.views.compare.charts.values():
        chart.show_answer(answer)  # those that nobody sees may wait a moment
        yield chart.reading()
    for stage in answer.b.summary.stages.values():
        yield language.percent(stage.criticality)


@in_both
def test_the_figures_of_the_guide_are_those_of_the_model(
    whole: MainWindow, qapp: QApplication, qtbot: QtBot, spoken: Language
) -> None:
    language.use(qapp, spoken)
    told = [plain(words) for words in follow_the_guide(whole, qtbot)]
    text = page(spoken)
    quoted = re.findall(r"^> (.+)$", text, re.MULTILINE)
    assert len(quoted) == 6
    assert [words for words in quoted if plain(words) not in told] == []
    known = set(re.findall(r"\d+\.\d+|\d+ ?%", " ".join(told)))
    prose = re.sub(r"95 ?%|80 ?%", "", text)
    assert [n for n in re.findall(r"\d+\.\d+|\d+ ?%", prose) if n not in known] == []

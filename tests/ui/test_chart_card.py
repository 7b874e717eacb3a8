"""Cards: chart or table, copies and exports that can be opened again."""

import csv
import io
import re
from pathlib import Path

import pytest
from answers import policy_answer
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from approvalsim_ui import language, theme
from approvalsim_ui.chart_card import ChartCard
from approvalsim_ui.chart_export import SCALE, Page, exported
from approvalsim_ui.curve_chart import CurveChart
from approvalsim_ui.difference_chart import DifferenceChart
from approvalsim_ui.gain_chart import GainChart
from approvalsim_ui.price_chart import PriceChart
from approvalsim_ui.start_rate_chart import StartRateChart

CHARTS = [CurveChart, DifferenceChart, GainChart, StartRateChart, PriceChart]
every_chart = pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.__name__)


def card_of(qtbot: QtBot, kind: type) -> ChartCard:
    chart = kind()
    card = ChartCard(chart, "figures")
    qtbot.addWidget(card)
    chart.show_answer(policy_answer())
    card.resize(640, 460)
    card.show()
    qtbot.waitExposed(card)
    return card


def has_colour(image: QImage, wanted: QColor) -> bool:
    """Whether any pixel has exactly this colour."""
    return any(
        image.pixelColor(x, y) == wanted
        for y in range(0, image.height(), 3)
        for x in range(0, image.width(), 3)
    )


@every_chart
def test_the_table_stands_where_the_chart_was(
    qtbot: QtBot, qtmodeltester: ModelTester, kind: type
) -> None:
    card = card_of(qtbot, kind)
    assert not card.shows_table
    qtbot.mouseClick(card.toggle, Qt.MouseButton.LeftButton)
    assert card.shows_table
    assert card.model.figures == card.chart.figures()
    qtmodeltester.check(card.model)
    qtbot.mouseClick(card.toggle, Qt.MouseButton.LeftButton)
    assert not card.shows_table


def test_a_table_in_front_follows_new_answers(qtbot: QtBot) -> None:
    card = card_of(qtbot, CurveChart)
    card.show_table(True)
    assert isinstance(card.chart, CurveChart)
    card.chart.show_answer(policy_answer(6))
    assert card.model.figures == card.chart.figures()
    assert card.reading.text() == card.chart.reading()


@every_chart
def test_a_picture_is_twice_as_fine_light_and_has_both_colours(
    qtbot: QtBot, qapp: QApplication, kind: type
) -> None:
    theme.apply(qapp, "dark")
    card = card_of(qtbot, kind)
    image = QImage.fromData(QByteArray(exported(card.chart, "png", "note")))
    page = Page(card.chart, "note")
    assert (image.width(), image.height()) == (
        SCALE * page.size.width(),
        SCALE * page.size.height(),
    )
    page.close()
    assert image.pixelColor(4, 4) == theme.LIGHT.panel
    assert has_colour(image, theme.LIGHT.side_b)
    assert not has_colour(image, theme.DARK.panel)


@every_chart
def test_a_drawing_holds_lines_and_letters_and_no_pixels(
    qtbot: QtBot, qapp: QApplication, kind: type
) -> None:
    language.use(qapp, "zh")
    card = card_of(qtbot, kind)
    drawing = exported(card.chart, "svg", "模型的结果")
    renderer = QSvgRenderer(QByteArray(drawing))
    assert renderer.isValid()
    assert renderer.viewBox().width() > 900
    text = drawing.decode()
    assert "模型的结果" in text
    assert "<image" not in text
    assert "sans-serif" in text
    language.use(qapp, "en")


@every_chart
def test_figures_come_back_from_a_csv_file(qtbot: QtBot, tmp_path: Path, kind: type) -> None:
    card = card_of(qtbot, kind)
    target = tmp_path / "figures.csv"
    assert card.save_as(target)
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # or spreadsheets take Chinese for something else
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 1 + len(card.chart.figures().rows)
    assert {len(row) for row in rows} == {len(rows[0])}


def test_a_csv_holds_the_comparison_to_the_last_bit(qtbot: QtBot, tmp_path: Path) -> None:
    card = card_of(qtbot, CurveChart)
    card.save_as(tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Days from signing"]: row for row in csv.DictReader(file)}
    mean = policy_answer().comparison.difference.mean
    row = rows["Mean"]
    assert float(row["Difference B − A"]) == mean.value
    assert float(row["Difference B − A, 95 % from"]) == mean.low
    assert float(row["Difference B − A, 95 % to"]) == mean.high


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_saved_pictures_can_be_opened(qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    card = card_of(qtbot, GainChart)
    target = tmp_path / f"图.{kind}"
    with qtbot.waitSignal(card.saved) as told:
        assert card.save_as(target)
    assert told.args == [str(target)]
    assert str(target) in card.reading.text()
    if kind == "png":
        assert not QImage(str(target)).isNull()
    else:
        assert QSvgRenderer(str(target)).isValid()


def test_what_cannot_be_written_is_said_and_leaves_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    card = card_of(qtbot, GainChart)
    assert not card.save_as(tmp_path / "missing folder" / "x.png")
    assert card.reading.text().startswith("Could not save")
    assert not card.save_as(tmp_path / "x.bmp")
    assert ".png" in card.reading.text()
    assert list(tmp_path.iterdir()) == [tmp_path / "state"] or not list(tmp_path.glob("x*"))


def test_the_dialog_saves_what_is_chosen_and_blocks_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    card = card_of(qtbot, PriceChart)
    dialog = card.ask_where("csv")
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(tmp_path / "price.csv"))
    dialog.close()
    assert (tmp_path / "price.csv").exists()


def test_the_dialog_speaks_chinese_throughout(qtbot: QtBot, qapp: QApplication) -> None:
    language.use(qapp, "zh")
    dialog = card_of(qtbot, PriceChart).ask_where("png")
    labels = [dialog.labelText(part) for part in QFileDialog.DialogLabel]
    assert all(re.search(r"[\u4e00-\u9fff]", words) for words in labels), labels
    dialog.close()


def test_copying_takes_the_picture_or_the_table_whichever_is_seen(qtbot: QtBot) -> None:
    card = card_of(qtbot, CurveChart)
    clipboard = QGuiApplication.clipboard()
    with qtbot.waitActive(card):
        card.activateWindow()
    card.chart.plot.setFocus()
    qtbot.keyClick(card.chart.plot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert not clipboard.image().isNull()
    assert card.reading.text() == "Picture copied."
    card.show_table(True)
    qtbot.mouseClick(card.copy, Qt.MouseButton.LeftButton)
    assert clipboard.text() == card.chart.figures().tsv()


def test_the_sentence_keeps_its_lines_while_its_width_stays(qtbot: QtBot) -> None:
    card = card_of(qtbot, DifferenceChart)
    height = card.reading.height()
    card.reading.show_text("Short.")
    assert card.reading.height() == height
    card.reading.show_text(60 * "long words ")
    assert card.reading.minimumHeight() > height


def test_buttons_have_names_and_can_be_reached_by_keys(qtbot: QtBot) -> None:
    card = card_of(qtbot, CurveChart)
    for button in (card.toggle, card.copy, card.export):
        assert button.accessibleName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    card.toggle.setFocus()
    qtbot.keyClick(card.toggle, Qt.Key.Key_Space)
    assert card.shows_table

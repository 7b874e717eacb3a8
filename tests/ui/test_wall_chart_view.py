"""The wall chart as it is used: choices, zoom, keys, words, table, files, one sheet of paper."""

import csv
import io
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from test_wall_chart import chart, made, portfolio

from approvalsim_ui import language, theme
from approvalsim_ui.wall_chart_axis import HEAD, ticks, units
from approvalsim_ui.wall_chart_canvas import CLOSEST
from approvalsim_ui.wall_chart_legend import entries
from approvalsim_ui.wall_chart_paper import LEAST_TYPE, PAPERS, Paper, fit, write_pdf
from approvalsim_ui.wall_chart_view import WallChartView

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot) -> WallChartView:
    """The small chart: two projects of three stages."""
    return shown(qtbot)


@pytest.fixture
def large(qtbot: QtBot) -> WallChartView:
    """The district's portfolio."""
    made_view = shown(qtbot)
    made_view.show_chart(portfolio())
    return made_view


def shown(qtbot: QtBot) -> WallChartView:
    made_view = WallChartView()
    qtbot.addWidget(made_view)
    made_view.resize(1200, 720)
    made_view.show()
    qtbot.waitExposed(made_view)
    made_view.show_chart(chart())
    made_view.canvas.setFocus()
    return made_view


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, LEFT)


def cells(view: WallChartView) -> list[str]:
    assert view.canvas.picture
    return [" | ".join(filter(None, row)) for row in view.canvas.picture.cells]


def place_of(view: WallChartView, row: int, stage: str) -> QPoint:
    """Inside a bar, on the screen."""
    picture, canvas = view.canvas.picture, view.canvas
    assert picture
    bar = next(bar for bar in picture.rows[row].bars if bar.stage == stage)
    area = picture.bars.area(
        picture.rows[row], bar, canvas.scale, picture._row_area(row), picture.lane
    )
    y = area.center().y() + HEAD - canvas.verticalScrollBar().value()
    return QPoint(round(area.center().x()), round(y))


# --- what is asked and shown ---------------------------------------------------------------------


def test_a_chart_is_asked_for_when_somebody_looks(qtbot: QtBot) -> None:
    view = WallChartView()
    qtbot.addWidget(view)
    asked: list[object] = []
    view.chart_requested.connect(asked.append)
    view.show_answer(chart().answer)
    assert asked == []
    view.show()
    qtbot.waitExposed(view)
    assert len(asked) == 1
    view.show_answer(chart().answer)
    assert len(asked) == 1
    assert view.stack.currentWidget() is view.waiting
    *_, found = asked[0](lambda _: None, lambda _: None)  # type: ignore[operator]
    view.show_chart(found)
    assert view.stack.currentWidget() is view.canvas


def test_it_says_that_it_is_an_estimate(view: WallChartView) -> None:
    assert view.canvas.picture
    assert view.canvas.picture.words.caution() == "Model's estimate, not a record"
    assert "not a record" in view._sheet().caution


def test_rows_are_grouped_as_chosen(qtbot: QtBot, view: WallChartView) -> None:
    assert cells(view)[0] == "p1 | 1 Jan 24 | 12 Jan 24"
    click(qtbot, view.bar.groupings["stages"])
    assert cells(view)[:3] == [
        "p1 | Signing to groundbreaking: 11 d",
        "p1 | land | office",
        "p1 | bank",
    ]
    click(qtbot, view.bar.groupings["departments"])
    assert cells(view)[0] == "office | p1 | land"


def test_a_project_or_a_department_can_be_seen_alone(qtbot: QtBot, view: WallChartView) -> None:
    click(qtbot, view.bar.groupings["stages"])
    view.bar.project.setFocus()
    qtbot.keyClick(view.bar.project, Qt.Key.Key_End)
    assert {row.project for row in view.canvas.picture.rows} == {"p2"}  # type: ignore[union-attr]
    qtbot.keyClick(view.bar.project, Qt.Key.Key_Home)
    view.bar.department.setFocus()
    qtbot.keyClick(view.bar.department, Qt.Key.Key_Down)
    rows = view.canvas.picture.rows  # type: ignore[union-attr]
    assert {row.stage for row in rows} == {"", "land"}


def test_a_new_chart_keeps_what_is_chosen(qtbot: QtBot, large: WallChartView) -> None:
    click(qtbot, large.bar.sides["both"])
    click(qtbot, large.bar.whats["bands"])
    large.bar.project.setCurrentIndex(5)
    chosen = large.bar.choice
    large.show_chart(made(portfolio().answer))
    assert large.bar.choice == chosen
    assert (chosen.sides, chosen.what, chosen.project) == ("both", "bands", "p05")


# --- rows, keys, pointer -------------------------------------------------------------------------


def test_arrows_go_row_by_row_and_tell_each(qtbot: QtBot, view: WallChartView) -> None:
    click(qtbot, view.bar.groupings["stages"])
    view.canvas.setFocus()
    for _ in range(4):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Down)
    assert view.canvas.current == 3
    assert view.reading.text() == (
        "p1 · permit · hall · 6 Jan 2024 to 12 Jan 2024: 6 working days, 6 calendar days;"
        " waited for land"
    )
    assert view.canvas.accessibleDescription() == view.reading.text()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Home)
    assert view.canvas.current == 0
    qtbot.keyClick(view.canvas, Qt.Key.Key_End)
    assert view.canvas.current == 7


def test_a_project_tells_whether_it_keeps_its_target(qtbot: QtBot, view: WallChartView) -> None:
    qtbot.keyClick(view.canvas, Qt.Key.Key_Home)
    assert view.reading.text().endswith("target 9 Jan 2024, 3 days too late")


def test_the_row_in_front_is_always_seen(qtbot: QtBot, large: WallChartView) -> None:
    click(qtbot, large.bar.groupings["stages"])
    large.canvas.setFocus()
    qtbot.keyClick(large.canvas, Qt.Key.Key_End)
    picture, bar = large.canvas.picture, large.canvas.verticalScrollBar()
    assert picture
    body = large.canvas.viewport().height() - HEAD
    assert bar.value() <= picture.tops[-2]
    assert picture.tops[-1] <= bar.value() + body + 1
    qtbot.keyClick(large.canvas, Qt.Key.Key_PageUp)
    assert large.canvas.current < len(picture.rows) - 5


def test_enter_opens_a_project_and_backspace_goes_back(qtbot: QtBot, view: WallChartView) -> None:
    qtbot.keyClick(view.canvas, Qt.Key.Key_End)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    assert (view.bar.choice.project, view.bar.choice.grouping) == ("p2", "stages")
    assert len(view.canvas.picture.rows) == 4  # type: ignore[union-attr]
    qtbot.keyClick(view.canvas, Qt.Key.Key_Backspace)
    assert (view.bar.choice.project, view.bar.choice.grouping) == ("", "projects")


def test_a_double_click_opens_a_project_too(qtbot: QtBot, view: WallChartView) -> None:
    place = QPoint(30, round(HEAD) + 10)
    qtbot.mouseClick(view.canvas.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(view.canvas.viewport(), LEFT, pos=place)
    assert view.bar.choice.project == "p1"


def test_a_bar_that_is_pointed_at_explains_itself(view: WallChartView) -> None:
    said = view.canvas.words_at(QPointF(place_of(view, 0, "land")))
    assert said == (
        "p1 · land · office · 1 Jan 2024 to 6 Jan 2024: 5 working days, 5 calendar days;"
        " begins with signing"
    )
    assert view.canvas.words_at(QPointF(3, 3)) == ""
    assert view.canvas.words_at(QPointF(30, HEAD + 10)).startswith("p1\n")


def test_bands_explain_themselves_as_quantiles(qtbot: QtBot, large: WallChartView) -> None:
    click(qtbot, large.bar.whats["bands"])
    said = large.canvas.words_at(QPointF(place_of(large, 0, "land_supply")))
    assert "P50" in said
    assert "P80" in said
    assert "comes after Filing" in said


# --- zoom ----------------------------------------------------------------------------------------


def turn(view: WallChartView, notches: int, x: float, modifier: Qt.KeyboardModifier) -> None:
    place = QPointF(x, 300)
    event = QWheelEvent(
        place,
        place,
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.canvas.viewport(), event)


def test_ctrl_and_the_wheel_zoom_where_the_pointer_is(large: WallChartView) -> None:
    canvas = large.canvas
    before, x = canvas.per_day, 800.0
    time = canvas.scale.time(x)
    turn(large, 4, x, Qt.KeyboardModifier.ControlModifier)
    assert canvas.per_day > before
    assert canvas.scale.time(x) == pytest.approx(time, abs=1.0)
    turn(large, 100, x, Qt.KeyboardModifier.ControlModifier)
    assert canvas.per_day == CLOSEST


def test_keys_zoom_and_fit(qtbot: QtBot, large: WallChartView) -> None:
    canvas = large.canvas
    canvas.setFocus()
    fitted = canvas.per_day
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.per_day > fitted
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.horizontalScrollBar().value() > 0
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.per_day == pytest.approx(fitted)
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.per_day == pytest.approx(fitted)
    assert canvas.fitted


def test_a_zoom_survives_another_choice(qtbot: QtBot, large: WallChartView) -> None:
    click(qtbot, large.bar.larger)
    zoomed = large.canvas.per_day
    click(qtbot, large.bar.groupings["departments"])
    assert large.canvas.per_day == pytest.approx(zoomed)


def test_only_what_is_seen_is_painted(
    large: WallChartView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    click(qtbot, large.bar.groupings["stages"])
    painted: list[int] = []
    picture = large.canvas.picture
    assert picture
    paint_row = picture._paint_row

    def counted(painter: object, number: int, *rest: object) -> None:
        painted.append(number)
        paint_row(painter, number, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(picture, "_paint_row", counted)
    large.canvas.verticalScrollBar().setValue(3_000)
    large.canvas.viewport().repaint()
    assert len(picture.rows) > 300
    assert 5 < len(set(painted)) < 40


def test_the_axis_counts_what_has_room(view: WallChartView) -> None:
    assert units(10.0) == ("month", "week")
    assert units(2.0) == ("year", "bare month")
    assert units(0.5) == ("year", "quarter")
    first = chart().b.one["p1"].signed
    words = [tick.words for tick in ticks(first, first + 21, "week")]
    assert words == ["1", "8", "15"]  # Mondays


# --- taking it along -----------------------------------------------------------------------------


def test_the_table_twin_holds_every_bar(
    qtbot: QtBot, qtmodeltester: ModelTester, view: WallChartView
) -> None:
    click(qtbot, view.bar.table)
    assert view.stack.currentWidget() is view.table
    assert view.model.rowCount() == 8  # three stages and a milestone for each
    first = [view.model.index(0, n).data() for n in range(view.model.columnCount())]
    assert first == ["B", "p1", "land", "office", "", "1 Jan 2024", "6 Jan 2024", "5.0", "5.0"]
    qtmodeltester.check(view.model)
    click(qtbot, view.bar.whats["bands"])
    assert view.model.columnCount() == 10
    click(qtbot, view.bar.table)
    assert view.stack.currentWidget() is view.canvas


def test_the_table_is_copied(qtbot: QtBot, view: WallChartView) -> None:
    qtbot.keyClick(view.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = QGuiApplication.clipboard().text().splitlines()
    assert len(rows) == 9
    assert rows[1].split("\t")[:4] == ["B", "p1", "land", "office"]
    assert view.reading.text() == "Table copied."


def test_figures_come_back_from_a_csv_file(view: WallChartView, tmp_path: Path) -> None:
    target = tmp_path / "chart.csv"
    assert view.export("csv", str(target))
    text = target.read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows[2]["Stage or milestone"] == "permit"
    assert rows[2]["Begin"] == "2024-01-06"


def test_a_picture_and_a_drawing_are_light_in_any_theme(
    view: WallChartView, qapp: QApplication, tmp_path: Path
) -> None:
    theme.apply(qapp, "dark")
    picture, drawing = tmp_path / "chart.png", tmp_path / "chart.svg"
    assert view.export("png", str(picture))
    assert view.export("svg", str(drawing))
    image = QImage(str(picture))
    assert image.pixelColor(2, image.height() // 2 * 2 - 2) == theme.LIGHT.panel
    text = drawing.read_text(encoding="utf-8")
    assert QSvgRenderer(QByteArray(text.encode())).isValid()
    assert "not a record" in text
    assert "<image" not in text


def test_what_cannot_be_written_is_told(view: WallChartView, tmp_path: Path) -> None:
    assert not view.export("png", str(tmp_path / "nowhere" / "chart.png"))


# --- on paper ------------------------------------------------------------------------------------


def test_printing_is_asked_for_by_key_and_closed_again(qtbot: QtBot, view: WallChartView) -> None:
    qtbot.keyClick(view.canvas, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert view.printing.isVisible()
    assert view.printing.pdf.isEnabled()
    assert view.printing.verdict.text().startswith("A3 landscape: one page")
    click(qtbot, view.printing.close_button)
    assert not view.printing.isVisible()


def test_what_would_be_too_small_is_refused_with_offers(qtbot: QtBot, large: WallChartView) -> None:
    click(qtbot, large.bar.groupings["stages"])
    click(qtbot, large.bar.paper)
    panel = large.printing
    assert not panel.pdf.isEnabled()
    assert "too small" in panel.verdict.text()
    offered = [button.text() for button in panel.offers if button.isVisible()]
    assert [words.split(" (")[0] for words in offered] == ["A0 portrait"]
    click(qtbot, panel.offers[0])
    assert panel.paper == Paper("A0", landscape=False)
    assert panel.pdf.isEnabled()
    click(qtbot, panel.formats["A3"])
    click(qtbot, panel.fewer)
    assert large.bar.choice.grouping == "projects"


def test_the_pdf_goes_where_the_window_says(qtbot: QtBot, view: WallChartView) -> None:
    click(qtbot, view.bar.paper)
    with qtbot.waitSignal(view.export_wanted) as wanted:
        click(qtbot, view.printing.pdf)
    assert wanted.args == ["pdf"]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: f"{p.format}-{p.landscape}")
def test_a_pdf_is_one_page_of_the_paper_chosen(view: WallChartView, paper: Paper) -> None:
    content = write_pdf(view._sheet(), paper)
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") == 1
    millimetres = {"A3": (297, 420), "A2": (420, 594), "A0": (841, 1189)}[paper.format]
    wide, high = (round(each * 72 / 25.4) for each in millimetres)
    if paper.landscape:
        wide, high = high, wide
    box = content.split(b"/MediaBox [", 1)[1].split(b"]", 1)[0].split()
    assert [float(each) for each in box[2:]] == pytest.approx([wide, high], abs=1.5)


def test_letters_of_a_pdf_are_embedded(view: WallChartView, qapp: QApplication) -> None:
    language.use(qapp, "zh")
    content = write_pdf(view._sheet(), Paper())
    assert b"/FontFile" in content
    assert b"/ToUnicode" in content


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext of poppler")
def test_the_words_of_a_pdf_can_be_read(
    large: WallChartView, qapp: QApplication, tmp_path: Path
) -> None:
    if not theme.has_chinese_font():
        pytest.skip("needs a Chinese font")
    language.use(qapp, "zh")
    qapp.processEvents()
    target = tmp_path / "chart.pdf"
    assert large.export("pdf", str(target))
    command = ["pdftotext", "-layout", str(target), "-"]
    read = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    text = unicodedata.normalize("NFKC", read)  # Qt writes radicals for some characters
    for words in ("江海区 2022", "项目01", "土地供应", "20220104", "jianghai-2022"):
        assert words in text, words


def test_few_rows_get_large_type_and_many_small(view: WallChartView, large: WallChartView) -> None:
    few, many = fit(view._sheet(), Paper()), fit(large._sheet(), Paper())
    assert many.points < few.points
    assert few.readable
    assert fit(large._sheet(), Paper("A0", landscape=False)).points > LEAST_TYPE


def test_no_printer_is_told(
    qtbot: QtBot, view: WallChartView, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: [])
    click(qtbot, view.bar.paper)
    click(qtbot, view.printing.printer)
    assert "No printer" in view.reading.text()


# --- words and looks -----------------------------------------------------------------------------


def test_the_legend_names_what_is_there(qtbot: QtBot, large: WallChartView) -> None:
    picture = large.canvas.picture
    assert picture
    legend = entries(picture, ("off", "on"))
    assert [each.number for each in legend if each.number] == list(range(1, 9))
    assert {"signing", "goal", "asked", "holiday"} <= {each.shape for each in legend}
    click(qtbot, large.bar.sides["both"])
    words = [each.words for each in large.legend.legend]
    assert words[0].startswith("A ")
    assert words[1].startswith("B ")


def test_it_follows_language_and_theme(
    qtbot: QtBot, large: WallChartView, qapp: QApplication
) -> None:
    before = large.canvas.viewport().grab().toImage()
    language.use(qapp, "zh")
    qapp.processEvents()
    assert large.canvas.picture
    assert large.canvas.picture.cells[0][0] == "项目01"
    theme.apply(qapp, "dark")
    qapp.processEvents()
    after = large.canvas.viewport().grab().toImage()
    corner = before.width() - 30, before.height() - 5
    assert before.pixelColor(*corner) != after.pixelColor(*corner)


def test_everything_to_press_has_a_name(view: WallChartView) -> None:
    for button in (view.bar.smaller, view.bar.larger, view.bar.fit, view.bar.table, view.bar.copy):
        assert button.accessibleName()
    assert view.canvas.accessibleName() == "Wall chart"
    assert view.bar.project.accessibleName() == "Project"

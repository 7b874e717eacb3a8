"""The Compare screen: all cards show one answer, wishes come out as signals, cards find room."""

from datetime import date

import pytest
from answers import policy_answer, same_answer
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from approvalsim_ui import language
from approvalsim_ui.compare_view import CompareView
from approvalsim_ui.date_chips import DateChips


@pytest.fixture
def view(qtbot: QtBot) -> CompareView:
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(1180, 700)
    view.show_answer(policy_answer())
    view.show()
    qtbot.waitExposed(view)
    qtbot.waitUntil(lambda: all(card.reading.text() for card in view.cards.values()))
    return view


def readings(view: CompareView) -> dict[str, str]:
    return {key: card.reading.text() for key, card in view.cards.items()}


def test_every_card_shows_the_same_answer_and_then_the_next_one(
    view: CompareView, qtbot: QtBot
) -> None:
    before = readings(view)
    view.show_answer(same_answer())
    qtbot.waitUntil(
        lambda: all(text and text != before[key] for key, text in readings(view).items()),
        timeout=5_000,
    )


def test_cards_take_turns_and_those_that_fell_behind_come_first(
    view: CompareView, qtbot: QtBot
) -> None:
    drawn: list[str] = []
    for key, chart in view.charts.items():
        chart.changed.connect(lambda key=key: drawn.append(key))
    seen = [key for key, card in view.cards.items() if view.grid.sees(card)]
    assert len(seen) > 1
    with qtbot.waitSignal(view.charts[seen[0]].changed):  # waits no turn longer
        view.show_answer(same_answer())
        assert not drawn
    assert drawn == seen[:1]
    view.show_answer(policy_answer())
    qtbot.waitUntil(lambda: len(drawn) > len(seen))
    assert drawn[: len(seen) + 1] == [*seen, seen[0]]


def test_cards_that_nobody_sees_wait_until_they_are_seen(view: CompareView, qtbot: QtBot) -> None:
    before = readings(view)
    view.show_answer(same_answer())
    qtbot.waitUntil(lambda: readings(view)["curve"] != before["curve"])
    assert readings(view)["price"] == before["price"]
    view.grid.ensureWidgetVisible(view.cards["price"])
    assert readings(view)["price"] != before["price"]


def test_cards_reflow_with_the_width(view: CompareView) -> None:
    columns = []
    for width in (620, 1180, 2400):
        view.resize(width, 700)
        QApplication.processEvents()
        columns.append(view.grid.columns)
    assert columns == [1, 2, 3]
    assert all(card.isVisible() for card in view.cards.values())


def test_no_card_is_squeezed_below_what_it_needs(view: CompareView, qtbot: QtBot) -> None:
    def has_room() -> bool:
        cards = view.cards.values()
        return all(card.height() >= card.minimumSizeHint().height() for card in cards)

    for size in ((1180, 700), (1920, 1000), (620, 500)):
        view.resize(*size)
        qtbot.waitUntil(has_room, timeout=5_000)


def test_the_target_comes_from_the_field_and_from_the_line(view: CompareView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.target_changed) as told:
        view.target.use.click()
    assert told.args == [365]
    assert "Within 365 days" in view.cards["curve"].reading.text()
    with qtbot.waitSignal(view.target_changed) as told:
        view.target.days.setFocus()
        view.target.days.selectAll()
        qtbot.keyClicks(view.target.days, "200")
        qtbot.keyClick(view.target.days, Qt.Key.Key_Return)
    assert "Within 200 days" in view.cards["curve"].reading.text()
    view.curve.target_changed.emit(250)
    assert view.target.days.value() == 250
    with qtbot.waitSignal(view.target_changed) as told:
        view.target.use.click()
    assert told.args == [None]
    assert "Within" not in view.cards["curve"].reading.text()


def test_chosen_dates_can_be_changed_added_and_taken_away(view: CompareView, qtbot: QtBot) -> None:
    chips = view.dates
    assert chips.dates == (date(2022, 12, 31), date(2023, 12, 31))
    with qtbot.waitSignal(view.dates_changed) as told:
        chips.edits[0].setDate(QDate(2023, 6, 30))
        qtbot.keyClick(chips.edits[0], Qt.Key.Key_Return)
    assert told.args == [(date(2023, 6, 30), date(2023, 12, 31))]
    with qtbot.waitSignal(view.dates_changed) as told:
        qtbot.mouseClick(chips.add, Qt.MouseButton.LeftButton)
    assert told.args == [(date(2023, 6, 30), date(2023, 12, 31), date(2024, 12, 31))]
    with qtbot.waitSignal(view.dates_changed) as told:
        qtbot.mouseClick(chips.removes[1], Qt.MouseButton.LeftButton)
    assert told.args == [(date(2023, 6, 30), date(2024, 12, 31))]


def test_a_typed_date_counts_after_a_pause(view: CompareView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.dates_changed, timeout=5_000) as told:
        view.dates.edits[1].setDate(QDate(2024, 6, 30))
    assert told.args == [(date(2022, 12, 31), date(2024, 6, 30))]


def test_answers_do_not_disturb_a_date_that_is_being_typed(view: CompareView) -> None:
    view.dates.edits[0].setDate(QDate(2023, 6, 30))
    view.show_answer(policy_answer(6))
    assert view.dates.edits[0].date() == QDate(2023, 6, 30)


def test_more_dates_than_fields_are_kept(qtbot: QtBot) -> None:
    chips = DateChips()
    qtbot.addWidget(chips)
    dates = tuple(date(2022, month, 1) for month in range(1, 8))
    chips.show_dates(dates)
    assert chips.dates == dates
    assert not chips.add.isEnabled()
    with qtbot.waitSignal(chips.dates_changed) as told:
        chips.removes[0].click()
    assert told.args == [dates[1:]]


def test_where_there_is_no_date_the_scenarios_first_year_is_offered(qtbot: QtBot) -> None:
    chips = DateChips()
    qtbot.addWidget(chips)
    chips.show_dates((), date(2022, 12, 31))
    with qtbot.waitSignal(chips.dates_changed) as told:
        chips.add.click()
    assert told.args == [(date(2022, 12, 31),)]


@pytest.mark.parametrize(
    ("key", "card"),
    [("p80", "curve"), ("difference", "difference"), ("rate:2022-12-31", "start_rate")],
)
def test_a_figure_of_the_headline_leads_to_its_chart(
    view: CompareView, key: str, card: str
) -> None:
    view.activateWindow()
    view.show_figure(key)
    assert view.cards[card].chart.plot.hasFocus()


def test_files_are_named_after_the_scenario_and_pictures_tell_their_origin(
    view: CompareView,
) -> None:
    card = view.cards["start_rate"]
    assert card.name == "jianghai-2022-start-rate"
    assert "not an observation" in card._note
    assert str(policy_answer().seed) in card._note


def test_the_language_changes_while_it_is_open(view: CompareView, qapp: QApplication) -> None:
    language.use(qapp, "zh")
    QApplication.processEvents()
    assert "2022年12月31日" in view.cards["start_rate"].reading.text()
    assert view.dates.edits[0].text() == "2022年12月31日"
    language.use(qapp, "en")
    QApplication.processEvents()
    assert "31 Dec 2022" in view.cards["start_rate"].reading.text()


def test_tab_leads_through_every_card(view: CompareView, qtbot: QtBot) -> None:
    view.activateWindow()
    view.cards["curve"].toggle.setFocus()
    seen = set()
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.update(key for key, card in view.cards.items() if card.isAncestorOf(focus))
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert seen == set(view.cards)

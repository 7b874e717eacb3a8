"""The headline: the outcome in words, equal to the comparison, and steady while it gets better."""

from dataclasses import replace

import pytest
from answers import policy_answer, provisional, same_answer
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from approvalsim.comparison import Comparison
from approvalsim.estimate import Estimate
from approvalsim_ui import language
from approvalsim_ui.answer import Answer
from approvalsim_ui.compare_words import decimals_of, interval
from approvalsim_ui.explanations import explanation
from approvalsim_ui.headline import Headline
from approvalsim_ui.headline_words import figures, sentence


@pytest.fixture
def strip(qtbot: QtBot) -> Headline:
    strip = Headline()
    qtbot.addWidget(strip)
    strip.resize(1500, 100)
    strip.show_answer(policy_answer())
    strip.show()
    qtbot.waitExposed(strip)
    return strip


def plain(words: str) -> str:
    """Words with ordinary blanks."""
    return words.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")


def with_mean(answer: Answer, mean: Estimate) -> Answer:
    difference = replace(answer.comparison.difference, mean=mean)
    comparison: Comparison = replace(answer.comparison, difference=difference)
    return replace(answer, comparison=comparison)


def test_plain_words_come_first(strip: Headline) -> None:
    answer = policy_answer()
    days = f"{answer.b.summary.times.p80.value:.0f}"
    said = plain(strip.sentence.text())
    assert f"of 10 that reach groundbreaking, 8 do so within {days} days of signing." in said
    assert "standard process (A) needs" in said.replace("S", "s")
    assert "days earlier on average (95 % interval" in said


def test_one_date_of_signing_makes_the_days_a_date() -> None:
    assert " by " in sentence(same_answer())
    assert "2022" in sentence(same_answer())
    assert "A and B do not differ at all." in sentence(same_answer())


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (Estimate(-9.0, -12.0, -8.0), "8.0 – 12.0"),
        (Estimate(9.0, 8.0, 12.0), "8.0 – 12.0"),
        (Estimate(2.0, -1.0, 5.0), "−1.0 – 5.0"),
        (Estimate(-2.0, -5.0, 1.0), "−1.0 – 5.0"),
    ],
)
def test_an_interval_goes_with_the_direction_in_words(estimate: Estimate, words: str) -> None:
    assert plain(interval(estimate)) == words


@pytest.mark.parametrize(
    ("mean", "words"),
    [
        (
            Estimate(-9.94, -12.0, -8.0),
            "B is 9.9 days earlier on average (95 % interval 8.0 – 12.0)",
        ),
        (Estimate(9.94, 8.0, 12.0), "B is 9.9 days later on average (95 % interval 8.0 – 12.0)"),
        (Estimate(-1.0, -3.0, 1.0), "No sure difference"),
        (Estimate(-1.0, -float("inf"), float("inf")), "B is 1.0 days earlier on average."),
        (Estimate(*3 * [float("nan")]), "No project reaches groundbreaking in both"),
    ],
)
def test_the_verdict_says_how_sure_it_is(mean: Estimate, words: str) -> None:
    assert words in plain(sentence(with_mean(policy_answer(), mean)))


def test_figures_equal_the_comparison(strip: Headline) -> None:
    answer = policy_answer()
    shown = [button.figure for button in strip.buttons if button.figure]
    words = {figure.key: plain(figure.words) for figure in shown}
    mean = answer.comparison.difference.mean
    assert f"B {abs(mean.value):.1f} days earlier" in words["difference"]
    assert f"{abs(mean.high):.1f} – {abs(mean.low):.1f}" in words["difference"]
    for key in ("p50", "p80"):
        a, b = (getattr(side.summary.times, key).value for side in (answer.a, answer.b))
        assert words[key].endswith(f": {a:.0f} {b:.0f} days")
    rate = answer.b.summary.start_rates[0]
    assert f"{100 * rate.rate.value:.1f} %" in words[f"rate:{rate.date}"]
    breaches = 100 * answer.comparison.price.breaches.value
    assert f"+{breaches:.2f} breaches" in words["price"]


def test_without_promises_there_is_no_price() -> None:
    price = next(figure for figure in figures(same_answer()) if figure.key == "price")
    assert price.parts[0].words == "none: nothing was promised"


def test_every_figure_can_be_asked_where_it_comes_from(strip: Headline, qtbot: QtBot) -> None:
    for button in strip.buttons:
        assert button.figure is not None
        with qtbot.waitSignal(strip.explain) as told:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert told.args == [button.figure.key]
        assert strip.explanation.isVisible()
        assert "not an observation" in strip.explanation.text.text()
        assert "{" not in strip.explanation.text.text()
        strip.explanation.close()


def test_figures_can_be_asked_by_keys(strip: Headline, qtbot: QtBot) -> None:
    first = strip.buttons[0]
    first.setFocus()
    with qtbot.waitSignal(strip.explain):
        qtbot.keyClick(first, Qt.Key.Key_Space)
    strip.explanation.close()
    assert first.accessibleName() == first.figure.words if first.figure else False


def test_explanations_name_counts_shares_and_intervals() -> None:
    answer = policy_answer()
    rate = answer.a.summary.start_rates[0]
    words = explanation(answer, f"rate:{rate.date}")
    assert f"{rate.started:.1f} of {rate.signed:.1f} signed" in words
    assert f"{answer.a.summary.reach.reached:.1%}".replace("%", " %") in plain(
        explanation(answer, "p80")
    )
    assert f"seed {answer.seed}" in explanation(answer, "price")


def test_how_fresh_it_is_is_said_in_words(strip: Headline, qtbot: QtBot) -> None:
    answer = policy_answer()
    assert strip.state.text() == f"up to date · {answer.replications} replications"
    strip.show_answer(provisional(answer))
    strip.show_progress(60, 120)
    qtbot.waitUntil(lambda: strip.state.text() == "first answer · 60 of 120", timeout=3_000)
    strip.show_stale()
    qtbot.waitUntil(lambda: strip.state.text() == "changed · calculating anew", timeout=3_000)
    strip.show_failure()
    assert strip.state.text().startswith("no answer")
    manifest = replace(answer.manifest, partial=True)
    strip.show_answer(replace(provisional(answer), manifest=manifest))
    assert strip.state.text().startswith("stopped")


def test_what_passes_in_a_moment_is_not_said(strip: Headline) -> None:
    said = strip.state.text()
    for _ in range(5):  # as under a drag
        strip.show_stale()
        strip.show_answer(provisional(policy_answer()))
        assert strip.state.text() == said
        strip.show_answer(policy_answer())
    assert strip.state.text() == said


def test_an_explanation_leads_to_the_chart(strip: Headline, qtbot: QtBot) -> None:
    strip.buttons[0].click()
    with qtbot.waitSignal(strip.chart_wanted) as told:
        strip.explanation.link.click()
    assert told.args == ["difference"]
    assert not strip.explanation.isVisible()


def test_nothing_moves_while_answers_get_better(strip: Headline) -> None:
    QApplication.processEvents()

    def places() -> list[QPoint]:
        moving = (*strip.buttons, strip.sentence, strip.state)
        return [widget.mapTo(strip, QPoint(0, 0)) for widget in moving]

    before, height = places(), strip.sizeHint().height()
    strip.show_stale()
    strip.show_answer(provisional(policy_answer(6)))
    strip.show_progress(5, 10)
    QApplication.processEvents()
    assert places() == before
    strip.show_answer(policy_answer())
    QApplication.processEvents()
    assert places() == before
    assert strip.sizeHint().height() == height


def test_later_start_rates_give_way_where_there_is_no_room(strip: Headline) -> None:
    strip.resize(2_500, 100)  # enough for any font
    QApplication.processEvents()
    assert all(button.isVisible() for button in strip.buttons)
    strip.resize(1_000, 100)
    QApplication.processEvents()
    hidden = [button.figure.key for button in strip.buttons if button.isHidden() and button.figure]
    assert hidden
    assert all(key.startswith("rate:") for key in hidden)
    strip.resize(2_500, 100)
    QApplication.processEvents()
    assert all(button.isVisible() for button in strip.buttons)


def test_before_the_first_answer_it_says_so(qtbot: QtBot) -> None:
    strip = Headline()
    qtbot.addWidget(strip)
    strip.show()
    strip.show_stale()
    assert strip.sentence.text() == "Calculating the first answer…"
    assert strip.buttons == []


def test_it_speaks_the_language_in_use(strip: Headline, qapp: QApplication) -> None:
    language.use(qapp, "zh")
    QApplication.processEvents()
    captions = [button.figure.caption for button in strip.buttons if button.figure]
    assert any("2022年12月31日" in caption for caption in captions)
    language.use(qapp, "en")


@pytest.mark.parametrize(("days", "decimals"), [(99.3, 1), (-1.0, 1), (0.06, 2), (-0.66, 2)])
def test_a_difference_of_less_than_a_day_is_told_from_none(days: float, decimals: int) -> None:
    assert decimals_of(days) == decimals

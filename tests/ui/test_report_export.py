"""The app's briefing: of the answer shown, made beside the window, and told of when it is there."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from answers import policy_answer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from windows import finished, shown

from approvalsim.briefing_page import briefing_page
from approvalsim.report import comparison_figures
from approvalsim_ui import language, report_making
from approvalsim_ui.main_window import MainWindow
from approvalsim_ui.report_making import subject_of, written
from approvalsim_ui.report_order import order_of


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = shown(qtbot, 4)
    yield window
    window.close_now()


def page_of(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    start = text.index('id="result">') + len('id="result">')
    return json.loads(text[start : text.index("</script>", start)])


def opened(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_and_show("single-project")
    assert finished(window, qtbot)


def test_the_command_waits_for_an_answer(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.commands["export_report"].isEnabled()
    opened(window, qtbot)
    assert window.commands["export_report"].isEnabled()


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_the_file_chosen_is_written_and_told_of(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, ending: str
) -> None:
    opened(window, qtbot)
    path = tmp_path / f"briefing.{ending}"
    window.commands["export_report"].trigger()
    (dialog,) = window.findChildren(QFileDialog)

    with qtbot.waitSignal(window.files.saved, timeout=120_000) as saved:
        dialog.filesSelected.emit([str(path)])
        assert "report" in window.banners.shown
    dialog.close()
    qtbot.waitUntil(lambda: "report" not in window.banners.shown, timeout=10_000)

    assert saved.args == [path]
    assert path.stat().st_size > 20_000
    if ending == "html":
        answer = window.session.answer
        assert answer
        figures = comparison_figures(answer.comparison)
        found = page_of(path)
        assert {key: found[key] for key in figures} == figures
        assert found["manifest"]["result_hash"] == answer.manifest.result_hash


def test_it_is_made_beside_the_window(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []

    def told(*arguments: Any) -> str:
        threads.append(threading.current_thread())
        return briefing_page(*arguments)

    monkeypatch.setattr(report_making, "briefing_page", told)
    opened(window, qtbot)
    answer = window.session.answer
    assert answer
    with qtbot.waitSignal(window.files.saved, timeout=120_000):
        window.report.write(answer, tmp_path / "b.html")

    assert threads != [threading.main_thread()]
    assert len(threads) == 1


def test_a_place_that_cannot_be_written_to_is_told_of(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(window, qtbot)
    answer = window.session.answer
    assert answer
    with qtbot.waitSignal(window.files.refused, timeout=120_000):
        window.report.write(answer, tmp_path)
    qtbot.waitUntil(lambda: "report" not in window.banners.shown, timeout=10_000)

    assert not window.report.is_running
    assert "refused" in window.banners.shown


def test_it_can_be_cancelled(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened(window, qtbot)
    answer = window.session.answer
    assert answer
    window.report.write(answer, tmp_path / "b.html")
    window.banners.shown["report"].buttons[0].click()
    qtbot.waitUntil(lambda: not window.report.is_running, timeout=60_000)

    assert not (tmp_path / "b.html").exists()


def test_it_speaks_the_language_of_the_window(qapp: QApplication, tmp_path: Path) -> None:
    language.use(qapp, "zh")
    answer = policy_answer(2)
    order = order_of(answer, 300, tmp_path / "b.html")

    assert list(written(order, lambda _: None)) == [order.path]
    text = order.path.read_text(encoding="utf-8")
    assert "这份简报没有说的" in text
    assert "目标 300 天" in text
    assert "什么影响最大" in text


def test_before_and_after_are_called_so(tmp_path: Path) -> None:
    policy = policy_answer(2)
    assert order_of(policy, None, tmp_path).names is None
    assert subject_of(policy).reform == "commitment"

    changed = replace(policy, one_scenario=False, roles=("before", "after"))
    assert order_of(changed, None, tmp_path).names == ("before", "after")

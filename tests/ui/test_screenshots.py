"""Pictures of every screen, and what they must not show."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from approvalsim_ui import screenshots
from approvalsim_ui.answering import RunSettings


def test_every_screen_is_drawn_in_both_languages_and_themes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshots, "_SETTLING", 20)
    settings = RunSettings(replications=10, engine="simpy")
    size = QSize(1280, 800)
    written = screenshots.take(tmp_path / "shots", ("single-project",), settings, (size,))
    assert sorted(written) == sorted((tmp_path / "shots").glob("*.png"))
    kinds = {tuple(path.stem.split("-")[1:3]) for path in written}
    assert kinds == {("zh", "light"), ("zh", "dark"), ("en", "light"), ("en", "dark")}
    assert len({path.stem.split("-")[0] for path in written}) * 4 == len(written)
    for path in written:
        assert QImage(str(path)).size() == size
    bright = QImage(str(next(p for p in written if p.stem.startswith("compare-zh-light"))))
    dark = QImage(str(next(p for p in written if p.stem.startswith("compare-zh-dark"))))
    assert bright.pixelColor(5, 400).lightness() > 200
    assert dark.pixelColor(5, 400).lightness() < 60

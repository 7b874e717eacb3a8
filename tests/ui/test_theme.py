"""Looks: two themes, every colour readable, icons in the colour of the text."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel

from approvalsim_ui import theme
from approvalsim_ui.theme import DARK, LIGHT, Colours


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [
        v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4
        for v in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("c", [LIGHT, DARK], ids=lambda c: c.theme)
def test_text_can_be_read_on_every_background_it_stands_on(c: Colours) -> None:
    for text in (c.text, c.muted):
        for ground in (c.window, c.panel, c.raised):
            assert contrast(text, ground) >= 4.5
    for name in ("side_a", "side_b", "good", "warn", "bad"):
        assert contrast(c.text, getattr(c, f"{name}_soft")) >= 4.5
        assert contrast(getattr(c, name), c.panel) >= 3.5
    assert contrast(c.selection_text, c.selection) >= 4.5
    for colour in (c.link, c.critical):
        assert contrast(colour, c.panel) >= 4.5
    for colour in c.departments:
        assert contrast(colour, c.panel) >= 2.4


def test_departments_beyond_the_palette_begin_it_anew_and_none_is_grey() -> None:
    count = len(LIGHT.departments)
    assert LIGHT.department(count) == LIGHT.department(0)
    assert LIGHT.department(None) == LIGHT.muted


def test_a_theme_reaches_the_palette_and_the_roles(qapp: QApplication) -> None:
    label = QLabel("x")
    theme.set_role(label, "muted")
    for name in ("dark", "light"):
        theme.apply(qapp, name)  # type: ignore[arg-type]
        assert theme.current() == name
        assert qapp.palette().window().color() == theme.colours().window
        label.ensurePolished()
        assert label.palette().windowText().color() == theme.colours().muted


def test_icons_take_the_colour_of_the_text(qapp: QApplication) -> None:
    names = sorted(file.stem for file in (theme.RESOURCES / "icons").glob("*.svg"))
    assert names
    for chosen in ("light", "dark"):
        theme.apply(qapp, chosen)  # type: ignore[arg-type]
        for name in names:
            image = theme.icon(name).pixmap(32).toImage()
            shades = {
                image.pixelColor(x, y).name()
                for x in range(image.width())
                for y in range(image.height())
                if image.pixelColor(x, y).alpha() == 255
            }
            assert theme.colours().text.name() in shades, name


def test_text_is_never_too_small(qapp: QApplication) -> None:
    assert qapp.font().pointSizeF() >= 10.5

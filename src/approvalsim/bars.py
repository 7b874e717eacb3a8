"""Bars to both sides of a middle line: characters on a terminal, a drawing on a page."""

_HALF = 10
"""Characters to each side of the middle."""


class Bar(str):
    """A bar as a table's cell: its text for terminals; its ends, from -1 to 1, for drawings."""

    __slots__ = ("high", "low")
    low: float
    high: float

    def __new__(cls, low: float, high: float) -> "Bar":
        """The bar whose low end of an input leads to ``low``, the high end to ``high``."""
        bar = super().__new__(cls, _text(low, high))
        bar.low, bar.high = low, high
        return bar

    def svg(self) -> str:
        """The bar as part of an HTML page; colours come from the page's style."""
        parts = sorted((("low", self.low), ("high", self.high)), key=lambda part: -abs(part[1]))
        drawn = "".join(
            f'<rect class="{name}" x="{min(end, 0.0) * 50 + 50:.1f}" y="1" height="8"'
            f' width="{abs(end) * 50:.1f}"/>'
            for name, end in parts
        )
        line = '<line x1="50" x2="50" y1="0" y2="10"/>'
        return f'<svg class="bar" viewBox="0 0 100 10" aria-hidden="true">{drawn}{line}</svg>'


def _text(low: float, high: float) -> str:
    """The longer end first, so that the shorter is seen in front where both go the same way."""
    cells = ["·"] * (2 * _HALF)
    for end, sign in sorted(((low, "▓"), (high, "█")), key=lambda part: -abs(part[0])):
        length = min(round(abs(end) * _HALF), _HALF)
        first = _HALF if end > 0 else _HALF - length
        cells[first : first + length] = [sign] * length
    return "".join(cells[:_HALF]) + "│" + "".join(cells[_HALF:])

"""What is asked before the wall chart is printed: the paper; and whether it can be read then."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from approvalsim_ui import language, theme
from approvalsim_ui.wall_chart_paper import FORMATS, LEAST_TYPE, PAPERS, Fit, Format, Paper
from approvalsim_ui.wall_chart_rows import Grouping
from approvalsim_ui.wall_chart_words import translate

_OFFERS = 3
"""Papers offered at most."""


class PrintPanel(QFrame):
    """Chooses a paper; says how large type becomes, and offers what would be better."""

    pdf_wanted = Signal()
    print_wanted = Signal()
    fewer_rows_wanted = Signal()
    """One row a project instead of one a stage."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fit: Callable[[Paper], Fit] | None = None
        self._grouping: Grouping = "projects"
        self._offered: tuple[Paper, ...] = ()
        self.formats = {format_: QPushButton(format_) for format_ in FORMATS}
        self.ways = {wide: QPushButton() for wide in (True, False)}
        self.paper_label, self.verdict = QLabel(), QLabel(wordWrap=True)
        self.pdf, self.printer, self.close_button = QPushButton(), QPushButton(), QPushButton()
        self.offers = [QPushButton() for _ in range(_OFFERS)]
        self.fewer = QPushButton()
        self._lay_out()
        self.formats["A3"].setChecked(True)
        self.ways[True].setChecked(True)
        for button in (*self.formats.values(), *self.ways.values()):
            button.clicked.connect(self.judge)
        self.pdf.clicked.connect(self.pdf_wanted)
        self.printer.clicked.connect(self.print_wanted)
        self.close_button.clicked.connect(self.closed)
        self.fewer.clicked.connect(self.fewer_rows_wanted)
        for number, offer in enumerate(self.offers):
            offer.clicked.connect(lambda _=False, number=number: self._take(number))
        self.retranslate()

    def _lay_out(self) -> None:
        theme.set_role(self, "card")
        theme.set_role(self.pdf, "primary")
        theme.set_role(self.close_button, "flat")
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self.paper_label)
        for group in (self.formats, self.ways):
            exclusive = QButtonGroup(self, exclusive=True)
            for button in group.values():
                button.setCheckable(True)
                theme.set_role(button, "chip")
                exclusive.addButton(button)
                upper.addWidget(button)
            upper.addSpacing(10)
        upper.addStretch(1)
        for button in (self.pdf, self.printer, self.close_button):
            upper.addWidget(button)
        lower.addWidget(self.verdict, 1)
        for button in (*self.offers, self.fewer):
            lower.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addLayout(upper)
        column.addLayout(lower)

    @property
    def paper(self) -> Paper:
        """The paper chosen."""
        format_: Format = next(f for f, button in self.formats.items() if button.isChecked())
        return Paper(format_, self.ways[True].isChecked())

    def show_fits(self, fit: Callable[[Paper], Fit] | None, grouping: Grouping) -> None:
        """Judge papers by this from now on; None where there is nothing to print."""
        self._fit, self._grouping = fit, grouping
        if self.isVisible() or fit is None:
            self.judge()

    def judge(self) -> None:
        """Say how large type becomes on the paper chosen."""
        fit = self._fit
        self._allow(False)
        self._offer(())
        if fit is None:
            self.verdict.setText("")
            return
        found = fit(self.paper)
        words = {
            "paper": self._name(self.paper),
            "points": language.number(found.points, 1),
            "least": language.number(LEAST_TYPE, 0),
        }
        if found.readable:
            said = translate("WallPrint", "{paper}: one page, the smallest type is {points} pt.")
            theme.set_role(self.verdict, "good")
            self._allow(True)
        else:
            said = translate(
                "WallPrint",
                "{paper}: type would be {points} pt, too small to read (at least {least} pt)."
                " Take a larger paper or fewer rows: choose a project or a department.",
            )
            theme.set_role(self.verdict, "warn")
            self._offer([(p, f) for p in PAPERS if (f := fit(p)).readable][:_OFFERS])
        self.verdict.setText(said.format(**words))

    def _allow(self, allowed: bool) -> None:
        """What cannot be read is not printed."""
        self.pdf.setEnabled(allowed)
        self.printer.setEnabled(allowed)
        theme.set_role(self.pdf, "primary" if allowed else "flat")

    def _offer(self, papers: Sequence[tuple[Paper, Fit]]) -> None:
        self._offered = tuple(paper for paper, _ in papers)
        for button in self.offers:
            button.hide()
        for button, (paper, found) in zip(self.offers, papers, strict=False):
            said = translate("WallPrint", "{paper} ({points} pt)")
            points = language.number(found.points, 1)
            button.setText(said.format(paper=self._name(paper), points=points))
            button.show()
        readable = self._fit is not None and self._fit(self.paper).readable
        self.fewer.setVisible(
            self._fit is not None and not readable and self._grouping != "projects"
        )

    def _take(self, number: int) -> None:
        paper = self._offered[number]
        self.formats[paper.format].setChecked(True)
        self.ways[paper.landscape].setChecked(True)
        self.judge()

    def _name(self, paper: Paper) -> str:
        way = self.ways[paper.landscape].text()
        return translate("WallPrint", "{format} {way}").format(format=paper.format, way=way)

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.paper_label.setText(translate("WallPrint", "Paper"))
        self.ways[True].setText(translate("WallPrint", "landscape"))
        self.ways[False].setText(translate("WallPrint", "portrait"))
        self.pdf.setText(translate("WallPrint", "Save PDF…"))
        self.printer.setText(translate("WallPrint", "Print…"))
        self.close_button.setText(translate("WallPrint", "Close"))
        self.fewer.setText(translate("WallPrint", "One row a project"))
        self.setAccessibleName(translate("WallPrint", "Print"))
        if self.isVisible():
            self.judge()

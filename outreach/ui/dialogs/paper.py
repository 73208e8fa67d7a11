"""Paper for parcels, looked at before it is printed: labels, packing slips, note cards."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.paper.labels import Placing
from outreach.paper.pages import Painted, look_through, preview, print_pages, write_pdf
from outreach.services.drafting.senders import sender
from outreach.services.shipments.labels import PAGES, load_sheets, paper_of, sheet
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paperwork import PaperOrder, made, warnings
from outreach.ui.widgets.basics import Button, Label, column, line
from outreach.ui.widgets.basics import Painted as PaintedLabel
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.forms import FieldSpec, Form

#: The picture of a page: its width, and the most height it takes, in pixels at normal text size.
_WIDE, _HIGH = 300, 410
#: So far can everything be moved, in millimetres.
_MOST_NUDGE = 20.0
_MOST_TOLD = 4


class PaperDialog(Dialog):
    """How it is printed, and the pages as they will come out of the printer."""

    def __init__(self, desk: Desk, parent: QWidget, order: PaperOrder) -> None:
        self._desk = desk
        self._order = order
        self._kept = QSettings(str(desk.home / "window.ini"), QSettings.Format.IniFormat)
        self._page, self._asked = 0, 0
        self._image: QImage | None = None
        say, theme = desk.say, desk.theme
        self.form = Form(theme, self._fields(), self._values())
        self._picture = PaintedLabel(theme, self._paint, _HIGH, _WIDE, words=say("Preview"))
        self._earlier = Button(theme, "", "ghost", "chevron-left")
        self._later = Button(theme, "", "ghost", "chevron-right")
        for button, name in ((self._earlier, say("Page before")), (self._later, say("Next page"))):
            button.setAccessibleName(name)
            button.setToolTip(name)
        self._which = Label(theme, "", "small", "ink3")
        self._told = Paragraph(theme, "", "small", "warn")
        left, right, body = QWidget(), QWidget(), QWidget()
        left.setLayout(column(self.form, 12, self._told, None))
        right.setLayout(column(self._picture, 6, line(None, self._earlier, self._which, self._later, None)))
        row = line(left, right, spacing=24)
        row.setStretch(0, 1)
        body.setLayout(row)
        cancel, save = Button(theme, say("Cancel")), Button(theme, say("Save as PDF"), "default", "download")
        self.go = Button(theme, say("Print"), "primary", "printer", "Enter")
        self.save = save
        self._title = title = {"labels": say("Labels"), "slips": say("Packing slips"), "cards": say("Note cards")}[
            order.kind
        ]
        number = desk.words.trn("{number} parcel", "{number} parcels", len(order.parcels))
        super().__init__(theme, parent, title, number, body, cancel, save, self.go, width=740)
        cancel.clicked.connect(self.close_overlay)
        save.clicked.connect(self._save)
        self.go.clicked.connect(self._print)
        self._earlier.clicked.connect(lambda: self._turn(-1))
        self._later.clicked.connect(lambda: self._turn(1))
        self.form.left.connect(lambda *_: self._changed())
        self._file = {"labels": "labels.pdf", "slips": "slips.pdf", "cards": "cards.pdf"}[order.kind]
        self.go.setFocus()
        self._look()

    def _fields(self) -> list[FieldSpec]:
        say, order = self._desk.say, self._order
        if order.kind == "slips":
            return [FieldSpec("sheet", say("Paper"), choices=[(each, each) for each in PAGES], wide=True)]
        kind = "cards" if order.kind == "cards" else "labels"
        sheets = [(each.id, self._desk.words.named(each.name, "sheet")) for each in load_sheets(kind).values()]
        bars = [FieldSpec("bars", say("Bar code"), choices=[("", say("None")), ("yes", say("Each parcel’s number"))],
                          wide=True)]  # fmt: skip
        return [
            FieldSpec("sheet", say("Sheet"), choices=sheets, wide=True),
            FieldSpec("start", say("First free label"), "1", check=self._is_start),
            FieldSpec("outlines", say("Test print"), choices=[("", say("No")), ("yes", say("With outlines"))]),
            FieldSpec("right", say("Move right, in mm"), "0", check=self._is_nudge),
            FieldSpec("down", say("Move down, in mm"), "0", check=self._is_nudge),
            *(bars if order.kind == "labels" else []),
        ]

    def _values(self) -> dict[str, str]:
        """As it was ordered, and moved as the printer needed it last time."""
        order, kind = self._order, "cards" if self._order.kind == "cards" else "labels"
        paper = paper_of(sender().country)
        if order.kind == "slips":
            return {"sheet": order.sheet or paper}
        usual = ("a6" if paper == "A4" else "quarter") if kind == "cards" else "L7163"
        return {
            "sheet": sheet(order.sheet or usual, kind).id, "start": str(order.placing.start),
            "right": str(self._kept.value("paper/right", "") or ""),
            "down": str(self._kept.value("paper/down", "") or ""), "bars": "yes" if order.bars else "",
        }  # fmt: skip

    def _is_start(self, text: str) -> str:
        chosen = self.form.values()["sheet"]
        most = sheet(chosen, "cards" if self._order.kind == "cards" else "labels").per_page
        is_right = not text or (text.isdecimal() and 1 <= int(text) <= most)
        return "" if is_right else self._desk.say("A number from 1 to {most}", most=most)

    def _is_nudge(self, text: str) -> str:
        number = _millimetres(text)
        is_right = number is not None and abs(number) <= _MOST_NUDGE
        return "" if is_right else self._desk.say("A number of millimetres, like 0.5 or -1")

    @property
    def wanted(self) -> PaperOrder:
        """What is chosen."""
        values = self.form.values()
        if self._order.kind == "slips":
            return replace(self._order, sheet=values["sheet"])
        nudge = _millimetres(values["right"]) or 0.0, _millimetres(values["down"]) or 0.0
        placing = Placing(int(values["start"] or 1), nudge, outlines=values["outlines"] == "yes")
        return replace(self._order, sheet=values["sheet"], placing=placing, bars=values.get("bars") == "yes")

    def _changed(self) -> None:
        if self.form.check():
            values = self.form.values()
            for key in ("right", "down"):
                if key in values:
                    self._kept.setValue(f"paper/{key}", values[key])
            self._page = 0
            self._look()

    def _turn(self, by: int) -> None:
        self._page = max(0, self._page + by)
        self._look()

    def _look(self) -> None:
        """Paint the page that is looked at, and look the others through, beside the window's thread."""
        self._asked += 1
        asked, order, page, desk = self._asked, self.wanted, self._page, self._desk
        ratio = self.devicePixelRatioF()
        width = round(desk.theme.px(_WIDE) * ratio)

        def work() -> tuple[QImage, int, int, list[str]] | KnownError:
            try:
                pages, names = made(desk.words, desk.store, order)
                number = min(page, pages.count - 1)
                image = preview(pages, number, width)
                told = warnings(desk.words, order.kind, look_through(made(desk.words, desk.store, order)[0]), names)
                return image, number, pages.count, told
            except KnownError as error:
                return error

        def show(found: Any) -> None:
            if not isValid(self) or asked != self._asked:
                return
            if isinstance(found, KnownError):
                self.show_trouble(desk.sentence(found))
                return
            image, self._page, count, told = found
            image.setDevicePixelRatio(ratio)
            self._show(image, count, told)

        desk.runner.later(work, show)

    def _show(self, image: QImage, count: int, told: list[str]) -> None:
        say = self._desk.say
        self._image = image
        shown = say("Page {page} of {pages}", page=self._page + 1, pages=count)
        self._which.setText(shown)
        self._picture.setAccessibleName(shown)
        self._picture.update()
        self._earlier.setEnabled(self._page > 0)
        self._later.setEnabled(self._page + 1 < count)
        more = len(told) - _MOST_TOLD
        rest = [self._desk.words.trn("And {number} more.", "And {number} more.", more)] if more > 0 else []
        self._told.set_text("\n".join([*told[:_MOST_TOLD], *rest]))
        self.show_trouble("")

    def _paint(self, canvas: Canvas, width: float, height: float) -> None:
        canvas.rounded(QRectF(0, 0, width, height), 6, "inset")
        if self._image is None:
            return
        size = self._image.deviceIndependentSize().scaled(width - 16, height - 16, Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((width - size.width()) / 2, (height - size.height()) / 2, size.width(), size.height())
        canvas.fill(place.adjusted(-1, -1, 1, 1), "line2")
        with canvas.upright(place.left(), place.width()):
            canvas.painter.drawImage(place, self._image)

    # The ways on.

    def _print(self) -> None:
        desk, order = self._desk, self.wanted
        printer = desk.files.to_print(self, self._title) if self.form.check() else None
        if printer is None:
            return
        words = desk.words
        self._run(Job("Printing"), lambda store, job: print_pages(printer, made(words, store, order)[0], job),
                  lambda pages: words.trn("Printed {number} page", "Printed {number} pages", pages), None)  # fmt: skip

    def _save(self) -> None:
        desk, order = self._desk, self.wanted
        path = desk.files.to_save(self, desk.say("Save as PDF"), self._file) if self.form.check() else None
        if path is None:
            return
        words = desk.words
        self._run(Job("Painting"), lambda store, job: write_pdf(path, made(words, store, order)[0], job),
                  lambda pages: words.trn("Painted {number} page", "Painted {number} pages", pages), path)  # fmt: skip

    def _run(
        self, job: Job, work: Callable[[Store, Job], Painted], told: Callable[[int], str], path: Path | None
    ) -> None:
        desk, done = self._desk, self._order.done

        def ended(painted: Painted) -> None:
            desk.tell(told(painted.pages))
            if path is not None:
                desk.files.show(path)
            done()

        desk.runner.run(job, work, then=ended)
        self.close_overlay()


def _millimetres(text: str) -> float | None:
    """What was typed as a number, with a point or a comma; none is nothing."""
    try:
        return float(text.replace(",", ".").replace("−", "-") or 0)
    except ValueError:
        return None

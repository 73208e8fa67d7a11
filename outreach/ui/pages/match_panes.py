"""The panes beside a match: the title and whom to include; why one person fits."""

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from outreach.services.matching import Exclusion, Fit, Wishes
from outreach.services.pages.match import MatchTitle
from outreach.services.pages.people import PersonLine
from outreach.services.pages.person import Quote, Said
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.dialogs.chooser import Chooser
from outreach.ui.pages.match_dials import Dials
from outreach.ui.pages.match_why import Minded, WhyRows
from outreach.ui.paint.canvas import Canvas, visual
from outreach.ui.paint.cells import badge
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar
from outreach.ui.widgets.basics import LINK_ROOM, Button, Label, Painted, Rule, column, line
from outreach.ui.widgets.fields import Choice, Field
from outreach.ui.widgets.flow import Paragraph, QuoteCard, TextLines
from outreach.ui.widgets.lists import SidePane, clear_layout
from outreach.wording import Words

#: Where the words beside the cover begin.
_BESIDE_COVER = 88
#: So many of those who are never shown are named; the command names all.
_NAMED = 200


class TitlePane(SidePane):
    """The title, how it is given, whom to include, who is never shown.

    Signals:
        changed: Another title was chosen: its id.
        filtered: Others of those who fit are to be shown.
        wished: Something else matters, so that everybody is to be matched anew.
        edition_chosen: Another copy is to be given.
        beside_asked: Whoever stands beside the list is to be shown.
    """

    changed = Signal(int)
    filtered = Signal()
    wished = Signal()
    edition_chosen = Signal()
    beside_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, 296, bleed=LINK_ROOM, margins=(24, 15, 22, 18))
        self._desk = desk
        self._title: MatchTitle | None = None
        self.set_corners(9, 0, 0, 9)
        theme, say = desk.theme, desk.say
        self._head = Painted(theme, self._paint_head, 118)
        self._change = Button(theme, say("Change title"), "link", height=24)
        self._editions = Choice(say("Which copy"))
        self._campaign = Field(theme, say("Leave empty for none"))
        self._campaign.setAccessibleName(say("Campaign"))
        self.with_off_social = QCheckBox(say("Off-social voices"))
        self.with_unread = QCheckBox(say("People with books unread"))
        self.with_asked = QCheckBox(say("Asked in the last 60 days"))
        self.dials = Dials(desk)
        self._never = Paragraph(theme, "", "small", "ink2")
        self._never_head = Label(theme, say("Never shown"), "h3")
        self._who = Button(theme, say("Who, and why"), "link", height=24)
        self._who.setCheckable(True)
        self._excluded: Sequence[Exclusion] = ()
        beside = say("Unexpected fits, and pairs")
        self._beside = Button(theme, beside, "default", "sprout", key_of("beside"), height=28)
        self._beside.setToolTip(say("Who shares its mood and not its genre, and who could read it together"))
        note = Label(theme, say("Follower count is not used"), "small", "ink3")
        info = Painted(theme, lambda canvas, _, high: canvas.icon("info", 0, high / 2, 14, "ink3"), 20, 18)
        self.add(
            Label(theme, say("Who should get this?"), "h1", wrap=True), 14, self._head, 18,
            Label(theme, say("Which copy"), "smallm", "ink2"), 4, self._editions, 10,
            Label(theme, say("Campaign"), "smallm", "ink2"), 4, self._campaign, 18,
            Label(theme, say("What matters"), "h3"), 4, self.dials, 18,
            Label(theme, say("Include"), "h3"), 2, self.with_off_social, 4, self.with_unread, 4, self.with_asked, 14,
            line(self._beside, None), 18, self._never_head, 4, self._never, self._who,
            bleeding=(self._who,),
        )  # fmt: skip
        self.content.addStretch(1)
        # It stays in sight, however much there is to scroll.
        self.keep_below(column(Rule(theme), 9, line(info, note, None)))
        self._change.setParent(self._head)
        self._connect()

    def _connect(self) -> None:
        self._change.clicked.connect(self._choose)
        self._theme.changed.connect(self._place_change)  # other words, other room
        self._editions.currentIndexChanged.connect(lambda _: self.edition_chosen.emit())
        for box in (self.with_off_social, self.with_unread):
            box.setChecked(True)
            box.toggled.connect(lambda _: self.filtered.emit())
        self.with_asked.toggled.connect(lambda _: self.wished.emit())
        self.dials.turned.connect(self.wished)
        self._beside.clicked.connect(self.beside_asked)
        self._who.toggled.connect(lambda _: self._tell_never())

    def _place_change(self) -> None:
        self._change.adjustSize()
        place = QPoint(_BESIDE_COVER - LINK_ROOM, self._theme.px(92))
        self._change.setGeometry(visual(self._head, QRect(place, self._change.size())))

    def show_title(self, title: MatchTitle) -> None:
        """Show a title; what was chosen for the same one stays."""
        is_same = self._title is not None and self._title.detail.id == title.detail.id
        kept = self.edition_id() if is_same else None
        self._title = title
        values = title.detail.values
        self._head.setAccessibleName(f"{values['title']}, {values['author']}")
        self._head.update()
        self._place_change()
        self._editions.blockSignals(True)
        self._editions.clear()
        for each in title.editions:
            left = max(0, each.copies - each.promised)
            word = self._desk.words.term("format", each.format)
            self._editions.addItem(self._desk.say("{format}, {left} left", format=word, left=left), each.id)
        self._editions.addItem(self._desk.say("Not decided"), None)
        at = self._editions.findData(kept)
        self._editions.setCurrentIndex(max(0, at) if is_same else 0)
        self._editions.blockSignals(False)
        if not is_same:
            self._campaign.setText(title.campaign or values["title"])
            self._campaign.setCursorPosition(0)

    def wishes(self) -> Wishes:
        """What matters, and whom to include."""
        return Wishes(self.dials.settings(), self.with_asked.isChecked())

    def show_never(self, excluded: Sequence[Exclusion]) -> None:
        """Say how many are never shown and why, and name them where that is asked for."""
        self._excluded = excluded
        self._never_head.setVisible(bool(excluded))
        self._who.setVisible(bool(excluded))
        self._tell_never()

    def _tell_never(self) -> None:
        words = self._desk.words
        count = Counter(map(attrgetter("reason.code"), self._excluded))
        told = [words.count(f"never.{code}", number) for code, number in count.most_common()]
        if self._who.isChecked():
            told = [
                words.tr("{name}: {reason}", name=each.name, reason=words.reason(each.reason.code, each.reason.facts))
                for each in self._excluded[:_NAMED]
            ]
        self._never.set_text("\n".join(told))

    def campaign(self) -> str:
        """The campaign that gifts are planned for."""
        return self._campaign.text().strip()

    def edition_id(self) -> int | None:
        """The copy that is given, or None where it is not decided."""
        found = self._editions.currentData()
        return int(found) if found is not None else None

    def copies_left(self) -> int | None:
        """How many of those copies are left, or None where it is not decided."""
        chosen = self.edition_id()
        editions = self._title.editions if self._title else ()
        return next((max(0, each.copies - each.promised) for each in editions if each.id == chosen), None)

    def _choose(self) -> None:
        ground = self.window().findChild(QWidget, "ground")
        if isinstance(ground, QWidget):
            Chooser(self._desk, ground, "title", lambda item_id, _: self.changed.emit(item_id))

    def _paint_head(self, canvas: Canvas, width: float, _height: float) -> None:
        title = self._title
        if title is None:
            return
        values, is_book = title.detail.values, title.detail.kind == "book"
        cover(canvas, 0, 0, 74, title.detail.id, values["title"], is_book=is_book)
        lines = TextLines(canvas.theme, values["title"], "titleb" if is_book else "h2", width - 88, 2)
        lines.paint(canvas, 88, 0, "ink")
        middle = lines.height + canvas.px(9)
        if values["author"]:
            canvas.text(88, middle, values["author"], "small", "ink2", width=width - 88)
            middle += canvas.px(18)
        canvas.text(88, middle, self._desk.words.day(values["pub_date"]), "small", "ink3", width=width - 88)


class FitPane(SidePane):
    """Why one person fits: reasons with their weight, her own words, what to mind.

    Signals:
        suiting_asked: What else would suit her is to be shown.
    """

    suiting_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, 306, ground="sheet", bleed=LINK_ROOM, margins=(22, 18, 22, 12))
        self._desk = desk
        self._fit: Fit | None = None
        self._line: PersonLine | None = None
        theme, say = desk.theme, desk.say
        self._head = Painted(theme, self._paint_head, 44)
        self._rests = Paragraph(theme, "", "body", "ink2")
        self._notes = Paragraph(theme, "", "body", "ink2", most=6)
        self._why = WhyRows(desk)
        self._words_head = Label(theme, say("In their words"), "h3")
        self._quotes = column(spacing=8)
        self._mind_head = Label(theme, say("Worth knowing"), "h3")
        self._mind = Minded(theme)
        self._open = Button(theme, say("Open profile"), "link", height=24)
        self._open.clicked.connect(self._go)
        self._suiting = Button(theme, say("What else suits them"), "link", key=key_of("match"),
                               height=24)  # fmt: skip
        self._suiting.setToolTip(say("Titles that suit them, and who reads alike"))
        self._suiting.clicked.connect(self.suiting_asked)
        self.add(
            self._head, 10, self._rests, 8, self._notes, 16, Label(theme, say("Why"), "h3"), 4, self._why,
            12, self._words_head, 8, self._quotes, 18, self._mind_head, 4, self._mind, 14, self._suiting, 2, self._open,
            bleeding=(self._suiting, self._open),
        )  # fmt: skip
        self.content.addStretch(1)
        for each in (self._suiting, self._open):
            self.content.setAlignment(each, Qt.AlignmentFlag.AlignLeft)

    def show_fit(self, fit: Fit | None, line_: PersonLine | None, said: Said | None, missed: str = "") -> None:
        """Show why someone fits, and what is told of her; or nothing."""
        self._fit, self._line = fit, line_
        self.body.setVisible(said is not None)
        if fit is None or said is None:
            return
        words = self._desk.words
        self._head.set_paint(self._paint_head, f"{fit.name}, {words.term('band', fit.band)}")
        self._rests.set_text(rests_on(words, fit))
        self._notes.set_text(said.notes)
        self._why.set_fit(fit)
        mind = [("info", words.reason(each.code, each.facts), "warn") for each in fit.cautions]
        if missed:
            mind.insert(0, ("gift", words.tr("No copy this time: {why}", why=words.term("missed", missed)), "ink2"))
        mind += [("ban", words.tr("Avoids {subject}", subject=each), "ink2") for each in said.avoided]
        self._mind.set_notes(mind)
        self._mind_head.setVisible(bool(mind))
        self._show_quotes(said.quotes[:2])

    def _show_quotes(self, quotes: tuple[Quote, ...]) -> None:
        clear_layout(self._quotes)
        self._words_head.setVisible(bool(quotes))
        for quote in quotes:
            head = [(self._desk.say("On") + " ", "smallm", "ink2"),
                    (quote.about, "titles" if quote.is_title else "smallm", "ink2")]  # fmt: skip
            self._quotes.addWidget(QuoteCard(self._theme, head if quote.about else [], quote.text,
                                             self._desk.day(quote.day), "message-square-quote"))  # fmt: skip

    def _go(self) -> None:
        if self._fit is not None:
            self._desk.go("people", self._fit.person_id)

    def _paint_head(self, canvas: Canvas, width: float, height: float) -> None:
        fit, line_ = self._fit, self._line
        if fit is None or line_ is None:
            return
        size, step = canvas.px(40), canvas.px(11)
        avatar(canvas, 0, (height - size) / 2, size, line_.name, badge(line_.platform, line_.role))
        x = size + 12
        canvas.text(x, height / 2 - step, line_.name, "h2", width=width - x)
        shown = self._desk.say("{band} match", band=self._desk.words.term("band", fit.band))
        canvas.text(x, height / 2 + step, shown, "small", "accent")


def rests_on(words: Words, fit: Fit) -> str:
    """How likely someone is, and how much that rests on: never the one without the other."""
    record = words.record(fit.record.read, fit.record.stated)
    likelier = round(fit.times, 1) if fit.times < 3 else round(fit.times)
    if likelier <= 1:
        return words.tr("From {record}", record=record)
    return words.tr(
        "{times} times as likely as the average reader, from {record}", times=f"{likelier:g}", record=record
    )

"""Match: who should get a title, and why; and who is never shown."""

import array
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.changes import Changes
from outreach.jobs import Job
from outreach.services.gifts.gifts import plan_gifts
from outreach.services.matching import Band, Fit, Match, Wishes
from outreach.services.matching.allocation import Round, Shared, Sharing, decided, keep, share_out
from outreach.services.matching.apart import match_apart
from outreach.services.matching.kept import Kept
from outreach.services.pages.match import MatchTitle, first_title, match_title
from outreach.services.pages.people import PersonLine, people_lines
from outreach.services.pages.person import Said, said_of
from outreach.services.people.tiers import OFF_SOCIAL, tiers_of
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.focus import FOOT
from outreach.ui.page import Page
from outreach.ui.pages.match_head import MatchHead
from outreach.ui.pages.match_panes import FitPane, TitlePane
from outreach.ui.pages.match_rows import FitPainter
from outreach.ui.paint.canvas import pointed_at
from outreach.ui.sample import SampleLink
from outreach.ui.table.columns import Column
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import Copying
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column
from outreach.ui.widgets.lists import EmptyState
from outreach.ui.widgets.panes import Panes, Part, opener
from outreach.ui.widgets.tightening import Row

#: Ticked from the start: so many of the strong ones at most, as nobody wants to untick a hundred.
_MOST_TICKED = 12
_CHUNK = 200


class TickList(TableView):
    """A list whose rows are ticked, with X, Space or a click on the box.

    Signals:
        ticked: A row's box was pressed: its id.
    """

    ticked = Signal(int)
    _BOX = 48

    def _toggle(self) -> None:
        if self.current_id() >= 0:
            self.ticked.emit(self.current_id())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        on_row = self.indexAt(event.position().toPoint()).isValid()
        if (
            on_row
            and event.button() == Qt.MouseButton.LeftButton
            and pointed_at(self.viewport(), event).x() < self._BOX
        ):
            self._toggle()


class MatchPage(Page):
    """People ranked for one title."""

    tables = (
        "gift", "person", "taste_note", "taste_evidence", "outcome", "post", "review_policy", "policy_rule", "reading",
        "letter", "item",
        "item_genre", "keyword", "comp_title", "stock_movement", "suppression", "edition",
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._item_id = -1
        self._reading = self.once_painted(self._read_fit)
        self._match: Match | None = None
        self._fits: dict[int, Fit] = {}
        self._lines: dict[int, PersonLine] = {}
        self._ticks: set[int] = set()
        self._shown_ids: Sequence[int] = ()
        self._job: Job | None = None
        self._kept = Kept()
        painter = FitPainter(desk.words, lambda each: self._lines[each], lambda each: each in self._ticks)
        shown = Column("fit", say("Person"), 0, painter.paint, lambda fit: fit.name)
        self._speak = painter.speak
        self.model = RowModel([shown], self._fetch, self._speak, self)
        self.table = TickList(theme, self.model, 86, headings=False)
        self.table.setAccessibleName(say("People who fit"))
        Copying(self.table, desk)
        self.title_pane = TitlePane(desk)
        self.fit_pane = FitPane(desk)
        self._tiers: dict[int, str] = {}
        title, why = opener(theme, say("Title"), "book-open"), opener(theme, say("Why"))
        self.head = MatchHead(desk, title, why)
        self._sum = Label(theme, "", "strong")
        self._left = Label(theme, "", "body", "ink3")
        self._add = Button(theme, say("Add people"), "primary", "flag", key_of("primary"))
        self._share = Button(theme, say("Share out copies"), "default", "gift")
        self._save = Button(theme, say("Save list"), "ghost", "save", key_of("save_list"))
        self._shared: tuple[Shared, Sharing] | None = None
        self._stack = QStackedWidget()
        self._lay_out(title, why)
        self.head.changed.connect(self._show_fits)
        self.title_pane.changed.connect(self._take_title)
        self.title_pane.filtered.connect(self._show_fits)
        self.title_pane.wished.connect(self.refresh)
        self.title_pane.edition_chosen.connect(lambda: self._show_sum())
        self.table.current_changed.connect(self._show_fit)
        self.table.ticked.connect(self._tick)
        self._add.clicked.connect(self._plan)
        self._share.clicked.connect(self._share_out)
        self._save.clicked.connect(self._save_list)
        self.title_pane.beside_asked.connect(self._look_beside)
        self.fit_pane.suiting_asked.connect(self._look_at_person)
        bind(self, "save_list", self._save_list)
        bind(self, "beside", self._look_beside)
        bind(self, "match", self._look_at_person)
        bind(self, "primary", self._plan)
        bind(self, "pitch", self._pitch)
        bind(self, "next_unticked", self._next_unticked, within=self.table)

    def _lay_out(self, title: Button, why: Button) -> None:
        theme, say, desk = self.theme, self.desk.say, self.desk
        middle = QWidget()
        foot = Row(
            self._sum, 4, self._left, None, self._save, self._share, self._add, facts=(self._left,),
            margins=(24, 11, 20, 12),
        )  # fmt: skip
        foot.setObjectName(FOOT)
        nobody = EmptyState(theme, "puzzle", say("Nobody to show yet"),
                            say("People appear here when something is known that speaks for them: a genre they enjoy, "
                                "an author, what their followers ask for."))  # fmt: skip
        self._trouble = nobody.below
        no_title = Button(theme, say("Add title"), "primary", "plus")
        no_title.clicked.connect(lambda: desk.ask("title", None))
        import_ = Button(theme, say("Import a catalogue"), "default", "download")
        import_.clicked.connect(lambda: desk.ask("import", "catalogue"))
        nothing = EmptyState(theme, "puzzle", say("It takes a title to find its readers"),
                             say("Add the first one, or bring your catalogue."), no_title, import_,
                             link=SampleLink(desk))  # fmt: skip
        self._shown = QStackedWidget()
        self._shown.addWidget(self.table)
        self._shown.addWidget(nobody)
        middle.setLayout(column(self.head, Rule(theme), self._shown, Rule(theme), foot))
        self._parts = Panes(theme, "match", desk.home, [
            Part(self.title_pane, 296, 2), Part(middle, least=520), Part(self.fit_pane, 306, 1),
        ])  # fmt: skip
        self._parts.opens(title, self.title_pane)
        self._parts.opens(why, self.fit_pane)
        for each in (self._parts, nothing):
            self._stack.addWidget(each)
        self.setLayout(column(self._stack))

    def _pitch(self) -> None:
        if self.table.current_id() > 0:
            self.desk.ask("gift", ([self.table.current_id()], self._item_id))

    def _look_beside(self) -> None:
        """Who fits unexpectedly, and who could read it together."""
        if self._item_id > 0:
            self.desk.ask("beside", self._item_id)

    def _look_at_person(self) -> None:
        """What else would suit who is looked at, and who has much the same taste."""
        if self.table.current_id() > 0:
            self.desk.ask("suiting", self.table.current_id())

    def _save_list(self) -> None:
        """Put those who are ticked on a roster."""
        if people := self._chosen():
            self.desk.ask("roster", (people, self.title_pane.campaign()))

    def panes(self) -> list[QWidget]:
        return [self.title_pane, self.table, self.fit_pane]

    def focus_main(self) -> None:
        self.table.setFocus()

    def show_row(self, row_id: int) -> None:
        if row_id > 0:
            self._take_title(row_id)

    def _take_title(self, item_id: int) -> None:
        if item_id != self._item_id:
            self._item_id = item_id
            self._ticks.clear()
            self._match = self._shared = None
            self.refresh()

    def refresh(self) -> None:
        def reading(store: Store) -> tuple[int, MatchTitle | None]:
            item = self._item_id if self._item_id > 0 else first_title(store)
            return item, match_title(item) if item > 0 else None

        self.desk.runner.read(reading, then=self._show_title, replaces="match")

    def on_changed(self, changes: Changes, initiator: object) -> None:
        self._kept.note(changes)
        super().on_changed(changes, initiator)

    def _show_title(self, found: tuple[int, MatchTitle | None]) -> None:
        self._item_id, title = found
        if title is None:
            self._item_id = -1
        self._stack.setCurrentIndex(0 if title else 1)
        if title is None:
            return
        self.title_pane.show_title(title)
        if self._job is not None:
            self._job.cancel()
        job = self._job = Job("Matching people", repeatable=False)
        item, wishes, kept = self._item_id, self.title_pane.wishes(), self._kept
        self.desk.runner.run(
            job, lambda store, job: _matched(store, item, wishes, kept, job),
            then=lambda found: self._show_match(job, *found), failed=lambda error: self._show_failure(job, error),
        )  # fmt: skip

    def _show_match(self, job: Job, match: Match, lines: dict[int, PersonLine], tiers: dict[int, str]) -> None:
        if self._job is not job:
            return
        self._lines, self._tiers = lines, tiers
        is_new, self._job = self._match is None, None
        self._match = match
        self._fits = {fit.person_id: fit for fit in match.fits}
        if is_new:
            strong = [fit for fit in match.fits if fit.band is Band.STRONG and not fit.cautions]
            copies = self.title_pane.copies_left()
            most = _MOST_TICKED if copies is None else min(_MOST_TICKED, copies)
            self._ticks = {fit.person_id for fit in strong[:most]}
        self._ticks &= set(self._fits)
        self.title_pane.show_never(match.never_shown)
        self._show_fits()

    def _show_failure(self, job: Job, error: Exception) -> None:
        if self._job is job:
            self._job, self._match, self._fits = None, None, {}
            self._trouble.setText(self.desk.sentence(error))
            self._show_fits()

    def _show_fits(self) -> None:
        pane = self.title_pane
        unread, off_social = pane.with_unread.isChecked(), pane.with_off_social.isChecked()
        fits = [fit for fit in self._fits.values() if self._is_wanted(fit, unread=unread, off_social=off_social)]
        ids = array.array("q", [fit.person_id for fit in self.head.ordered(fits, self._lines)])
        self.head.show_counts(len(ids), sum(fit.band is Band.STRONG for fit in fits), self.tell_count)
        self._shown_ids = ids
        self.table.replace_ids(ids)
        self._shown.setCurrentIndex(0 if ids else 1)
        self._show_sum()

    def _is_wanted(self, fit: Fit, *, unread: bool, off_social: bool) -> bool:
        if not unread and any(each.code == "unread" for each in fit.cautions):
            return False
        line_ = self._lines.get(fit.person_id)
        if not self.head.is_shown(self._tiers.get(fit.person_id, "")):
            return False
        return line_ is not None and (off_social or line_.platform != OFF_SOCIAL)

    def _show_fit(self, person_id: int) -> None:
        if person_id in self._fits:
            self._reading.start()
        else:
            self._reading.stop()
            self.fit_pane.show_fit(None, None, None)

    def _read_fit(self) -> None:
        """What is told of whom one looks at."""
        person = self.table.current_id()

        def show(said: Said | None) -> None:
            missed = self._shared[0].missed.get(person) if self._shared else None
            self.fit_pane.show_fit(self._fits.get(person), self._lines.get(person), said, missed or "")

        self.desk.runner.read(lambda store: said_of(store, person), then=show, replaces="fit")

    def _show_sum(self) -> None:
        number, words = len(self._chosen()), self.desk.words
        self._sum.setText(words.trn("{number} person", "{number} people", number))
        left = self.title_pane.copies_left()
        self._share.setEnabled(bool(left and self._shown_ids))
        self._left.setText("" if left is None else words.tr("{left} left after", left=max(0, left - number)))
        self._add.set_label(words.trn("Add {number} person", "Add {number} people", number))
        self._add.setEnabled(bool(number))
        self._save.setEnabled(bool(number))

    def _tick(self, person_id: int) -> None:
        self._ticks ^= {person_id}
        self.table.viewport().update()
        self._show_sum()

    def _next_unticked(self) -> None:
        """Go down to the next who is not ticked; who is needs no look again."""
        at = self.table.currentIndex().row()
        ahead = (place for place, each in enumerate(self._shown_ids) if place > at and each not in self._ticks)
        self.table.step(next(ahead, at) - at)

    def _chosen(self) -> list[int]:
        """Who is ticked and shown: nobody is planned unseen."""
        return [each for each in self._shown_ids if each in self._ticks]

    def _share_out(self) -> None:
        """Tick whom a fair share of the copies that are left goes to, among those who are shown."""
        copies = self.title_pane.copies_left()
        fits = [self._fits[each] for each in self._shown_ids]
        if not copies or not fits:
            return
        sharing = Sharing(copies)
        self.desk.runner.read(lambda _store: share_out(fits, sharing), replaces="share_out",
                              then=lambda shared: self._show_shared(shared, sharing))  # fmt: skip

    def _show_shared(self, shared: Shared, sharing: Sharing) -> None:
        self._shared = shared, sharing
        self._ticks = set(shared.given)
        self.table.viewport().update()
        self._show_sum()
        self._show_fit(self.table.current_id())
        words = self.desk.words
        told = words.trn("{number} person gets a copy", "{number} people get a copy", len(shared.given))
        missed = words.trn("{number} misses out this time", "{number} miss out this time", len(shared.missed))
        self.desk.tell(words.tr("{given}, {missed}", given=told, missed=missed))

    def _plan(self) -> None:
        people = self._chosen()
        if not people or self._item_id < 0:
            return
        words, item, pane = self.desk.words, self._item_id, self.title_pane
        why = {each: words.reason(fit.reasons[0].code, fit.reasons[0].facts)
               for each, fit in self._fits.items() if each in people and fit.reasons}  # fmt: skip
        campaign, edition = pane.campaign(), pane.edition_id()

        shared = decided(self._shared[0], people, self._shared[1]) if self._shared else None

        def work(store: Store) -> tuple[list[int], Changes]:
            if shared is not None:
                return keep(store, Round(item, edition, *shared, campaign, why))
            return plan_gifts(store, item, people, edition_id=edition, campaign=campaign, why=why)

        told = words.trn("Added {number} person", "Added {number} people", len(people))

        def done(_: object) -> None:
            self._ticks.clear()
            self._shared = None

        self.desk.write(work, told, then=done)

    # What the list shows.

    def _fetch(self, ids: Sequence[int]) -> dict[int, Fit]:
        return {each: self._fits[each] for each in ids if each in self._fits and each in self._lines}


def _matched(
    store: Store, item_id: int, wishes: Wishes, kept: Kept, job: Job
) -> tuple[Match, dict[int, PersonLine], dict[int, str]]:
    """A match, with the lines and the tiers of all whom it shows."""
    match = match_apart(store, item_id, job, wishes, kept)
    ids = [fit.person_id for fit in match.fits]
    lines: dict[int, PersonLine] = {}
    for start in range(0, len(ids), _CHUNK):
        lines |= people_lines(store, ids[start : start + _CHUNK])
        job.report(start)
    return match, lines, tiers_of(ids)

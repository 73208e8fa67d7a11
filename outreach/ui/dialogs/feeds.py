"""The feeds that are looked through for mentions: all of them, or those of one person."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.feeds import discovery, following
from outreach.services.feeds.discovery import Discovered
from outreach.services.feeds.following import FeedRow, NewFeed
from outreach.services.feeds.kinds import FeedState
from outreach.services.mail.transport import trusted
from outreach.services.people.people import show_person
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.people import needed
from outreach.ui.dialogs.records import Record, RecordsDialog, Work
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.wording.feeds import state_of_feed

#: More are not shown at once; those in trouble come first.
_MOST = 40
_ASK = "yes"


class FeedsDialog(RecordsDialog):
    """Feeds, how each does, and what can be done with it; one more is found by the address of a site or profile."""

    def __init__(self, desk: Desk, parent: QWidget, person_id: int | None) -> None:
        say = desk.say
        self._person = person_id
        self._job: Job | None = None
        form = Form(
            desk.theme,
            [
                FieldSpec("address", say("Address of a site, profile or feed"), "https://books.example", wide=True,
                          check=needed(say("Type or paste an address"))),
                FieldSpec("network", say("Where it is"),
                          choices=[("", say("On the web")), (_ASK, say("In my own network"))]),
            ],
        )  # fmt: skip
        title = say("Feeds")
        if person_id is not None:
            title = say("Feeds of {name}", name=str(show_person(desk.store, person_id).values["name"]))
        super().__init__(desk, parent, title, self._told, form, say("Find and follow"), self._follow)
        as_it_is = Button(desk.theme, say("Follow as it is"), "default", "plus")
        as_it_is.setToolTip(say("Follow this very address, without asking it first"))
        as_it_is.clicked.connect(lambda: super(FeedsDialog, self).submit())
        self.beside(as_it_is)
        self._sites = [] if person_id is None else discovery.sites_of(person_id)
        if self._sites:
            look = Button(desk.theme, say("Look at their accounts"), "default", "search")
            look.clicked.connect(lambda: self._find(self._sites))
            self.beside(look)

    def submit(self) -> None:
        """Find the feeds at an address, and follow them."""
        if self.form.check():
            self._find([self.form.values()["address"]])

    def _find(self, places: Sequence[str]) -> None:
        if self._job is not None:
            return
        desk, allow = self._desk, self.form.values()["network"] == _ASK
        job = self._job = Job("Finding feeds")

        def work(store: Store, job: Job) -> list[Discovered]:
            found, troubles, tls = [], [], trusted()
            for done, place in enumerate(places):
                job.report(done, total=len(places))
                try:
                    found += discovery.discover(place, tls, store, job, allow_private=allow)
                except KnownError as error:
                    troubles.append(error)
            if not found and troubles:
                raise troubles[0]
            return found

        def follow(found: Sequence[Discovered]) -> None:
            self._job = None
            new = [NewFeed(each.address, self._person, each.title, each.kind, allow) for each in found]
            if isValid(self) and self.isVisible():
                self.do(lambda store: following.add_feeds(store, new), added=True)
            else:
                desk.write(lambda store: following.add_feeds(store, new))

        def failed(error: Exception) -> None:
            self._job = None
            if isValid(self) and self.isVisible():
                self.show_trouble(desk.sentence(error))
                desk.announce(self.trouble.text(), urgently=True)
            else:
                desk.ask("trouble", (error, lambda: None))

        self.show_trouble("")
        desk.runner.run(job, work, calls=True, then=follow, failed=failed)

    def _follow(self, store: Store, values: Mapping[str, str]) -> Any:
        known = discovery.feeds_known(values["address"])
        allow = values["network"] == _ASK
        new = NewFeed(values["address"], self._person, allow_private=allow)
        if known:
            new = NewFeed(known[0].address, self._person, kind=known[0].kind, allow_private=allow)
        return following.add_feed(store, new)

    def _told(self) -> list[Record]:
        rows = following.list_feeds(person_id=self._person)
        rows.sort(key=lambda row: (row.trouble is None, row.person_id is not None))
        shown = [self._record(row) for row in rows[:_MOST]]
        if len(rows) > _MOST:
            more = self._desk.words.trn("{number} more feed", "{number} more feeds", len(rows) - _MOST)
            shown.append(Record(more, self._desk.say("They are on the pages of whose they are"), ()))
        return shown

    def _record(self, row: FeedRow) -> Record:
        words, say = self._desk.words, self._desk.say
        found = words.trn("{number} post found", "{number} posts found", row.found) if row.found else ""
        detail = ["" if self._person else row.person, words.term("feed_kind", row.kind), found]
        how = state_of_feed(words, row)
        if row.trouble is not None and row.state == FeedState.FOLLOWED.value:
            how = words.trouble(row.trouble, window=True)
        told = f"{', '.join(filter(None, detail))}. {how}"
        return Record(row.name, told, self._acts(row, say("Stop following")))

    def _acts(self, row: FeedRow, stop: str) -> list[tuple[str, Work | None, None]]:
        say = self._desk.say
        acts: list[tuple[str, Work | None, None]] = []
        if row.trouble is not None and row.trouble.code == "feeds.private_address":
            acts.append((say("Allow own network"),
                         lambda store: following.allow_private(store, row.id, allowed=True), None))  # fmt: skip
        if row.state == FeedState.FOLLOWED.value:
            acts.append((say("Pause"), lambda store: following.set_state(store, [row.id], FeedState.PAUSED), None))
        else:
            acts.append((say("Go on"), lambda store: following.set_state(store, [row.id], FeedState.FOLLOWED), None))
        acts.append((stop, lambda store: following.forget_feeds(store, [row.id]), None))
        return acts

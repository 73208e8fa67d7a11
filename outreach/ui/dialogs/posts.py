"""Dialogs about posts: logging some, putting one right, and what was agreed on the gift behind one."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from outreach.changes import Changes
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.platforms import platform_name
from outreach.services.catalogue.catalogue import show_item
from outreach.services.gifts.deals import Agreed, change_deal, terms_of
from outreach.services.gifts.states import Deal, Obliges
from outreach.services.people.people import show_person
from outreach.services.posts import (
    NewPost,
    PostKind,
    Proposal,
    add_posts,
    edit_post,
    list_posts,
    propose,
    read_pasted,
)
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.picks import labelled, person_pick, title_pick
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.forms import FieldSpec, Form

#: So many of several posts are told before they are logged.
_MOST_TOLD = 5


def post_dialog(desk: Desk, parent: QWidget, person_id: int | None) -> None:
    """Log posts by their links, several at once, or a mention that has none."""
    LogDialog(desk, parent, person_id)


class LogDialog(FormDialog):
    """Says below the fields what would be logged, while it is typed or pasted."""

    def __init__(self, desk: Desk, parent: QWidget, person_id: int | None) -> None:
        say = desk.say
        self.person, self.title = person_pick(desk, person_id), title_pick(desk, None)
        self.found = Paragraph(desk.theme, "", "small", "ink2")
        form = Form(
            desk.theme,
            [
                FieldSpec("url", say("Links"), lines=3, wide=True,
                          hint=say("Paste one or several; leave empty for a word on air or at the till")),
                FieldSpec("kind", say("What it was"), choices=[("", say("From the link")), *_kinds(desk)]),
                FieldSpec("day", say("Day"), say("Today"), check=_is_day(desk)),
                FieldSpec("outlet", say("Where, if it has no link"), say("Radio Bristol, the shop in Hexham")),
                FieldSpec("told_by", say("Who told you"), say("Leave empty if you saw it")),
                FieldSpec("text", say("Their words"), lines=2, wide=True),
            ],
        )  # fmt: skip
        above = labelled(desk, (say("Who"), self.person), (say("About"), self.title))
        super().__init__(
            desk, parent, say("Log a post"), form, say("Log it"), self._log,
            text=say("The person is found by the handle in the link, and the title by their last gift, where that is "
                     "clear."),
            told=lambda made: desk.words.trn("Logged {number} post", "Logged {number} posts", len(made[0])),
            then=lambda made: desk.go("posts", made[0][-1]), above=above, below=self.found,
        )  # fmt: skip
        for pick in (self.person, self.title):
            pick.picked.connect(lambda _: self._look())
        _on_typed(form, self._look)
        pasted = QGuiApplication.clipboard().text()
        if person_id is None and len(pasted) < _LONGEST_PASTE and read_pasted(pasted)[:1]:
            form.set_values({"url": pasted.strip()})
        form.focus_first()
        self._look()

    def _look(self) -> None:
        """Say what would be logged."""
        values = self.form.values()

        def reading(store: Store) -> list[str]:
            new = self._new(values)
            seen: set[str] = set()
            told = []
            for each in new[:_MOST_TOLD]:
                found = propose(store, each)
                is_twin = found.link is not None and found.link.key in seen
                seen |= {found.link.key} if found.link else set()
                told.append(_told(self._desk, store, found, is_twin=is_twin))
            if len(new) > _MOST_TOLD:
                told.append(self._desk.words.trn("and {number} more", "and {number} more", len(new) - _MOST_TOLD))
            return told

        def show(told: list[str]) -> None:
            self.found.set_text("\n".join(told))
            self.resettle()

        self._desk.runner.read(reading, then=self.still(show), replaces="what would be logged",
                               failed=self.still(lambda _: show([])))  # fmt: skip

    def _new(self, values: Mapping[str, str]) -> list[NewPost]:
        pasted = read_pasted(values["url"]) if values["url"] else []
        if values["url"] and not pasted:
            pasted = [NewPost(values["url"])]
        if not pasted and self.person.row_id < 0:
            return []
        several = len(pasted) > 1
        return [
            NewPost(
                each.url, self.person.row_id if self.person.row_id >= 0 else None,
                self.title.row_id if self.title.row_id >= 0 else None,
                PostKind(values["kind"]) if values["kind"] else None,
                parse_day(values["day"]) or "" if values["day"] else "",
                each.text if several else "\n".join(filter(None, (each.text, values["text"]))),
                values["outlet"], values["told_by"],
            )
            for each in pasted or [NewPost()]
        ]  # fmt: skip

    def _log(self, store: Store, values: Mapping[str, str]) -> tuple[list[int], Changes]:
        new = self._new(values)
        if not new:
            raise KnownError("posts.nothing_said")
        if len(new) > 1 and (values["text"] or values["outlet"]):
            raise KnownError("posts.one_each", number=len(new))
        return add_posts(store, new)


#: Longer text on the clipboard is no list of links that is looked at unasked.
_LONGEST_PASTE = 4000


def _told(desk: Desk, store: Store, found: Proposal, *, is_twin: bool) -> str:
    """A post as it would be logged, in a line."""
    words = desk.words
    where = platform_name(found.link.platform) if found.link else words.term("post_kind", found.kind.value)
    who = str(show_person(store, found.person).values["name"]) if found.person is not None else ""
    title = str(show_item(found.item).values["title"]) if found.item is not None else ""
    handle = f"@{found.link.handle}" if found.link and found.link.handle and found.link.code else ""
    head = ", ".join(filter(None, (where, who or handle, title)))
    if is_twin:
        return words.tr("{post}: it stands twice among the links", post=head)
    if found.trouble is not None:
        return words.tr("{post}: {why}", post=", ".join(filter(None, (where, handle))),
                        why=desk.sentence(found.trouble))  # fmt: skip
    nature = words.term("nature", found.nature.value) if found.nature else ""
    return words.tr("{post}. {nature}: {reason}", post=head, nature=nature,
                    reason=words.term("nature_reason", found.reason))  # fmt: skip


def edit_post_dialog(desk: Desk, parent: QWidget, post_id: int) -> None:
    """Put a post right: whose it is, about what, when, what it was, its words."""
    say = desk.say
    found = list_posts(ids=[post_id])
    if not found:
        desk.ask("trouble", KnownError("posts.gone", post=f"o{post_id}"))
        return
    row = found[0]
    person, title = person_pick(desk, row.person_id), title_pick(desk, row.item_id)
    start = {"kind": row.kind, "day": row.posted_on, "outlet": row.outlet, "told_by": row.told_by, "text": row.text}
    form = Form(
        desk.theme,
        [
            FieldSpec("kind", say("What it was"), choices=_kinds(desk)),
            FieldSpec("day", say("Day"), check=_is_day(desk)),
            FieldSpec("outlet", say("Where, if it has no link")),
            FieldSpec("told_by", say("Who told you")),
            FieldSpec("text", say("Their words"), lines=3, wide=True),
        ],
        start,
    )

    def work(store: Store, given: Mapping[str, str]) -> Changes:
        values: dict[str, Any] = {
            "kind": given["kind"], "posted_on": parse_day(given["day"]) or row.posted_on, "outlet": given["outlet"],
            "told_by": given["told_by"], "text": given["text"],
        }  # fmt: skip
        values |= {"person": person.row_id} if person.row_id >= 0 else {}
        values |= {"item": title.row_id} if title.row_id >= 0 else {}
        return edit_post(store, post_id, values)

    FormDialog(
        desk, parent, say("Put a post right"), form, say("Save"), work,
        text=say("The gift behind it and its nature follow."),
        above=labelled(desk, (say("Who"), person), (say("About"), title)), told=say("Changed the post"),
    ).form.focus_first()  # fmt: skip


def deal_dialog(desk: Desk, parent: QWidget, gifts: Sequence[int]) -> None:
    """Say what was agreed on gifts; what lies behind their posts follows."""
    say, term = desk.say, desk.words.term
    deal, reward, obliges = terms_of(gifts[0])
    start = {"deal": deal.value, "reward": reward, "obliges": obliges.value}
    deals = [(each.value, term("deal", each.value)) for each in Deal]
    form = Form(
        desk.theme,
        [
            FieldSpec("deal", say("What was agreed"), choices=deals),
            FieldSpec("obliges", say("It depends on"),
                      choices=[(each.value, term("obliges", each.value)) for each in Obliges]),
            FieldSpec("reward", say("What comes with the copy"), say("Leave empty for nothing"), wide=True),
        ],
        start,
    )  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> Agreed:
        return change_deal(store, gifts, Deal(given["deal"]), reward=given["reward"], obliges=Obliges(given["obliges"]))

    def told(agreed: Agreed) -> str:
        shown = term("behind", agreed.deal.value)
        if not agreed.posts:
            return say("Agreed: {deal}", deal=shown)
        return desk.words.trn("Agreed: {deal}. {number} post has another nature now",
                              "Agreed: {deal}. {number} posts have another nature now", agreed.posts,
                              deal=shown)  # fmt: skip

    FormDialog(
        desk, parent, say("What was agreed"), form, say("Save"), work, told=told,
        text=say("What depends on a post, or on your say in it, is no gift without obligation: it becomes one in "
                 "kind, readers have to be told so, and it is counted apart."),
    ).form.focus_first()  # fmt: skip


def _kinds(desk: Desk) -> list[tuple[str, str]]:
    return [(kind.value, desk.words.term("post_kind", kind.value)) for kind in PostKind]


def _is_day(desk: Desk) -> Callable[[str], str]:
    def check(text: str) -> str:
        is_right = not text or len(parse_day(text) or "") == len("2026-11-24")
        return "" if is_right else desk.say("Write it like 2026-11-24")

    return check


def _on_typed(form: Form, act: Callable[[], None]) -> None:
    for key in form.values():
        field = form.field(key)
        if isinstance(field, QPlainTextEdit):
            field.textChanged.connect(act)
        elif isinstance(field, QLineEdit):
            field.textChanged.connect(lambda _: act())
        elif isinstance(field, QComboBox):
            field.currentIndexChanged.connect(lambda _: act())

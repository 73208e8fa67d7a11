"""Over the parcels: the four steps of the batch, and where parcels are."""

from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from outreach.services.pages.batch import Batch
from outreach.services.pages.parcels import ParcelCounts
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import Button, line
from outreach.ui.widgets.lists import Segments
from outreach.ui.widgets.steps import Steps
from outreach.wording import Words

_BETWEEN = 8


class BatchHead(QWidget):
    """The steps of the batch, and the choice between what is to go, what is on its way, and what arrived.

    Where there is little room, icons stand for the words of the choice, and then the steps do without their facts.

    Attributes:
        views: The choice.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        say = desk.say
        self._steps = Steps(desk.theme, [say("Addresses"), say("Labels"), say("Tracking"), say("On its way")])
        self.views = Segments(desk.theme, [("open", say("To send")), ("sent", say("On its way")),
                                           ("delivered", say("Arrived"))], tight=True,
                              icons=("package", "truck", "map-pin"))  # fmt: skip
        self.setLayout(line(self._steps, None, self.views, spacing=_BETWEEN, margins=(24, 6, 20, 16)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_batch(self, view: str, batch: Batch, counts: ParcelCounts, *, printed: bool) -> None:
        """Show how far the batch is, and how many parcels are where."""
        say = self._desk.say
        for key, label, count in (("open", say("To send"), len(batch.ids)), ("sent", say("On its way"), counts.sent),
                                  ("delivered", say("Arrived"), counts.delivered)):  # fmt: skip
            self.views.set_label(key, label, count)
        self._steps.setVisible(view == "open" and bool(batch.ids))
        self._show_steps(batch, printed=printed)
        self._fit()

    def _show_steps(self, batch: Batch, *, printed: bool) -> None:
        say, words = self._desk.say, self._desk.words
        going, packed, numbered = len(batch.open), len(batch.packed), len(batch.numbered)
        unfinished = [packed < going or not packed, numbered < packed or not packed, True]
        states = ["warn" if going < len(batch.ids) else "done"]
        for place, is_unfinished in enumerate(unfinished):
            is_first = is_unfinished and not any(unfinished[:place])
            states.append("now" if is_first and going else "todo" if is_unfinished else "done")
        labelled = words.trn("{number} printed", "{number} printed", packed)
        self._steps.set_states(states, [
            say("{known} of {all}", known=going, all=len(batch.ids)),
            labelled if printed and packed else words.trn("{number} packed", "{number} packed", packed),
            say("{known} of {all}", known=numbered, all=going),
            "",
        ])  # fmt: skip

    def _fit(self) -> None:
        steps = 0 if self._steps.isHidden() else self._steps.sizeHint().width() + _BETWEEN
        left = self.width() - 44 - steps
        self.views.set_brief(brief=left < self.views.width_with_words())

    # What Qt asks.

    def minimumSizeHint(self) -> QSize:
        return QSize(self._steps.minimumSizeHint().width() + 44 + _BETWEEN + 150, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class BatchActs:
    """What can be done with the batch as a whole, or with what is on its way.

    Attributes:
        buttons: Asking for addresses, noting what came back, and going on.
    """

    def __init__(self, desk: Desk) -> None:
        theme, say = desk.theme, desk.say
        self._words = desk.words
        self._ask = Button(theme, say("Ask for address"), "default", "mail")
        self._back = Button(theme, say("Came back"), "default", "undo-2", key_of("came_back"))
        self._go = Button(theme, say("Mark shipped"), "primary", "truck", key_of("primary"))
        self.buttons = (self._ask, self._back, self._go)

    def show_batch(self, view: str, batch: Batch, counts: ParcelCounts) -> None:
        """Say to how many it would be done."""
        words, going = self._words, len(batch.open)
        self._ask.setVisible(view == "open" and bool(batch.asks))
        self._ask.set_label(words.trn("Ask {number} for address", "Ask {number} for address", len(batch.asks)))
        self._back.setVisible(view == "sent" and counts.sent > 0)
        self._go.setVisible(view != "delivered")
        if view == "open":
            self._go.set_label(words.trn("Mark {number} shipped", "Mark {number} shipped", going))
            self._go.setEnabled(going > 0)
            self._go.setToolTip("" if going else words.tr("Confirm an address first"))
        else:
            self._go.set_label(words.tr("Mark arrived"))
            self._go.setEnabled(counts.sent > 0)


def batch_words(desk: Desk, batch: Batch, parcels: str) -> str:
    """Which batch this is: its day, and how many parcels it has, in words."""
    day = date.fromisoformat(batch.since) if batch.since else desk.today
    return desk.say("Batch of {day}, {parcels}", day=desk.words.calendar_day(day), parcels=parcels)


def paid_words(words: Words, batch: Batch) -> str:
    """What the batch costs in postage, as far as that is noted, and how many campaigns pay it."""
    amounts = ", ".join(words.money(minor, currency) for currency, minor in sorted(batch.postage.items()))
    if not amounts:
        return words.trn("For {number} campaign", "For {number} campaigns", batch.campaigns)
    return words.trn(
        "{amounts} postage, charged to {number} campaign", "{amounts} postage, charged to {number} campaigns",
        batch.campaigns, amounts=amounts,
    )  # fmt: skip

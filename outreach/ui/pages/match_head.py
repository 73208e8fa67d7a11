"""Above the people who fit: how many, of which tiers, in which order. Nobody is ranked by a tier: it leaves out."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from outreach.services.matching import Fit
from outreach.services.pages.people import PersonLine
from outreach.services.people.tiers import OFF_SOCIAL
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import Button, Label
from outreach.ui.widgets.menus import Menu
from outreach.ui.widgets.tightening import Row

#: The smallest first; off social is no size.
_TIERS = ("nano", "micro", "mid", "macro", OFF_SOCIAL)
_HEIGHT = 28


class Order(StrEnum):
    """In which order those who fit stand; never by how many follow them."""

    BEST = "best"
    RECORD = "record"
    NEW = "new"
    NAME = "name"


class MatchHead(Row):
    """The row above the list.

    Signals:
        changed: Others are to be shown, or in another order.
    """

    changed = Signal()

    def __init__(self, desk: Desk, *openers: QWidget) -> None:
        theme, say = desk.theme, desk.say
        self.count = Label(theme, "", "strong")
        strong = Label(theme, "", "small", "ink2")
        tier = Button(theme, "", "chip", height=_HEIGHT)
        sort = Button(theme, "", "chip", height=_HEIGHT)
        super().__init__(
            self.count, strong, None, tier, sort, *openers, facts=(strong,), margins=(24, 12, 20, 12)
        )  # fmt: skip
        self._desk, self._strong, self._tier, self._sort = desk, strong, tier, sort
        self.tiers: frozenset[str] = frozenset()
        self.order = Order.BEST
        self._names = {
            Order.BEST: (say("Best match"), say("Sort: best match")),
            Order.RECORD: (say("Best known first"), say("Sort: best known first")),
            Order.NEW: (say("Fewest gifts first"), say("Sort: fewest gifts first")),
            Order.NAME: (say("Name"), say("Sort: name")),
        }  # fmt: skip
        tier.clicked.connect(lambda: self.tier_menu().drop_from(tier))
        sort.clicked.connect(lambda: self.sort_menu().drop_from(sort))
        theme.changed.connect(self._restyle)
        self._restyle()
        self._label()

    def _restyle(self) -> None:
        self.setFixedHeight(self._desk.theme.px(54))

    def show_counts(self, number: int, strong: int, tell: Callable[[Label, str], None]) -> None:
        """Say how many fit, and how many of them well."""
        words = self._desk.words
        tell(self.count, words.trn("{number} person fits", "{number} people fit", number))
        self._strong.setText(words.trn("{number} strong", "{number} strong", strong))

    def is_shown(self, tier: str) -> bool:
        """Whether people of a tier are shown; whoever's is not known is left out by any choice."""
        return not self.tiers or tier in self.tiers

    def ordered(self, fits: Sequence[Fit], lines: Mapping[int, PersonLine]) -> list[Fit]:
        """Those who fit, who stand as the match ranked them, in the chosen order."""
        match self.order:
            case Order.RECORD:
                return sorted(fits, key=lambda fit: (-fit.record.read, -fit.record.stated))
            case Order.NEW:
                return sorted(fits, key=lambda fit: lines[fit.person_id].arrived)
            case Order.NAME:
                return sorted(fits, key=lambda fit: fit.name.casefold())
        return list(fits)

    def tier_menu(self) -> Menu:
        """The tiers, of which several may be on; any is none of them."""
        menu, say = Menu(self), self._desk.say
        self._offer(menu, say("Any tier"), not self.tiers, partial(self._choose_tiers, frozenset()))
        menu.addSeparator()
        for tier in _TIERS:
            name = self._desk.words.term("tier", tier)
            self._offer(menu, name, tier in self.tiers, partial(self._choose_tiers, self.tiers ^ {tier}))
        return menu

    def sort_menu(self) -> Menu:
        """The orders, of which one is on."""
        menu = Menu(self)
        for order, (name, _) in self._names.items():
            self._offer(menu, name, order is self.order, partial(self._sort_by, order))
        return menu

    @staticmethod
    def _offer(menu: Menu, name: str, is_on: bool, act: Callable[[], None]) -> None:
        offered = QAction(name, menu)
        offered.setCheckable(True)
        offered.setChecked(is_on)
        offered.triggered.connect(lambda _=False: act())
        menu.addAction(offered)

    def _choose_tiers(self, tiers: frozenset[str]) -> None:
        self.tiers = tiers if len(tiers) < len(_TIERS) else frozenset()
        self._label()
        self.changed.emit()

    def _sort_by(self, order: Order) -> None:
        self.order = order
        self._label()
        self.changed.emit()

    def _label(self) -> None:
        words, say = self._desk.words, self._desk.say
        shown = words.listing([words.term("tier", tier) for tier in _TIERS if tier in self.tiers], 2)
        self._tier.set_label(say("Tier"))
        self._tier.set_value(shown or say("any"))
        self._sort.set_label(self._names[self.order][1])
        self.updateGeometry()

"""A gift under way on its person's page: where it stands, and the answer to note."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from outreach.services.gifts.gifts import MOVES, GiftState
from outreach.services.pages.person import OpenGift
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import stage_runs
from outreach.ui.paint.marks import stage
from outreach.ui.widgets.basics import Button, KeyTip, Painted, column, line
from outreach.ui.widgets.menus import Menu

#: Notes an answer: the gift and the state it comes to.
Answer = Callable[[int, GiftState], None]


#: Where a gift goes by hand; that it was sent and has arrived is told by its parcel.
_BY_HAND = (GiftState.CHOSEN, GiftState.ASKED, GiftState.ACCEPTED, GiftState.DECLINED)


def stage_menu(desk: Desk, parent: QWidget, gifts: Sequence[OpenGift], move: Answer) -> Menu:
    """For each gift the stages that it may go to from where it is; empty where there are none."""
    menu = Menu(parent)
    for gift in gifts:
        here = GiftState(gift.state)
        states = [state for state in _BY_HAND if here is not GiftState.SENT and state in MOVES[here]]
        if not states:
            continue
        menu.addAction(f"{gift.title}, {desk.words.term('stage', here.value)}").setEnabled(False)
        for state in states:
            entry = menu.addAction(desk.words.term("stage", state.value))
            entry.triggered.connect(lambda _=False, gift=gift, state=state: move(gift.id, state))
    return menu


class GiftRow(QWidget):
    """One gift under way."""

    def __init__(self, desk: Desk, gift: OpenGift, answer: Answer) -> None:
        super().__init__()
        theme, say = desk.theme, desk.say

        def paint(canvas: Canvas, width: float, height: float) -> None:
            stage(canvas, 0, height / 2, gift.state)
            runs = stage_runs(desk.words, gift.state, gift.title, is_book=gift.is_book)
            left = canvas.px(15) + 9
            canvas.runs(left, height / 2, runs, width - left)

        said = f"{desk.words.term('stage', gift.state)} {gift.title}"
        parts: list[QWidget] = [Painted(theme, paint, 26, words=said)]
        if gift.state == GiftState.ASKED:
            yes = Button(theme, say("Accepted"), "default", key=key_of("accepted"), height=28)
            no = Button(theme, say("Not this time"), "ghost", height=28)
            KeyTip(no, theme, say("Not this time"), key_of("declined"))
            yes.clicked.connect(lambda: answer(gift.id, GiftState.ACCEPTED))
            no.clicked.connect(lambda: answer(gift.id, GiftState.DECLINED))
            parts += [yes, no]
        else:
            place = "letters" if gift.state == GiftState.CHOSEN else "shipments"
            go = Button(theme, say("Letter") if place == "letters" else say("Ship"), "default", height=28)
            go.clicked.connect(lambda: desk.go(place, gift.item_id if place == "letters" else -1))
            no = Button(theme, say("Not this time"), "ghost", height=28)
            no.clicked.connect(lambda: answer(gift.id, GiftState.DECLINED))
            parts += [go, no]
        # The title has a line of its own: beside the answers there is no room for it.
        sentence, *answers = parts
        self.setLayout(column(sentence, 2, line(*answers, None, spacing=6, margins=(24, 0, 0, 4))))

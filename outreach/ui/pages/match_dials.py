"""What matters in a match: a dial for each factor, as three steps beside its name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach.services.matching import Dial, Factor
from outreach.services.matching.dials import USUAL
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import Label, column, line
from outreach.ui.widgets.lists import Segments
from outreach.ui.widgets.tightening import Beside

_GAP = 4


class Dials(QWidget):
    """A dial for each factor.

    Signals:
        turned: One stands otherwise now.
    """

    turned = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        say = desk.say
        labels = {
            Factor.TASTE: say("Their taste"), Factor.AUDIENCE: say("Followers’ taste"),
            Factor.UNPROMPTED: say("Posts unprompted"), Factor.SELLS: say("Sells copies"),
            Factor.NEW: say("New to us"),
        }  # fmt: skip
        steps = [(dial.value, desk.words.term("dial", dial.value)) for dial in Dial]
        self._dials: dict[Factor, Segments] = {}
        rows = []
        for factor, label in labels.items():
            dial = Segments(desk.theme, steps, tight=True)
            dial.choose(USUAL[factor].value)
            dial.setAccessibleName(label)
            dial.chosen.connect(lambda _: self.turned.emit())
            self._dials[factor] = dial
            held = QWidget()
            held.setLayout(line(dial, None))
            rows.append((Label(desk.theme, label, "body", "ink"), held))
        # Where one name needs the whole width, all stand above their dials, as in a form.
        least = max(sum(part.minimumSizeHint().width() for part in row) for row in rows) + _GAP
        self.setLayout(
            column(*(Beside(*row, shares=(1, 0), spacing=_GAP, least=lambda: least) for row in rows), spacing=_GAP)
        )

    def settings(self) -> dict[Factor, Dial]:
        """How each stands."""
        return {factor: Dial(dial.key) for factor, dial in self._dials.items()}

    def turn(self, factor: Factor, to: Dial) -> None:
        """Turn one."""
        self._dials[factor].choose(to.value)

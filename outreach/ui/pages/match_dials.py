"""What matters in a match: a dial for each factor, as three steps beside its name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from outreach.services.matching import Dial, Factor
from outreach.services.matching.dials import USUAL
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import Label, column, line
from outreach.ui.widgets.lists import Segments


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
            name = Label(desk.theme, label, "small", "ink")
            name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            rows.append(line(name, dial, spacing=4))
            rows[-1].setStretch(0, 1)
        self.setLayout(column(*rows, spacing=2))

    def settings(self) -> dict[Factor, Dial]:
        """How each stands."""
        return {factor: Dial(dial.key) for factor, dial in self._dials.items()}

    def turn(self, factor: Factor, to: Dial) -> None:
        """Turn one."""
        self._dials[factor].choose(to.value)

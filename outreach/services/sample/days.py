"""Days as the tables hold them, counted from the day the sample is made."""

from datetime import date

_FRIDAY = 4


class Days:
    """Writes days as ISO text; each text is made once, since a large sample repeats them.

    Attributes:
        today: The day the sample is made, which is day 0; days before it are negative.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self._first = today.toordinal()
        self._texts: dict[int, str] = {}

    def text(self, day: int) -> str:
        """A day as ISO text."""
        text = self._texts.get(day)
        if text is None:
            text = self._texts[day] = self.date(day).isoformat()
        return text

    def date(self, day: int) -> date:
        """A day as a date."""
        return date.fromordinal(self._first + day)

    def working(self, day: int) -> int:
        """A day, or the Friday before it: nobody writes or packs at weekends."""
        return day - max(0, self.date(day).weekday() - _FRIDAY)

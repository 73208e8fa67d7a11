"""What letters of one template have in common: most of what stands around the words that are for one person alone."""

#: What stands between two paragraphs.
_GAP = "\n\n"
#: After so many letters it is looked again, for one odd letter may have left little in common.
_LEARNT_FOR = 100


class Alike:
    """Cuts texts that come one after another, so that what they begin and end with is turned once for all of them.

    It is right for any texts, and quick for those of which whole paragraphs at the beginning or the end are the same.
    """

    def __init__(self) -> None:
        self._last = self._head = self._tail = ""
        self._common = self._left = 0

    def cut(self, text: str) -> tuple[str, str, str]:
        """A text in three pieces that make it up: what it begins with as others do, its own, what it ends with.

        The first ends, and the last begins, with the empty line between two paragraphs; both may be empty.
        """
        is_alike = len(text) > self._common and text.startswith(self._head) and text.endswith(self._tail)
        if not (is_alike and self._left):
            self._learn(text)
        self._left -= 1
        self._last = text
        return self._head, text[len(self._head) : len(text) - len(self._tail)], self._tail

    def _learn(self, text: str) -> None:
        """What a text has in common with the last one; a paragraph of its own is always left."""
        mine, theirs = text.split(_GAP), self._last.split(_GAP)
        most = min(len(mine), len(theirs)) - 1
        first = 0
        while first < most and mine[first] == theirs[first]:
            first += 1
        end = 0
        while end < most - first and mine[-1 - end] == theirs[-1 - end]:
            end += 1
        self._head = "".join(part + _GAP for part in mine[:first])
        self._tail = "".join(_GAP + part for part in mine[len(mine) - end :])
        self._common = len(self._head) + len(self._tail)
        self._left = _LEARNT_FOR if self._last else 1  # the second text is the first that has something in common

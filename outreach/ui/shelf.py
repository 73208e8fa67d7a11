"""What titles look like: the cloth that each was given, its cover where there is one, and its name in a sentence."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap

from outreach.paper.pictures import SMALL

if TYPE_CHECKING:
    from outreach.services.catalogue.covers import Looks

#: So many covers are kept ready to be painted.
_KEPT = 200
#: What we keep is far smaller; a file that someone put in its place is not decoded.
_LARGEST_MB = 8
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


class Shelf:
    """Cloths and covers by title, for painting them wherever they appear."""

    def __init__(self) -> None:
        self._folder = Path()
        self._looks: Mapping[int, tuple[str, str]] = {}
        self._books: frozenset[str] = frozenset()
        self._things: frozenset[str] = frozenset()
        self._named: Mapping[str, list[str]] = {}
        self._ready: dict[tuple[str, int, int], QPixmap] = {}

    def fill(self, folder: Path, looks: "Looks") -> bool:
        """Put other looks in; whether anything looks otherwise than before."""
        before = (self._folder, self._looks, self._books, self._things)
        is_new = (folder, looks.by_item, looks.books, looks.things) != before
        self._folder, self._looks, self._things = folder, looks.by_item, looks.things
        if looks.books != self._books:
            self._books, self._named = looks.books, _by_first_word(looks.books)
        return is_new

    def titles_in(self, text: str) -> list[tuple[int, int]]:
        """Where books are named in a sentence: from which letter to which. A name of one word may be that word."""
        found: list[tuple[int, int]] = []
        if not self._named:
            return found
        for word in _WORD.finditer(text):
            start = word.start()
            if found and start < found[-1][1]:
                continue
            for title in self._named.get(word[0], ()):
                end = start + len(title)
                if text.startswith(title, start) and not text[end : end + 1].isalnum():
                    found.append((start, end))
                    break
        return found

    def is_thing(self, name: str) -> bool:
        """Whether a product is called so, and no book."""
        return name in self._things

    def cloth(self, item_id: int) -> str:
        """The cloth of a title, empty where it is not known."""
        return self._looks.get(item_id, ("", ""))[0]

    def picture(self, item_id: int, width: float, height: float, ratio: float) -> QPixmap | None:
        """The cover of a title cut to a size in device-independent pixels, None where it has only the drawn one."""
        name = self._looks.get(item_id, ("", ""))[1]
        if not name:
            return None
        size = QSize(round(width * ratio), round(height * ratio))
        key = (name, size.width(), size.height())
        if key not in self._ready:
            from outreach.services.catalogue.covers import cover_path, small_cover_path

            if len(self._ready) >= _KEPT:
                self._ready.clear()
            small = small_cover_path(self._folder, name)
            is_small = size.width() <= SMALL[0] and size.height() <= SMALL[1] and small.is_file()
            self._ready[key] = _read(small if is_small else cover_path(self._folder, name), size)
        found = self._ready[key]
        return None if found.isNull() else found


def _by_first_word(titles: Iterable[str]) -> dict[str, list[str]]:
    """Titles of more than one word by the first of them, the longest first."""
    found: dict[str, list[str]] = {}
    for title in sorted(titles, key=len, reverse=True):
        first = _WORD.match(title)
        if first is not None and " " in title:
            found.setdefault(first[0], []).append(title)
    return found


def _read(path: Path, size: QSize) -> QPixmap:
    """A picture that fills a size; what it has too much of is cut off on all sides alike."""
    limit = QImageReader.allocationLimit()
    QImageReader.setAllocationLimit(_LARGEST_MB)
    try:
        image = QImageReader(str(path), b"jpeg").read()
    finally:
        QImageReader.setAllocationLimit(limit)
    if image.isNull():
        return QPixmap()
    grown = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    scaled = image.scaled(size, grown, Qt.TransformationMode.SmoothTransformation)
    left, top = (scaled.width() - size.width()) // 2, (scaled.height() - size.height()) // 2
    return QPixmap.fromImage(scaled.copy(left, top, size.width(), size.height()))

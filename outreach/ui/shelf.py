"""What titles look like: the cloth that each was given, and its cover where there is a picture of it."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap

from outreach.paper.pictures import SMALL
from outreach.services.covers import cover_path, small_cover_path

#: So many covers are kept ready to be painted.
_KEPT = 200
#: What we keep is far smaller; a file that someone put in its place is not decoded.
_LARGEST_MB = 8


class Shelf:
    """Cloths and covers by title, for painting them wherever they appear."""

    def __init__(self) -> None:
        self._folder = Path()
        self._looks: Mapping[int, tuple[str, str]] = {}
        self._ready: dict[tuple[str, int, int], QPixmap] = {}

    def fill(self, folder: Path, looks: Mapping[int, tuple[str, str]]) -> bool:
        """Put other looks in; whether anything looks otherwise than before."""
        is_new = (folder, looks) != (self._folder, self._looks)
        self._folder, self._looks = folder, looks
        return is_new

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
            if len(self._ready) >= _KEPT:
                self._ready.clear()
            small = small_cover_path(self._folder, name)
            is_small = size.width() <= SMALL[0] and size.height() <= SMALL[1] and small.is_file()
            self._ready[key] = _read(small if is_small else cover_path(self._folder, name), size)
        found = self._ready[key]
        return None if found.isNull() else found


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

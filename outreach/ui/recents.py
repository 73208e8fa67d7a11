"""What was gone to last, which the palette offers before a letter is typed."""

from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QSettings

#: By place, what the ids are of that one goes to there.
_KINDS = {
    "people": "person", "catalogue": "title", "match": "title", "campaigns": "campaign", "clubs": "club",
    "posts": "post",
}  # fmt: skip
_MOST = 5


class Recents:
    """The newest things that were gone to in a workspace, kept on this computer: kinds and ids, no names.

    Attributes:
        known: Kind and id of each, as `finding.again` takes them, the newest first.
    """

    def __init__(self, home: Path, workspace: Path) -> None:
        self._kept = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
        self._key = f"recent/{quote(str(workspace), safe='')}"
        written = (each.rpartition(" ") for each in str(self._kept.value(self._key, "")).split("/"))
        self.known = [(kind, int(row_id)) for kind, _, row_id in written if kind and row_id.isdecimal()]

    def note(self, place: str, row_id: int) -> None:
        """Something was gone to at a place; a place alone is none."""
        if row_id <= 0 or place not in _KINDS:
            return
        newest = (_KINDS[place], row_id)
        if self.known[:1] != [newest]:
            self.known = [newest, *(each for each in self.known if each != newest)][:_MOST]
            self._kept.setValue(self._key, "/".join(f"{kind} {number}" for kind, number in self.known))

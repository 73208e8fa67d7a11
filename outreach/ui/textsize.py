"""The size of text by key: a step larger or smaller at once, and kept for the next time."""

from outreach.settings import changed, load, save
from outreach.ui.desk import Desk
from outreach.ui.theme import TEXT_SIZES


def change_text_size(desk: Desk, by: int) -> None:
    """Go so many sizes up or down, as far as there are any."""
    now = TEXT_SIZES.index(str(round(desk.theme.scale * 100)))
    size = TEXT_SIZES[max(0, min(len(TEXT_SIZES) - 1, now + by))]
    if size != TEXT_SIZES[now]:
        desk.theme.resize(size)
        kept = "" if size == "100" else size
        desk.write(lambda _store: save(desk.home, changed(load(desk.home), "text_size", kept)))
        desk.tell(desk.say("Text is at {size}%", size=size))

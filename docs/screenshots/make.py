"""Makes the pictures of the guide: every page on the sample, light, and three of them dark.

Run: python docs/screenshots/make.py
     python docs/screenshots/make.py FOLDER   every page in every look, to be looked at: both themes, two sizes of the
                                              window, large text, longer words and the mirrored layout
"""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from outreach.photos import EVERY_LOOK, PLACES, Look, photograph
from outreach.store.workspace import Opening

HERE = Path(__file__).resolve().parent
#: The same day each time, so that a picture changes only when the page does.
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
DARK = ("people", "match", "review")


def main() -> None:
    """Make the sample, do the job on it, and photograph it."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["OUTREACH_HOME"] = str(Path(place) / "home")
        out = Path(place) / "demo"
        subprocess.run(
            [sys.executable, "-m", "outreach", "demo", "--json", "--now", NOW.isoformat(), "--out", out],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "DISPLAY": "", "WAYLAND_DISPLAY": ""},
        )
        opening = Opening(clock=lambda: NOW)
        if len(sys.argv) > 1:
            taken = photograph(out / "workspace", Path(sys.argv[1]), EVERY_LOOK, PLACES, opening)
        else:
            taken = chain(
                photograph(out / "workspace", HERE, [Look()], PLACES, opening),
                photograph(out / "workspace", HERE, [Look(dark=True, suffix="-dark")], DARK, opening),
            )
        for path in taken:
            print(path)


if __name__ == "__main__":
    main()

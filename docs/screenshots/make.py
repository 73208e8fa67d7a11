"""Makes the pictures of the guide: every page on the sample, light, and three of them dark.

Run: python docs/screenshots/make.py
"""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from outreach.photos import PLACES, Look, photograph
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
        for look, places in ((Look(), PLACES), (Look(dark=True, suffix="-dark"), DARK)):
            for path in photograph(out / "workspace", HERE, [look], places, opening):
                print(path.relative_to(HERE.parent))


if __name__ == "__main__":
    main()

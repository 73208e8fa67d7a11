"""All components of the window side by side, for whoever works on how it looks."""

import os
from pathlib import Path

import click

from outreach.cli.frame import Session, command
from outreach.cli.window import has_display, prepare_window


@command("gallery", hidden=True)
@click.option("--out", type=click.Path(path_type=Path), help="Write pictures into this folder instead.")
def gallery(session: Session, out: Path | None) -> int:
    """Show all components in both themes; without a display, or with --out, write pictures of them.

    \b
    Examples:
      outreach gallery
      outreach gallery --out pictures
    """
    is_shown = out is None and has_display()
    if not is_shown:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    prepare_window()
    from outreach.photos import photograph_gallery, show_gallery

    if is_shown:
        return show_gallery(session.home)
    files = [str(path) for path in photograph_gallery((out or Path("outreach-gallery")).expanduser(), session.home)]
    session.show({"files": files}, lambda: files)
    return 0

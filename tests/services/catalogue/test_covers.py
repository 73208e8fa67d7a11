"""Cover pictures: looked at before they are decoded, made small elsewhere, kept by their content."""

import os
import struct
import time
import zlib
from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.fields.pictures import PictureHead, read_head
from outreach.services.catalogue.catalogue import add_item, show_item
from outreach.services.catalogue.covers import cover_path, looks, prepare_cover, set_cover, small_cover_path
from outreach.store.database import Store

CORPORA = Path(os.environ.get("OUTREACH_CORPORA", "nowhere"))


def png(width: int, height: int, rows: int | None = None) -> bytes:
    """A red picture, of which perhaps only some rows are there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = (b"\x00" + b"\xc8\x28\x28" * width) * (height if rows is None else rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080005000701011100ffda0000")


@pytest.mark.parametrize(
    ("data", "head"),
    [
        (png(7, 5), PictureHead("png", 7, 5)), (JPEG, PictureHead("jpeg", 7, 5)), (b"GIF89a" + b"\0" * 20, None),
        (b"\x89PNG\r\n\x1a\n", None), (b"\xff\xd8\xff", None), (b"", None), (b"\xff\xd8\xff\xe0\x00\x00" * 5, None),
    ],
)  # fmt: skip
def test_heads_of_pictures(data: bytes, head: PictureHead | None) -> None:
    assert read_head(data) == head


def test_a_cover_is_kept_small_by_its_content_and_taken_back(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "cover.png"
    path.write_bytes(png(1200, 1800))
    item, _ = add_item(store, "Tidewall", {})
    name = prepare_cover(store.folder, path)
    assert name == prepare_cover(store.folder, path), "the same picture is kept once"
    kept = cover_path(store.folder, name)
    small = small_cover_path(store.folder, name)
    assert read_head(small.read_bytes()).width in (96, 144)  # type: ignore[union-attr]
    assert small.stat().st_size < kept.stat().st_size
    assert read_head(kept.read_bytes()) == PictureHead("jpeg", 480, 720)
    assert kept.stat().st_mode & 0o777 == 0o600
    set_cover(store, item, name)
    assert show_item(item).cover == name
    assert looks().by_item[item] == ("petrol", name)
    store.undo()
    assert show_item(item).cover == ""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a" + b"\0" * 30, "covers.kind"), (b"not a picture", "covers.kind"), (b"", "files.empty"),
        (png(40_000, 40_000, 1), "covers.too_large"), (png(300, 300)[:60], "covers.broken"),
        (b"\0" * (10 * 2**20 + 1), "covers.too_large"),
    ],
)  # fmt: skip
def test_what_is_no_cover_is_refused(store: Store, tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "cover.png"
    path.write_bytes(data)
    with pytest.raises(KnownError) as refused:
        prepare_cover(store.folder, path)
    assert refused.value.code == code
    assert not [each for each in (store.folder / "files").rglob("*") if each.is_file()]


@pytest.mark.full
@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs OUTREACH_CORPORA")
def test_bad_pictures_are_kept_or_refused_in_time(store: Store) -> None:
    for path in sorted(each for each in (CORPORA / "images").rglob("*") if each.is_file()):
        started = time.monotonic()
        try:
            assert cover_path(store.folder, prepare_cover(store.folder, path)).exists()
        except KnownError as error:
            assert error.code.startswith(("covers.", "files.")), path
        assert time.monotonic() - started < 5, path

"""The story vault: looked at before decoding, kept as it came with day and hash, shown as our own small copy."""

import hashlib
from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.fields.pictures import PictureHead, read_head
from outreach.services import posts
from outreach.services.people import subject
from outreach.services.people.forgetting import forget_person, what_goes
from outreach.services.posts import NewPost, PostKind, stories
from outreach.store.database import Store
from outreach.store.models import Post, Snapshot
from tests.services.catalogue.test_covers import png
from tests.services.gifts.test_gifts import given, person, title


def files(store: Store) -> list[Path]:
    return [each for each in (store.folder / "files").rglob("*") if each.is_file()]


@pytest.fixture
def maya(store: Store) -> int:
    row = person(store, "Maya")
    given(store, row, title(store)[0])
    return row


def kept(store: Store, path: Path, maya: int) -> int:
    new = NewPost(person_id=maya, kind=PostKind.STORY, text="Look!")
    return stories.keep_story(store, stories.prepare_picture(store.folder, path), new)[0]


def test_a_story_is_kept_as_it_came_and_shown_as_a_copy_of_ours(store: Store, maya: int, tmp_path: Path) -> None:
    path = tmp_path / "story.PNG"
    path.write_bytes(png(2160, 3840))
    post = kept(store, path, maya)
    (picture,) = stories.pictures_of(store, post)
    assert (picture.name, picture.taken_on, picture.width, picture.height) == ("story.PNG", "2026-11-24", 2160, 3840)
    assert (
        picture.hash
        == hashlib.sha256(path.read_bytes()).hexdigest()
        == hashlib.sha256(picture.path.read_bytes()).hexdigest()
    )
    assert read_head(picture.preview.read_bytes()) == PictureHead("jpeg", 1080, 1920)
    assert {each.stat().st_mode & 0o777 for each in files(store)} == {0o600}
    assert Post.get_by_id(post).kind == "story"
    with pytest.raises(KnownError) as caught:
        kept(store, path, maya)
    assert (caught.value.code, caught.value.facts["post"]) == ("stories.twice", f"o{post}")
    path.write_bytes(png(40, 30))
    stories.keep_story(store, stories.prepare_picture(store.folder, path), NewPost(), post_id=post)
    assert len(stories.pictures_of(store, post)) == 2
    store.undo()
    assert len(stories.pictures_of(store, post)) == 1
    store.undo()
    assert not Post.select().exists() and not Snapshot.select().exists()
    store.redo()
    assert stories.pictures_of(store, post)[0].path.exists(), "what can come back has its file"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a" + b"\0" * 30, "stories.kind"), (b"<svg onload=alert(1)>", "stories.kind"), (b"", "files.empty"),
        (png(40_000, 40_000, 1), "stories.too_large"), (png(300, 300)[:60], "stories.broken"),
        (b"\0" * (10 * 2**20 + 1), "stories.too_large"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_and_leaves_nothing(store: Store, tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "story.png"
    path.write_bytes(data)
    with pytest.raises(KnownError) as caught:
        stories.prepare_picture(store.folder, path)
    assert caught.value.code == code
    assert not files(store)


def test_whoever_is_forgotten_takes_her_stories_along(store: Store, maya: int, tmp_path: Path) -> None:
    path = tmp_path / "story.png"
    path.write_bytes(png(60, 80))
    kept(store, path, maya)
    posts.add_post(store, NewPost("", maya, kind=PostKind.ON_AIR, outlet="Her own show", told_by="Sam"))
    assert [name for name, _ in subject.kept_files(store, maya)] == ["story.png"]
    assert what_goes(store, maya).goes["snapshot"] == 1
    assert len(files(store)) == 2
    forget_person(store, maya)
    assert not files(store) and not Snapshot.select().exists()
    assert {(row.outlet, row.told_by, row.text) for row in Post.select()} == {("", "", "")}

"""Posts by command: several at once, put right, counted below, a story kept, and what was agreed on a gift."""

from collections.abc import Callable
from pathlib import Path

import pytest

from outreach.__main__ import run as run_command
from tests.conftest import Ran
from tests.services.catalogue.test_covers import png

NOW = ("--now", "2026-11-24T12:00:00Z")
SENT = (
    ("catalogue", "add", "The Salt Orchard", "--format", "proof", "--copies", "9"),
    ("people", "add", "Maya", "--email", "maya@example.org", "--account", "instagram:maya"),
    ("people", "address", "Maya", "--set", "line1=1 Quay", "--set", "city=Hexham", "--set", "postcode=NE46 1NF",
     "--set", "country=GB"),
    ("gifts", "plan", "--item", "i1", "--to", "p1"),
    ("gifts", "accept", "g1"),
    ("shipments", "create", "--item", "i1"),
    ("shipments", "track", "s1"),
)  # fmt: skip


@pytest.fixture
def run(cli: Callable[..., Ran], begun: Callable[..., Path]) -> Callable[..., Ran]:
    """Maya, who was sent a title."""
    place = begun(*((*command, *NOW) for command in SENT))
    return lambda *arguments, **more: cli(*arguments, "--workspace", place, *NOW, **more)


def test_posts_are_noted_put_right_and_taken_off(run: Callable[..., Ran]) -> None:
    added = run("posts", "add", "https://www.instagram.com/maya/p/Cx1/", "https://www.instagram.com/maya/reel/Cx2/")
    assert added.out.count("Organic: After a gift with nothing asked in return.") == 2
    twice = run("posts", "add", "https://instagram.com/p/Cx1")
    assert twice.code == 2 and "noted already, as o1 of 24 Nov 2026" in twice.err
    air = run("posts", "add", "--person", "Maya", "--kind", "on_air", "--outlet", "Radio Bristol", "--told-by", "Sam")
    assert air.code == 0
    shown = run("posts", "show", "o3")
    assert "Said at: Radio Bristol" in shown.out and "Told by: Sam" in shown.out
    assert run("posts", "edit", "o3", "--on", "2026-11-01", "--item", "i1", "--json").json["nature"] == "before_contact"
    assert run("posts", "remove", "o3").code == 0
    assert run("posts", "remove", "o3").code == 2
    assert len(run("posts", "list", "--kind", "video", "--json").json) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("posts", "add"), "nothing to log"),
        (("posts", "add", "https://a.example/x", "https://a.example/y", "--text", "Hm"), "Words, a picture"),
        (("posts", "edit", "o1"), "Say what is different about o1"),
        (("posts", "counts", "o1", "--likes", "3", "--on", "2026-01-01"), "the post is only of 24 Nov 2026"),
        (("posts", "counts", "o1", "--likes", "3", "--on", "2027-01-01"), "1 Jan 2027 is still to come"),
        (("posts", "story", "nowhere.png"), "nowhere.png"),
        (("gifts", "deal", "g1", "--deal", "gift", "--reward", "A voucher"), "Call it in kind or paid"),
    ],
)
def test_what_cannot_be_noted_is_said_in_a_sentence(
    run: Callable[..., Ran], arguments: tuple[str, ...], said: str
) -> None:
    run("posts", "add", "https://www.instagram.com/maya/p/Cx1/")
    refused = run(*arguments)
    assert refused.code == 2 and said in refused.err
    assert len(refused.err.strip().splitlines()) == 1


def test_counts_are_noted_and_told_with_the_names_of_rates(run: Callable[..., Ran], tmp_path: Path) -> None:
    run("posts", "add", "https://www.instagram.com/maya/p/Cx1/")
    assert "Nothing was counted" in run("posts", "counts", "o1").out
    assert "Noted what was counted below o1" in run("posts", "counts", "o1", "--likes", "612", "--views", "9000").out
    assert "nothing was changed" in run("posts", "counts", "o1", "--likes", "612").out
    assert "6.8% by Modash: likes per view" in run("posts", "counts", "o1").out
    path = tmp_path / "counts.csv"
    path.write_text("url,date,likes\no1,2026-11-24,700\nhttps://a.example/x,2026-11-24,1\n", encoding="utf-8")
    refused = run("posts", "import-counts", path)
    assert refused.code == 2 and "Row 3: “https://a.example/x” is no post of the log" in refused.err
    assert run("posts", "counts", "o1", "--json").json[0]["likes"] == 612
    tried = run("posts", "import-counts", path, "--dry-run")
    assert tried.code == 0 and "2 rows, 1 of them cannot be kept" in tried.out
    path.write_text("url,date,likes\no1,2026-11-24,700\n", encoding="utf-8")
    assert "1 reading noted" in run("posts", "import-counts", path).out
    assert run("posts", "counts", "o1", "--json").json[0]["likes"] == 700


def test_a_story_is_kept_and_a_reward_changes_its_nature(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "story.png"
    path.write_bytes(png(60, 80))
    kept = run("posts", "story", path, "--person", "Maya", "--text", "Look")
    assert "Kept story.png with o1, of 24 Nov 2026. Its SHA-256 is " in kept.out
    assert "kept already, with o1" in run("posts", "story", path, "--person", "Maya").err
    agreed = run("gifts", "deal", "g1", "--deal", "gift", "--depends-on", "posting", "--reward", "A voucher")
    assert "In kind: 1 gift (g1)." in agreed.out and "1 post has another nature now." in agreed.out
    shown = run("posts", "show", "o1", "--json").json
    assert (shown["nature_reason"], shown["pictures"][0]["file"]) == ("reward_for_posting", "story.png")


def test_links_are_read_from_standard_input(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = tmp_path / "links.txt"
    links.write_text("It is that good https://www.instagram.com/maya/p/Cx1/\nhttps://www.instagram.com/maya/p/Cx2/\n")
    with links.open(encoding="utf-8") as lines:
        monkeypatch.setattr("sys.stdin", lines)
        code = run_command(["posts", "add", "-", "--workspace", str(tmp_path / "begun"), *NOW])
    assert code == 0
    assert [row["text"] for row in run("posts", "list", "--json").json] == ["", "It is that good"]

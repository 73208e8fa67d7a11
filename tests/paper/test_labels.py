"""Labels: every line readable, on the right label, whole or not at all; addresses in their country's order."""

import tomllib
from pathlib import Path

import pypdf
import pytest
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.paper.bars import modules
from outreach.paper.labels import CARD, PLATE, LabelPages, Placing, paint_labels
from outreach.paper.pages import look_through, preview, print_pages
from outreach.paper.painting import painting_app
from outreach.paper.setting import Setter
from outreach.services.people.postal import PostalAddress, address_lines
from outreach.services.shipments import labels
from outreach.services.shipments.labels import PAGES, load_sheets, paper_of, sheet
from tests.conftest import ROOT

BLOCKS = [(f"Person {number}", f"{number} Alma Vale Road", "Bristol", "BS8 2HY") for number in range(30)]


def texts(path: Path) -> list[list[str]]:
    return [
        [" ".join(line.split()) for line in page.extract_text().splitlines()] for page in pypdf.PdfReader(path).pages
    ]


def test_every_line_of_every_label_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    painted = paint_labels(path, sheet("L7163"), BLOCKS)
    assert (painted.pages, painted.shrunk, painted.cut) == (3, (), ())
    pages = texts(path)
    assert [sum(line.startswith("Person") for line in page) for page in pages] == [14, 14, 2]
    assert [line for page in pages for line in page] == [line for block in BLOCKS for line in block]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", list(load_sheets()))
def test_every_sheet_paints_on_its_page(tmp_path: Path, name: str) -> None:
    chosen = sheet(name)
    path = tmp_path / "labels.pdf"
    assert paint_labels(path, chosen, BLOCKS[:3], Placing(outlines=True)).pages == 1
    box = pypdf.PdfReader(path).pages[0].mediabox
    assert (float(box.width) * 25.4 / 72, float(box.height) * 25.4 / 72) == pytest.approx(PAGES[chosen.page], abs=0.6)


def test_a_part_used_sheet_begins_where_it_is_free(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    paint_labels(path, sheet("L7163"), BLOCKS[:4], Placing(start=12))
    assert [sum(line.startswith("Person") for line in page) for page in texts(path)] == [3, 1]


def test_long_lines_shrink_and_are_said_when_they_are_cut(tmp_path: Path) -> None:
    long = ("Person", "The Old Post Office Reading Rooms and Lending Library, Upper Floor", "Bristol")
    longer = ("Person", "x" * 4000, "Bristol")
    painted = paint_labels(tmp_path / "labels.pdf", sheet("L7163"), [long, longer])
    assert (painted.shrunk, painted.cut) == ((0, 1), (1,))


def rectangles(page: pypdf.PageObject) -> list[tuple[float, float, float, float]]:
    """The rectangles that are drawn on a page: left, top, width, height in millimetres."""
    high = float(page.mediabox.height)
    found = []

    def look(operator: bytes, operands: list[float], matrix: list[float], _text: list[float]) -> None:
        if operator == b"re":
            x, y, wide, tall = (float(each) for each in operands)
            a, _, _, d, e, f = matrix
            left, right = sorted((a * x + e, a * (x + wide) + e))
            bottom, top = sorted((d * y + f, d * (y + tall) + f))
            found.append(tuple(each * 25.4 / 72 for each in (left, high - top, right - left, top - bottom)))

    page.extract_text(visitor_operand_before=look)
    return found


@pytest.mark.parametrize("nudge", [(0.0, 0.0), (1.5, -0.8)])
@pytest.mark.parametrize("name", list(load_sheets()))
def test_labels_lie_where_their_sheet_says(tmp_path: Path, name: str, nudge: tuple[float, float]) -> None:
    chosen, path = sheet(name), tmp_path / "labels.pdf"
    paint_labels(path, chosen, BLOCKS[:1], Placing(start=2, nudge_mm=nudge, outlines=True))
    found = rectangles(pypdf.PdfReader(path).pages[0])
    meant = [chosen.place(number) for number in range(chosen.per_page)]
    for x, y in meant:
        place = (x + nudge[0], y + nudge[1], chosen.width, chosen.height)
        assert any(each == pytest.approx(place, abs=0.2) for each in found), (place, found[:4])


def test_the_measures_of_sheets_are_those_of_their_makers() -> None:
    inches = {"5160": (2.625, 1, 0.15625, 0.5, 2.78125, 1), "5163": (4, 2, 0.1625, 0.5, 4.1875, 2),
              "5164": (4, 3.3333, 0.15625, 0.5, 4.1875, 3.3333), "5167": (1.75, 0.5, 0.28125, 0.5, 2.0625, 0.5),
              "5168": (3.5, 5, 0.5, 0.5, 4, 5), "8162": (4, 1.3333, 0.15625, 0.8333, 4.1875, 1.3333)}  # fmt: skip
    for name, told in inches.items():
        each = sheet(name)
        ours = (each.width, each.height, each.left, each.top, each.pitch_x, each.pitch_y)
        assert ours == pytest.approx([value * 25.4 for value in told], abs=0.005)
    for name in ("L7159", "L7160", "L7161", "L7162", "L7163", "L7164", "L7165", "L7169"):
        each = sheet(name)
        right = each.place(each.columns - 1)[0] + each.width
        bottom = each.place(each.per_page - 1)[1] + each.height
        assert (210 - right, 297 - bottom) == pytest.approx((each.left, each.top), abs=0.06), "in the middle of A4"
    assert (sheet("J8160").id, sheet("8163").id, sheet("A6", "cards").id) == ("avery-l7160", "avery-5163", "card-a6")
    assert (paper_of("US"), paper_of("GB"), paper_of("")) == ("Letter", "A4", "A4")


@pytest.mark.parametrize(
    "wrong",
    [
        "width = 80.0",
        "pitch_y = 20.0",
        "columns = 0",
        "columns = 2.5",
        "left = -1.0",
        'page = "A3"',
        "colour = 1",
        "rows = 9",
    ],
)
def test_measures_that_cannot_be_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    told = tomllib.loads((ROOT / "resources" / "labels.toml").read_text(encoding="utf-8"))["avery-l7160"]
    told |= tomllib.loads(wrong)
    lines = [f"{name} = {value!r}".replace("'", '"') for name, value in told.items()]
    (tmp_path / "labels.toml").write_text("[mine]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr(labels, "resource", tmp_path.joinpath)
    with pytest.raises(KnownError) as caught:
        labels._shipped.__wrapped__("labels")
    assert (caught.value.code, caught.value.facts) == ("labels.bad_sheet", {"sheet": "Avery L7160, 21 a page"})


def test_sheets_of_ones_own_lie_beside_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_HOME", str(tmp_path))
    told = tomllib.loads((ROOT / "resources" / "labels.toml").read_text(encoding="utf-8"))["avery-l7160"]

    def write(**sheets: dict[str, object]) -> None:
        lines = [
            f"[{name.replace('_', '-')}]\n" + "".join(f"{key} = {value!r}\n" for key, value in measures.items())
            for name, measures in sheets.items()
        ]
        (tmp_path / "labels.toml").write_text("\n".join(lines), encoding="utf-8")

    assert sheet("L7160").left == 7.21
    write(mine=told | {"name": "Mine", "also": []}, avery_l7160=told | {"left": 6.5}, odd=told | {"width": 90.0})
    assert (sheet("mine").name, sheet("L7160").left, sheet("J8160").left) == ("Mine", 6.5, 6.5)
    assert "odd" not in load_sheets() and len(load_sheets()) == len(labels._shipped("labels")) + 1
    with pytest.raises(KnownError) as caught:
        sheet("odd")
    assert caught.value.code == "labels.bad_sheet"
    (tmp_path / "labels.toml").write_text("[mine\nwidth", encoding="utf-8")
    assert sheet("L7160").left == 7.21, "ours are there all the same"
    with pytest.raises(KnownError) as caught:
        sheet("mine")
    assert caught.value.code == "labels.bad_file"
    (tmp_path / "labels.toml").write_text("width = 3\nname = []\n", encoding="utf-8")
    assert len(load_sheets()) == len(labels._shipped("labels"))


def test_a_test_print_needs_no_address(tmp_path: Path) -> None:
    path = tmp_path / "test.pdf"
    assert paint_labels(path, sheet("5160"), [], Placing(outlines=True)).pages == 1
    assert len(rectangles(pypdf.PdfReader(path).pages[0])) >= 30


def test_a_printer_gets_the_same_page_as_the_file(tmp_path: Path) -> None:
    painting_app()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    placing = Placing(start=4, nudge_mm=(0.5, 0.5), outlines=True)
    pages = LabelPages(sheet("L7160"), BLOCKS, placing, [f"s{number}" for number in range(30)])
    assert print_pages(printer, pages).pages == 2
    paint_labels(tmp_path / "file.pdf", sheet("L7160"), BLOCKS, placing, [f"s{number}" for number in range(30)])
    assert texts(tmp_path / "printed.pdf") == texts(tmp_path / "file.pdf")
    ours, other = (pypdf.PdfReader(tmp_path / name).pages[0] for name in ("printed.pdf", "file.pdf"))
    for mine, same in zip(rectangles(ours), rectangles(other), strict=True):
        assert mine == pytest.approx(same, abs=0.1)


def test_the_picture_of_a_page_shows_its_labels(tmp_path: Path) -> None:
    chosen = sheet("L7163")
    image = preview(LabelPages(chosen, BLOCKS[:1], Placing(start=4)), 0, 840)
    assert (image.width(), image.height()) == (840, 1188)
    per_mm, (x, y) = 840 / 210, chosen.place(3)
    white = QColor("white").rgb()
    inked = [
        (column, row)
        for row in range(image.height())
        for column in range(0, image.width(), 2)
        if image.pixel(column, row) != white
    ]
    assert len(inked) > 100
    for column, row in inked:
        assert x <= column / per_mm <= x + chosen.width and y <= row / per_mm <= y + chosen.height


def test_a_job_that_was_stopped_leaves_no_labels(tmp_path: Path) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        paint_labels(tmp_path / "labels.pdf", sheet("L7163"), BLOCKS, job=job)
    assert list(tmp_path.iterdir()) == []


# Text.


def test_text_shrinks_then_breaks_then_says_what_it_cut() -> None:
    painting_app()
    setter = Setter()
    assert setter.fit(["Maya Reyes", "Leeds"], 600, 300).size == 10.5
    small = setter.fit(["The Old Post Office Reading Rooms and Lending Library"], 1050, 300)
    assert (small.lines, small.is_whole, small.is_usual) == (
        ["The Old Post Office Reading Rooms and Lending Library"],
        True,
        False,
    )
    assert 6.5 <= small.size < 10.5
    broken = setter.fit(["The Old Post Office Reading Rooms and Lending Library", "Leeds"], 300, 300)
    assert broken.is_whole and " ".join(broken.lines) == "The Old Post Office Reading Rooms and Lending Library Leeds"
    cut = setter.fit([f"Line {number}" for number in range(20)], 600, 200)
    assert not cut.is_whole and cut.size == 6.5
    assert (cut.lines[0], cut.lines[-2:]) == ("Line 0", ["Line 18", "Line 19"]), "where it goes is kept"
    assert cut.lines[-3].endswith("…")
    word = setter.fit(["x" * 40], 300, 300)
    assert word.is_whole and "".join(word.lines) == "x" * 40, "within a word where nothing else helps"
    word = setter.fit(["x" * 4000], 300, 300)
    assert not word.is_whole and word.lines[0].endswith("…")


@pytest.mark.parametrize(
    "text", ["東京都千代田区丸の内一丁目一番一号第二ビルディング", "𠮷野家👋" * 8, "Große-Straße/Ecke " * 4]
)
def test_scripts_without_spaces_are_broken_with_nothing_lost(text: str) -> None:
    painting_app()
    broken = Setter().fit([text], 300, 600)
    assert broken.is_whole and len(broken.lines) > 1
    assert "".join("".join(broken.lines).split()) == "".join(text.split())


def test_labels_of_other_scripts_can_be_read_or_their_letters_are_told(tmp_path: Path) -> None:
    blocks = [("Κώστας", "Οδός Αθηνάς 5"), ("דוד כהן", "רחוב הרצל 12", "תל אביב"), ("محمد", "شارع الحمرا 12", "بيروت"),
              ("Maya \U0001ffff", "देव\U000105ff")]  # fmt: skip
    path = tmp_path / "labels.pdf"
    painted = paint_labels(path, sheet("L7160"), blocks)
    assert set(painted.unreadable) == {3}
    assert {"\U0001ffff", "\U000105ff"} <= set(painted.unreadable[3]), "nobody has a font for these"
    assert {"Κώστας", "Οδός Αθηνάς 5"} <= set(texts(path)[0])


def test_what_would_be_told_is_known_before_anything_is_printed(tmp_path: Path) -> None:
    blocks = [*BLOCKS, ("x" * 4000,), ("Maya \U0001ffff",), ("The Old Post Office " * 4,)]
    told = look_through(LabelPages(sheet("L7160"), blocks))
    assert told == paint_labels(tmp_path / "labels.pdf", sheet("L7160"), blocks)
    assert (told.cut, told.shrunk, dict(told.unreadable)) == ((30,), (30, 32), {31: "\U0001ffff"})
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        look_through(LabelPages(sheet("L7160"), blocks), job)


def test_signs_without_a_form_of_their_own_need_no_font() -> None:
    painting_app()
    assert Setter().unreadable(["\u0645\u06cc\u200c\u062e", "\u2764\ufe0f", "\u202a1\u202c", "e\u0301"]) == ""


def test_hebrew_and_arabic_stand_at_the_right() -> None:
    chosen = sheet("L7163")
    left, right = (
        preview(LabelPages(chosen, [block]), 0, 420)
        for block in (("David Cohen", "Haifa"), ("דוד כהן", "חיפה", "ISRAEL"))
    )

    def middle(image) -> float:  # of what is inked, in millimetres
        at = [
            column / 2
            for row in range(150)
            for column in range(420)
            if QColor(image.pixel(column, row)).lightness() < 160
        ]
        return sum(at) / len(at)

    assert middle(left) < chosen.left + chosen.width / 2 < middle(right)


# Bars.


def test_the_bars_of_a_number() -> None:
    # As zbar reads them: start B, "s", "1", "2", the check sign, stop.
    assert modules("s12") == (
        "11010010000101111001001001110011011001110010101100100001100011101011"
    )  # fmt: skip
    for text in ("", "ß", "a\n"):
        with pytest.raises(ValueError, match="no bar code"):
            modules(text)


def test_bars_stand_below_the_address_or_are_said_to_have_no_room(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    painted = paint_labels(path, sheet("L7160"), BLOCKS[:2], None, ["s1", ""])
    assert (painted.cut, painted.without_bars) == ((), ())
    page = pypdf.PdfReader(path).pages[0]
    assert "s1" in page.extract_text().split()
    bars = [each for each in rectangles(page) if each[3] == pytest.approx(5, abs=0.2)]
    chosen = sheet("L7160")
    left, bottom = chosen.left + 3, chosen.top + chosen.height
    assert len(bars) == len(modules("s1").replace("0", " ").split())
    assert all(
        left < x and x + wide < chosen.left + chosen.width - 3 + 0.01 and y + tall < bottom for x, y, wide, tall in bars
    )
    small = paint_labels(tmp_path / "small.pdf", sheet("5167"), [("Maya", "Leeds")], None, ["s1"])
    assert (small.cut, small.without_bars) == ((), (0,))


# Cards and plates.


def test_cards_break_their_line_and_plates_leave_room_for_a_name(tmp_path: Path) -> None:
    painting_app()
    lines = ["Dear Maya,", "", "You once said you would read anything where the sea holds a grudge.", "", "Hanna"]
    card = LabelPages(sheet("a6", "cards"), [lines], style=CARD)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "cards.pdf"))
    assert print_pages(printer, card).shrunk == ()
    assert " ".join(" ".join(texts(tmp_path / "cards.pdf")[0]).split()) == " ".join(" ".join(lines).split())
    chosen = sheet("L7165")
    image = preview(LabelPages(chosen, [("For Maya", "The Salt Orchard", "Safiya Renn")], style=PLATE), 0, 420)
    inked = [row for row in range(594) for column in range(420) if QColor(image.pixel(column, row)).lightness() < 160]
    assert chosen.top < min(inked) / 2 and max(inked) / 2 < chosen.top + chosen.height * 0.62


@pytest.mark.parametrize("start", [0, 15])
def test_a_label_that_is_not_there(tmp_path: Path, start: int) -> None:
    with pytest.raises(KnownError) as caught:
        paint_labels(tmp_path / "labels.pdf", sheet("L7163"), BLOCKS, Placing(start=start))
    assert caught.value.code == "labels.bad_start"
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        paint_labels(tmp_path / "nowhere" / "labels.pdf", sheet("L7163"), BLOCKS)
    assert caught.value.code == "paper.not_written"
    with pytest.raises(KnownError):
        sheet("L0")


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (PostalAddress("Maya", "", "14 Tannery Row", "", "Leeds", "", "LS3 1AB", "GB"), ("Maya", "14 Tannery Row", "Leeds", "LS3 1AB")),
        (PostalAddress("Ann", "", "1 Main St", "Apt 2", "Springfield", "IL", "62701", "US"), ("Ann", "1 Main St", "Apt 2", "Springfield IL 62701", "UNITED STATES")),
        (PostalAddress("Jörn", "", "Hauptstr. 5", "", "Berlin", "", "10115", "DE"), ("Jörn", "Hauptstr. 5", "10115 Berlin", "GERMANY")),
        (PostalAddress("Zoé", "", "3 rue de la Paix", "", "Paris", "", "75002", "FR"), ("Zoé", "3 rue de la Paix", "75002 Paris", "FRANCE")),
        (PostalAddress("Ola", "", "ul. Długa 1", "", "Kraków", "", "30-001", "PL"), ("Ola", "ul. Długa 1", "30-001 Kraków", "POLAND")),
        (PostalAddress("Aoife", "", "1 Quay", "", "Cork", "Co. Cork", "T12 X70A", "IE"), ("Aoife", "1 Quay", "Cork", "Co. Cork", "T12 X70A", "IRELAND")),
        (PostalAddress("X", "The Shop", "1 Road", "", "", "", "", ""), ("X", "The Shop", "1 Road")),
        (PostalAddress("The Shop", "The Shop", "", "", "Town", "", "", "QQ"), ("The Shop", "Town", "QQ")),
    ],
)  # fmt: skip
def test_addresses_stand_as_their_country_writes_them(address: PostalAddress, lines: tuple[str, ...]) -> None:
    assert address_lines(address) == lines


@pytest.mark.parametrize(
    "country", ["JP", "CN", "BR", "VN", "TR", "CH", "NL", "AU", "CA", "IN", "NG", "SE", "HU", "KR"]
)
def test_nothing_of_an_address_is_lost_anywhere(country: str) -> None:
    address = PostalAddress("Name", "House", "line one", "line two", "Town", "Region", "12345", country)
    text = " ".join(address_lines(address))
    for part in ("Name", "House", "line one", "line two", "Town", "Region", "12345"):
        assert part in text
    assert address_lines(address, country)[-1] != country


def test_signs_that_turn_text_about_are_taken_out() -> None:
    assert address_lines(PostalAddress("Ma\u202eya\u200b", "", "1\u2066 Road")) == ("Maya", "1 Road")

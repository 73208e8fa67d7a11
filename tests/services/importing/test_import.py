"""Imports: who is there already is brought up to date, nothing known is thrown away, and all can be taken back."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.services.importing.batches import take_back
from outreach.services.importing.handed import Handed, remember_file
from outreach.services.importing.policies import Policy
from outreach.services.importing.preview import look_at
from outreach.services.importing.run import ImportKind, ImportOptions, ImportResult, import_file
from outreach.services.importing.taking import OnMatch
from outreach.services.pages.people import PeopleQuery, people_ids
from outreach.services.people import people
from outreach.services.people.merging import merge_people
from outreach.services.people.people import NewPerson
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Address, ImportBatch, Person
from outreach.store.workspace import Opening
from tests.conftest import NOW, contents

LEDGER = ("import_batch", "import_note", "import_insert", "import_update")
HEADER = "Name,E-mail,Instagram,Followers,City,Zip,Address1,Country,Likes,Comments,Role\n"


def bring(store: Store, tmp_path: Path, *rows: str, on_match: OnMatch = OnMatch.UPDATE) -> ImportResult:
    path = tmp_path / f"list{len(list(tmp_path.glob('*.csv')))}.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return import_file(store, ImportKind.PEOPLE, path, ImportOptions(on_match))


def only(store: Store) -> people.PersonDetail:
    (person,) = Person.select()
    return people.show_person(store, person.id)


MAYA = "Maya Reyes,maya@example.org,mayareads,12.3k,Leeds,LS3 1AB,14 Tannery Row,UK,romance,likes tea,blogger"


def test_a_new_person_with_everything(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, MAYA)
    found = only(store)
    assert found.values["name"] == "Maya Reyes"
    assert (found.values["role"], found.values["country"], found.values["notes"]) == ("creator", "GB", "likes tea")
    assert found.accounts[0][:2] == ("instagram", "mayareads")
    assert found.accounts[0][3] == 12_300
    assert [(taste.subject, taste.evidence) for taste in found.tastes] == [("Romance", ("list0.csv",))]
    assert found.addresses[0]["postcode"] == "LS3 1AB"


def test_an_address_with_signs_that_cannot_be_seen_is_not_taken(store: Store, tmp_path: Path) -> None:
    bring(
        store, tmp_path, MAYA.replace("Leeds", "Le\u202eeds"), "Rosa,rosa@example.org,,,Hull,HU1\u200b 1AA,2 Row,UK,,,"
    )
    assert [person.name for person in Person.select().order_by(Person.id)] == ["Maya Reyes", "Rosa"]
    assert Address.select().count() == 0
    notes = store.rows("SELECT code, facts FROM import_note ORDER BY id")
    assert [code for code, _ in notes] == ["rows.unseen_address"] * 2
    assert "U+202E" in notes[0][1] and "U+200B" in notes[1][1]
    card = tmp_path / "cards.vcf"
    card.write_text(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nADR:;;1 \u202eRow;Leeds;;LS1 4AB;UK\r\nADR:;;2 Row;Hull;;HU1 1AA;UK\r\n"
        "END:VCARD\r\n",
        encoding="utf-8", newline="",
    )  # fmt: skip
    import_file(store, ImportKind.PEOPLE, card)
    assert [row.line1 for row in Address.select()] == ["2 Row"], "her other address is"


def test_an_update_replaces_fills_and_adds(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, MAYA)
    result = bring(
        store,
        tmp_path,
        "Maya Okonjo-Reyes,MAYA@example.org,mayareads,15k,Hull,HU1 1AA,2 New Street,UK,poetry,moved,bookseller",
    )
    assert (result.added, result.updated) == (0, 1)
    found = only(store)
    assert (found.values["name"], found.values["role"]) == ("Maya Okonjo-Reyes", "bookseller")
    assert found.values["notes"] == "likes tea\nmoved"
    assert [taste.subject for taste in found.tastes] == ["Romance", "Poetry"]
    assert [(row["city"], row["is_current"]) for row in found.addresses] == [("Hull", 1), ("Leeds", 0)]
    assert found.accounts[0][3] == 15_000


def test_adding_only_fills_what_is_empty(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "Maya Reyes,maya@example.org,,,,,,,,,blogger")
    bring(store, tmp_path, "May Rey,maya@example.org,mayareads,,,,,,poetry,,bookseller", on_match=OnMatch.ADD)
    found = only(store)
    assert (found.values["name"], found.values["role"]) == ("Maya Reyes", "creator")
    assert found.accounts
    assert found.tastes


def test_skipping_leaves_them_alone(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, MAYA)
    before = contents(store, without=LEDGER)
    result = bring(
        store, tmp_path, "Other Name,maya@example.org,other,,,,,,poetry,new,bookseller", on_match=OnMatch.SKIP
    )
    assert (result.added, result.updated, result.unchanged) == (0, 0, 1)
    assert contents(store, without=LEDGER) == before


def test_lost_letters_never_take_the_place_of_whole_ones(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "İldeş Çamurcuoğlu,i@example.org,,,Ankara,06100,38 Yıldırım,TR,,,")
    bring(store, tmp_path, "?lde? Çamurcuo?lu,i@example.org,,,Ankara,06100,38 Y?ld?r?m,Turkey,,,")
    found = only(store)
    assert (found.values["name"], found.addresses[0]["line1"], len(found.addresses)) == (
        "İldeş Çamurcuoğlu",
        "38 Yıldırım",
        1,
    )
    Person.delete().execute()
    bring(store, tmp_path, "?lde? Çamurcuo?lu,i@example.org,,,Ankara,06100,38 Y?ld?r?m,TR,,,")
    bring(store, tmp_path, "İldeş Çamurcuoğlu,i@example.org,,,Ankara,06100,38 Yıldırım,TR,,,")
    found = only(store)
    assert (found.values["name"], found.addresses[0]["line1"], len(found.addresses)) == (
        "İldeş Çamurcuoğlu",
        "38 Yıldırım",
        1,
    )


def test_a_first_name_alone_does_not_replace_a_full_one(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, MAYA)
    bring(store, tmp_path, "Maya,maya@example.org,,,,,,,,,")
    assert only(store).values["name"] == "Maya Reyes"


def test_a_confirmed_address_stays_the_current_one(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, MAYA)
    Address.update(confirmed_on="2026-11-01").execute()
    result = bring(store, tmp_path, "Maya Reyes,maya@example.org,,,Hull,HU1 1AA,2 New Street,UK,,,")
    assert [note.code for note in result.notes] == ["rows.other_address"]
    assert [(row["city"], row["is_current"]) for row in only(store).addresses] == [("Leeds", 1), ("Hull", 0)]


def test_people_are_found_by_handle_within_one_file_too(store: Store, tmp_path: Path) -> None:
    result = bring(
        store, tmp_path,
        "Maya Reyes,,mayareads,,,,,,romance,,",
        "Maya Reyes,maya@example.org,https://www.instagram.com/MayaReads/?igsh=x,,,,,,poetry,,",
        "M. Reyes,maya@example.org,,,,,,,,,",
    )  # fmt: skip
    assert (result.added, result.updated, result.unchanged) == (1, 2, 0)
    assert len(only(store).tastes) == 2


def test_what_belongs_to_someone_else_stays_there(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "Maya,maya@example.org,,,,,,,,,", "Rosa,,rosareads,,,,,,,,")
    result = bring(store, tmp_path, "Maya,maya@example.org,rosareads,,,,,,,,")
    (note,) = result.notes
    assert (note.code, note.facts["other"]) == ("rows.shared", "p2 Rosa")
    assert [len(people.show_person(store, row.id).accounts) for row in Person.select().order_by(Person.id)] == [0, 1]


def test_an_import_clears_the_steps_of_undo(store: Store, tmp_path: Path) -> None:
    people.add_person(store, NewPerson("Kit"))
    result = bring(store, tmp_path, MAYA)
    assert store.undoable() == ()
    assert result.changes.touches("person", "account")
    people.add_person(store, NewPerson("Rosa"))
    assert store.undo()
    assert Person.select().count() == 2


def test_a_stopped_import_leaves_nothing(store: Store, tmp_path: Path) -> None:
    class Impatient(Job):
        def report(self, done: int, *, total: int | None = None) -> None:
            if done >= 4000:
                self.cancel()
            super().report(done, total=total)

    path = tmp_path / "long.csv"
    path.write_text("Name,E-mail\n" + "".join(f"P {n},p{n}@example.org\n" for n in range(9000)))
    before = contents(store)
    with pytest.raises(Cancelled):
        import_file(store, ImportKind.PEOPLE, path, job=Impatient())
    assert contents(store) == before
    people.add_person(store, NewPerson("Rosa"))
    assert store.undo()


def test_taking_back_what_others_build_on_is_refused(store: Store, tmp_path: Path) -> None:
    first = bring(store, tmp_path, MAYA)
    second = bring(store, tmp_path, "Maya Reyes,maya@example.org,,,,,,,poetry,,")
    before = contents(store)
    with pytest.raises(KnownError) as caught:
        take_back(store, int(first.batch or 0))
    assert (caught.value.code, caught.value.facts["later"]) == ("imports.later", second.batch)
    assert contents(store) == before
    take_back(store, int(second.batch or 0))
    merge_people(store, people.add_person(store, NewPerson("Kit"))[0], people.add_person(store, NewPerson("Kit"))[0])
    take_back(store, int(first.batch or 0))
    assert [row.name for row in Person.select()] == ["Kit"]


def test_taking_back_never_takes_someones_work(folder: Path, tmp_path: Path) -> None:
    with workspace.writing(folder, Opening(clock=lambda: NOW)) as store:
        first = bring(store, tmp_path, MAYA)
        second = bring(store, tmp_path, "Maya Reyes,maya@example.org,,,,,,,,,bookseller")
    with workspace.writing(folder, Opening(clock=lambda: NOW + timedelta(hours=1))) as store:
        people.edit_person(store, 1, {"role": "librarian"})
        before = contents(store)
        for result in (second, first):
            with pytest.raises(KnownError) as caught:
                take_back(store, int(result.batch or 0))
            assert caught.value.code in ("imports.edited", "imports.later")
        assert contents(store) == before


def test_after_thirty_days_it_is_too_late(folder: Path, tmp_path: Path) -> None:
    with workspace.writing(folder, Opening(clock=lambda: NOW)) as store:
        result = bring(store, tmp_path, MAYA)
    with (
        workspace.writing(folder, Opening(clock=lambda: NOW + timedelta(days=31))) as store,
        pytest.raises(KnownError) as caught,
    ):
        take_back(store, int(result.batch or 0))
    assert caught.value.code == "imports.too_old"


def test_what_the_last_import_touched_is_a_filter(store: Store, tmp_path: Path) -> None:
    people.add_person(store, NewPerson("Kit"))
    first = bring(store, tmp_path, MAYA, "Rosa Lund,rosa@example.org,,,,,,,,,")
    bring(store, tmp_path, "Rosa Lund,rosa@example.org,,,,,,,poetry,,", "Beth Ng,beth@example.org,,,,,,,,,")

    def names(query: str) -> set[str]:
        return {people.show_person(store, each).values["name"] for each in people_ids(store, PeopleQuery(query))}

    assert names("import:last") == {"Rosa Lund", "Beth Ng"}
    assert names(f"import:{first.batch}") == {"Maya Reyes", "Rosa Lund"}
    assert names("-import:last") == {"Kit", "Maya Reyes"}
    assert names("import:99") == set()


def test_what_becomes_of_known_values_is_the_users_choice(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, MAYA)
    path = tmp_path / "other.csv"
    path.write_text(
        HEADER + "May Rey,maya@example.org,maya2,,Hull,HU1 1AA,2 New Street,UK,poetry,moved,bookseller\n",
        encoding="utf-8",
    )
    policy = dict.fromkeys(("name", "role", "account", "tastes", "notes", "address"), Policy.KEEP)
    result = import_file(store, ImportKind.PEOPLE, path, ImportOptions(policy=policy))
    assert (result.updated, result.unchanged) == (0, 1)
    result = import_file(
        store, ImportKind.PEOPLE, path, ImportOptions(policy={"notes": Policy.REPLACE, "address": Policy.ADD})
    )
    found = only(store)
    assert (found.values["name"], found.values["notes"]) == ("May Rey", "moved")
    assert [(row["city"], row["is_current"]) for row in found.addresses] == [("Leeds", 1), ("Hull", 0)]


def test_a_double_is_who_the_user_says(store: Store, tmp_path: Path) -> None:
    people.add_person(store, NewPerson("Maya Reyes"))
    path = tmp_path / "list.csv"
    path.write_text(
        "Name,E-mail\nMaya Reyes,maya@example.org\nRosa Lund,r1@example.org\nRosa Lund,r2@example.org\n",
        encoding="utf-8",
    )
    dry = import_file(store, ImportKind.PEOPLE, path, ImportOptions(dry_run=True))
    assert (dry.added, dry.doubles) == (3, 2)
    assert [(note.row, note.code, note.facts["person"]) for note in dry.notes] == [
        (2, "rows.maybe_double", 1), (4, "rows.maybe_double_row", -3),
    ]  # fmt: skip
    result = import_file(store, ImportKind.PEOPLE, path, ImportOptions(same={2: 1, 4: -3}))
    assert (result.added, result.updated, result.doubles) == (1, 2, 0)
    assert Person.select().count() == 2
    apart = import_file(store, ImportKind.PEOPLE, path, ImportOptions(same={2: 999}))
    assert (apart.added, apart.unchanged) == (0, 3), "they are found by their e-mail addresses now"


def test_a_sheet_is_read_as_the_user_said_of_one_like_it(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Who,Where to write,Thing\nMaya,maya@example.org,poetry\n", encoding="utf-8")
    with pytest.raises(KnownError):
        import_file(store, ImportKind.PEOPLE, path)
    mapping = {"Who": "name", "Where to write": "email", "Thing": "likes"}
    remember_file(store, ImportKind.PEOPLE, path, mapping, {"notes": "keep"})
    assert store.undoable() == (Op.REMEMBER_SHEET,)
    path.write_text("Thing,Who,Where to write\nromance,Rosa,rosa@example.org\n", encoding="utf-8")
    result = import_file(store, ImportKind.PEOPLE, path)
    assert (result.added, result.as_before) == (1, True)
    assert only(store).emails == ("rosa@example.org",)
    told = look_at(store, Handed(path, ImportKind.PEOPLE), None, {})
    assert ([column.target for column in told.columns], told.as_before) == (["likes", "name", "email"], True)
    assert told.columns[0].reads == ("reads.text", {"value": "Romance"})


NAMES = st.sampled_from(["Maya Reyes", "Rosa Lund", "Kit", "", "Total", "Zoë Müller"])
MAILS = st.sampled_from(
    ["maya@example.org", "ROSA@example.org ", "kit@example.org", "", "no address", "a@b.example, c@d.example"]
)
REST = st.sampled_from(["", "poetry", "2 of 3", "Y", "12.3k", "14 Row, Leeds LS3 1AB", "horror / romance", "x" * 40])


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.tuples(NAMES, MAILS, REST, REST, REST, REST), min_size=1, max_size=6), min_size=1, max_size=3),
    st.sampled_from(list(OnMatch)),
)
def test_taking_imports_back_equals_before(
    store: Store, tmp_path: Path, lists: list[list[tuple[str, ...]]], on_match: OnMatch
) -> None:
    """Whatever comes in, and however often: taken back from the last to the first, everything is as it was."""
    states = []
    for rows in lists:
        path = tmp_path / "list.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("Name", "E-mail", "Likes", "Posted about", "Followers", "Address"), *rows])
        before = contents(store, without=LEDGER)
        result = import_file(store, ImportKind.PEOPLE, path, ImportOptions(on_match))
        assert result.rows == result.added + result.updated + result.unchanged + result.skipped
        states.append((int(result.batch or 0), before))
    for batch, before in reversed(states):
        take_back(store, batch)
        assert contents(store, without=LEDGER) == before


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 899), st.sampled_from(["cut", "error", "cancel"]))
def test_an_import_is_all_or_nothing(store: Store, tmp_path: Path, place: int, how: str) -> None:
    """Wherever it is stopped, by a broken file, a trouble of ours or the user: nothing of it has happened."""
    path = tmp_path / "list.csv"
    rows = [f'P {number},p{number}@example.org,"{number} of 9"\n' for number in range(900)]
    if how == "cut":
        rows[place] = f'P,p{place}@example.org,"broken "quote\n'
    path.write_text("Name,E-mail,Posted about\n" + "".join(rows), encoding="utf-8")

    class Stops(Job):
        def report(self, done: int, *, total: int | None = None) -> None:
            if how != "cut" and done >= place:
                if how == "error":
                    raise ZeroDivisionError
                self.cancel()
            super().report(done, total=total)

    before = contents(store)
    with pytest.raises((KnownError, Cancelled, ZeroDivisionError)):
        import_file(store, ImportKind.PEOPLE, path, job=Stops())
    assert contents(store) == before


@pytest.mark.parametrize(
    "header",
    [
        "Vorname;Nachname;E-Mail-Adresse;Straße geschäftlich;Ort geschäftlich;Postleitzahl geschäftlich;Land/Region geschäftlich;Notizen",
        "Prénom;Nom;Adresse de messagerie;Rue (bureau);Ville (bureau);Code postal (bureau);Pays/Région (bureau);Notes",
        "Nombre;Apellidos;Dirección de correo electrónico;Calle del trabajo;Ciudad del trabajo;Código postal del trabajo;País o región del trabajo;Notas",
        "Vorname;Nachname;E-Mail-Adresse;Straße;Ort;PLZ;Land;Bemerkungen",
        "Prénom;Nom;Courriel;Rue;Ville;Code postal;Pays;Remarques",
        "Nombre;Apellidos;Correo electrónico;Calle;Ciudad;Código postal;País;Observaciones",
    ],
)
def test_headings_in_other_languages(store: Store, tmp_path: Path, header: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"{header}\nMaya;Müller;maya@example.org;Gasse 1;Köln;50667;Germany;mag Tee\n".encode("cp1252"))
    result = import_file(store, ImportKind.PEOPLE, path)
    assert (result.unused, result.skipped) == ((), 0)
    found = only(store)
    assert (found.values["name"], found.values["notes"], found.emails) == (
        "Maya Müller",
        "mag Tee",
        ("maya@example.org",),
    )
    (place,) = found.addresses
    assert [place[name] for name in ("line1", "city", "postcode", "country")] == ["Gasse 1", "Köln", "50667", "DE"]


@pytest.mark.parametrize("count", [1, 99, 100, 101, 251])
def test_every_row_of_a_list_comes_in(store: Store, tmp_path: Path, count: int) -> None:
    """Rows are written a hundred to a statement, and read two hundred and fifty to an answer."""
    rows = [f"Maya No{number},m{number}@example.org,,,,,,,,," for number in range(count)]
    assert bring(store, tmp_path, *rows).added == count
    assert [row.given_name + row.family_name for row in Person.select().order_by(Person.id)] == [
        f"MayaNo{number}" for number in range(count)
    ]


def test_a_list_without_rows_is_no_import(store: Store, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"import\.no_rows"):
        bring(store, tmp_path)
    assert not ImportBatch.select().exists()


def test_a_second_name_is_noted_and_a_very_long_one_is_told(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text(f"Name,Email,Name\nAnn,ann@example.org,Bee\n{'x' * 300},x@example.org,\n", encoding="utf-8")
    result = import_file(store, ImportKind.PEOPLE, path)
    assert [(row.name[:3], row.notes) for row in Person.select().order_by(Person.id)] == [
        ("Ann", "Name: Bee"),
        ("xxx", ""),
    ]
    assert [(note.row, note.code, note.facts) for note in result.notes] == [(3, "rows.long_name", {"letters": 300})]

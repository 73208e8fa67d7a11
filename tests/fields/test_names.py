import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.fields.names import PersonName, first_name_of, join_name, split_name

from .material import any_text, quick, rows, samples


@pytest.mark.parametrize(
    ("full", "given", "family"),
    [
        ("Rush, Anna", "Anna", "Rush"),
        ("Anna Rush", "Anna", "Rush"),
        ("鈴木, 治", "治", "鈴木"),
        ("鈴木、治", "治", "鈴木"),
        ("治 鈴木", "治", "鈴木"),
        ("Cher", "Cher", ""),
        ("", "", ""),
        (" , ", "", ""),
        ("Pedro Henrique Gonçalves", "Pedro Henrique", "Gonçalves"),
        ("Levi da Rosa", "Levi", "da Rosa"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Juan de la Cruz", "Juan", "de la Cruz"),
        ("Dick Van Dyke", "Dick", "Van Dyke"),
        ("Van Morrison", "Van", "Morrison"),
        ("Martin Luther King, Jr.", "Martin Luther", "King Jr."),
        ("Sammy Davis Jr.", "Sammy", "Davis Jr."),
        ("Rush, Anna, PhD", "Anna", "Rush PhD"),
        ("Dr. Anna Rush", "Anna", "Rush"),
        ("Rush, Dr. Anna", "Anna", "Rush"),
        ("Miss Fisher", "", "Fisher"),
        ("  Anna \t Rush ", "Anna", "Rush"),
    ],
)
def test_split_name(full, given, family):
    assert split_name(full) == PersonName(given, family)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Anna Rush", "Anna"),
        ("Rush, Anna", "Anna"),
        ("João Guilherme da Rosa", "João Guilherme"),
        ("Anna M. Rush", "Anna"),
        ("J. K. Rowling", "J. K."),
        ("Miss Fisher", "Miss Fisher"),
        ("Cher", "Cher"),
        ("", ""),
    ],
)
def test_first_name_of(name, first):
    assert first_name_of(name) == first


word = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=3, max_size=8).map(lambda text: f"Q{text}")


@quick
@given(st.lists(word, min_size=1, max_size=3), word)
def test_a_joined_name_is_split_again(given, family):
    name = PersonName(" ".join(given), family)
    assert split_name(join_name(name.given, name.family)) == name
    assert split_name(f"{name.family}, {name.given}") == name


@quick
@given(any_text)
def test_any_text_has_a_name_of_single_lines(text):
    name = split_name(text)
    assert name.given == " ".join(name.given.split())
    assert name.family == " ".join(name.family.split())
    assert first_name_of(text) or not text.split()


@pytest.mark.parametrize(
    ("file", "encoding", "columns"),
    [
        ("google-contacts-older.csv", "utf-16", ("Name", "Given Name", "Family Name")),
        ("thunderbird.csv", "utf-8-sig", ("Display Name", "First Name", "Last Name")),
    ],
)
def test_names_of_the_samples(file, encoding, columns):
    full, given_name, family_name = columns
    for row in rows(samples("people", file), encoding):
        assert split_name(row[full]) == PersonName(row[given_name], row[family_name])

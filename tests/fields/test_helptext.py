"""What of a command's help is words."""

from outreach.fields.helptext import renamed, retold

HELP = """List what the author is to sign,
    in signing order.

    \b
    Examples:
      outreach gifts signing --item "The Salt Orchard" \\
          --as bookplate
      outreach demo             look around
"""


def test_paragraphs_headings_and_what_is_told_of_an_example_are_words() -> None:
    told = retold(HELP, lambda words: f"<{words}>")
    assert told.splitlines() == [
        "<List what the author is to sign, in signing order.>",
        "",
        "\b",
        "<Examples:>",
        '  outreach gifts signing --item "The Salt Orchard" \\',
        "      --as bookplate",
        "  outreach demo             <look around>",
    ]
    assert retold("", str.upper) == ""


def test_what_stands_for_a_value_is_a_word_and_what_is_typed_is_none() -> None:
    assert renamed("[FIELD=TEXT]...", str.lower) == "[field=text]..."
    assert renamed("INTEGER RANGE", lambda words: {"INTEGER RANGE": "ZAHL"}[words]) == "ZAHL"
    assert renamed("[A4|Letter]", str.lower) == "[A4|Letter]"

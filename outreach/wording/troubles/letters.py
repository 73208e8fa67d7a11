"""Templates, letters made from them, and messages."""

SENTENCES = {
    "letters.bad_template_file": "The template file cannot be read at line {line}, “{what}”. It starts with a header "
    "between two lines “+++” that gives name, label, kind and subject, one line each, and the letter follows. Correct "
    "that line.",
    "letters.syntax": "Line {line} of the template's {part} cannot be understood: {what}. Look for a brace or an "
    "“endif” that is missing.",
    "letters.forbidden": "Line {line} of the template's {part} uses “{what}”, which a letter cannot do. Templates show "
    "facts, with if, for and the common filters. Take it out.",
    "letters.cannot_render": "Line {line} of the template's {part} cannot be worked out for this person: {what}. "
    "Correct the template or the person's facts.",
    "letters.empty": "Nothing is left of the letter's {part} for this person. Give the template words that are always "
    "there.",
    "letters.too_long": "That is longer than {limit} characters, more than a letter can hold. Make the template "
    "shorter.",
    "letters.line_break": "There is a line break or a control character in {field}, which must be one line. Take it "
    "out and try again.",
    "letters.bad_address": "“{address}” is not an e-mail address that a letter can go to. Correct it on the person's "
    "page.",
}

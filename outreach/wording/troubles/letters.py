"""Templates, letters made from them, and messages."""

SENTENCES = {
    "letters.bad_template_file": "The template file cannot be read at line {line}, “{what}”. It starts with a header "
    "between two lines “+++” that gives name, label, kind and subject, one line each, and the letter follows. Correct "
    "that line.",
    "letters.syntax": "Line {line} of the template’s {part} cannot be understood: {what}. Look for a brace or an "
    "“endif” that is missing.",
    "letters.forbidden": "Line {line} of the template’s {part} uses “{what}”, which a letter cannot do. Templates show "
    "facts, with if, for and the common filters. Take it out.",
    "letters.cannot_render": "Line {line} of the template’s {part} cannot be worked out for this person: {what}. "
    "Correct the template or the person’s facts.",
    "letters.empty": "Nothing is left of the letter’s {part} for this person. Give the template words that are always "
    "there.",
    "letters.too_long": "That is longer than {limit} characters, more than a letter can hold. Make the template "
    "shorter.",
    "lint.pressure": "The letter presses: “{words}”. A gift asks for nothing; say it in another way.",
    "lint.flattery": "“{words}” could be said to anyone, and nothing is kept that this person said. Say what it is that you like.",
    "lint.wrong_name": "The letter greets {said}, and goes to {name}.",
    "lint.not_an_answer": "The subject begins with “{start}”, and this is the first letter to them. Take that out.",
    "lint.no_opening": "A line is missing that is for this person alone. Write one, or choose one of those offered.",
    "lint.no_disclosure": "The letter does not say that readers should know of a gift. Put {{{{ lines.disclosure }}}} back.",
    "lint.no_opt_out": "The letter does not say how to hear no more. Put {{{{ lines.opt_out }}}} back.",
    "lint.no_postal_address": "The letter does not give your postal address, which the law asks for in an offer to "
    "someone who has not asked. Put {{{{ me.postal_address }}}} back.",
    "lint.minor": "This person is not of age. Write to whoever looks after them.",
    "lint.link": "A link begins with “{scheme}:”. Only web, mail and telephone links may stand in a letter.",
    "lint.long": "The letter has {words} words. Most people read {most} of a stranger’s.",
    "lint.title_lacks": "Nothing is known of the title’s {lacking}. Someone who decides by it would like to read it.",
    "lint.embargo": "Nobody may speak of the title before {first_day}. Say so in the letter.",
    "lint.asked_lately": "{count} pitches went to them within {days} days. This might be one too many.",
    "lint.enough_for_now": "{count} books of ours reached them within {days} days. They may want to read first.",
    "lint.suppressed": "This person asked not to be contacted.",
    "lint.pitched_before": "They were offered this title before, by letter or in another way. One title is offered to a "
    "person once.",
    "lint.no_pitches": "Where their address was found it says that no pitches are wanted. Ask in another way.",
    "lint.no_ground": "In {letter_country} the law asks for a ground before an offer by e-mail, such as consent or an "
    "earlier exchange, and none is noted that it takes. Note it on their page, or ask in another way.",
    "lint.ground_expired": "The ground on which they are written to has run out. Note a newer one on their page, or ask "
    "in another way.",
    "letters.no_title": "There is no title yet that a letter could be about. Add one first.",
    "letters.unknown_fact": "There is no fact “{fact}” that could be filled in. Look at its name in the template.",
    "letters.empty_fact": "Write what is to stand there, or leave the sentence out.",
    "letters.none_to_print": "No letter is approved that could be printed. Approve one, or name it with --only.",
    "attachments.program": "{file} is a program, or is named like one. Mail services refuse such letters; put it on a "
    "page and give its address.",
    "attachments.too_large": "{file} is larger than {most} MB, more than a letter should carry. Make it smaller, or give "
    "its address.",
    "attachments.too_much": "With {file} the letter would carry more than {most} MB. Take another file off, or give its "
    "address.",
    "attachments.unknown": "There is no attachment {number}. “outreach letters attachments” lists them by number.",
    "attachments.gone": "{file}, which goes with the letter to {person}, is not there as it was approved. Hold the letter "
    "back, attach the file again, and approve it anew.",
    "letters.line_break": "There is a line break or a control character in {field}, which must be one line. Take it "
    "out and try again.",
    "letters.bad_address": "“{address}” is not an e-mail address that a letter can go to. Correct it on the person’s "
    "page.",
}

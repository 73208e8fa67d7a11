"""Labels, carriers and paper."""

SENTENCES = {
    "labels.unknown_sheet": "There is no label sheet “{name}”. There are {known}.",
    "labels.bad_sheet": "The label sheet {sheet} runs off its page. Correct its measures in labels.toml.",
    "labels.bad_start": "Label {start} is not on the sheet, which has {most}.",
    "carriers.unknown": "There is no carrier “{name}”. There are {known}.",
    "carriers.unknown_layout": "There is no carrier file “{name}”. There are {known}.",
    "paper.missing_library": "Painting needs a library of the system that is missing ({library}). On Debian or Ubuntu "
    "install: {packages}.",
    "paper.not_written": "{file} could not be written: {why}. Make room, or choose another place.",
    "paper.not_printed": "The printer took nothing. Check that it is on, or print into a PDF instead.",
    "exports.kind": "{file} does not end in .csv, and only CSV is written so far.",
}

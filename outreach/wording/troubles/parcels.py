"""Labels, carriers and paper."""

SENTENCES = {
    "labels.unknown_sheet": "There is no label sheet “{name}”. There are {known}.",
    "labels.bad_sheet": "The measures of the sheet {sheet} lack, run off its page or lie over one another. Correct them in labels.toml or cards.toml.",
    "labels.bad_file": "Your own sheets in {file} cannot be read: {why}. Correct the file, or move it away.",
    "labels.bad_start": "Label {start} is not on the sheet, which has {most}.",
    "slips.no_plates": "Nobody waits for a copy of {title}, so there is no bookplate to print. Plan a gift of it first.",
    "slips.no_cards": "None of these parcels has a letter with an opening line of its own, so there is no card to print. "
    "Draft a letter about what is in them first.",
    "carriers.unknown": "There is no carrier “{name}”. There are {known}.",
    "carriers.unknown_layout": "There is no carrier file “{name}”. There are {known}.",
    "carriers.bad_layout": "The carrier file {file} cannot be used: {why}. Correct it in the folder carrier_layouts, or "
    "take it away.",
    "tracking.no_columns": "{file} does not say which parcels it is about, or nothing of them. It needs a column with our "
    "reference or with name and postcode, and one with the tracking number, a status or the postage. Its headings are: "
    "{headers}.",
    "paper.missing_library": "Painting needs a library of the system that is missing ({library}). On Debian or Ubuntu "
    "install: {packages}.",
    "paper.not_written": "{file} could not be written: {why}. Make room, or choose another place.",
    "paper.not_printed": "The printer took nothing. Check that it is on, or print into a PDF instead.",
    "exports.kind": "{file} has an ending that is not written. It can be {known}.",
    "exports.cell_too_long": "Row {row} of {file} holds more than {limit} letters in a cell, which spreadsheets do not "
    "take. Write a CSV instead.",
    "exports.too_many_rows": "{file} would have more than {limit} rows, which spreadsheets do not take. Write a CSV "
    "instead.",
}

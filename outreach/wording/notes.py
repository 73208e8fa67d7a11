"""What an import has to say of a row: why it was skipped, or what is doubtful."""

SENTENCES: dict[str, str] = {
    "rows.no_person": "No name, e-mail or account, so nobody to add",
    "rows.total": "A line of totals, not a person",
    "rows.forgotten": "Asked to be forgotten, so not added again",
    "rows.no_title": "No title, so nothing to add",
    "rows.too_many_cells": "{cells} cells where the header has {columns}, so it cannot be told what is what",
    "rows.bad_email": "“{value}” is no e-mail address; the rest was taken",
    "rows.bad_followers": "“{value}” is no number of followers; the rest was taken",
    "rows.bad_date": "“{value}” is no day; the rest was taken",
    "rows.bad_amount": "“{value}” is no amount; the rest was taken",
    "rows.unknown_country": "“{value}” is no country we know; kept in the address as written",
    "rows.isbn_checksum": "ISBN {value} has a wrong check digit; taken without it",
    "rows.isbn_shape": "“{value}” is no ISBN; taken without it",
    "rows.isbn_rounded": "ISBN {value} was rounded by a spreadsheet; taken without it",
    "rows.isbn_repaired": "ISBN {value} had lost its leading zeros; read as {repaired}",
    "rows.postcode_repaired": "Postcode {value} had lost its leading zero; read as {repaired}",
    "rows.damaged_name": "“{value}” has lost letters in an earlier export",
    "rows.shared": "{what} belongs to {other} already, so it was left there; they may be the same person",
    "rows.erased": "About someone who was forgotten since",
    "rows.other_address": "Another address than the confirmed one; kept as an older one",
    "rows.twice": "The same as row {first}",
}

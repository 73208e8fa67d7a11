"""Files to import, and imports to take back."""

SENTENCES = {
    "files.missing": "There is no file {file}. Check its name.",
    "files.directory": "{file} is a folder. Name a file in it.",
    "files.unreadable": "{file} cannot be read: {why}. Check that the file is yours and not open elsewhere.",
    "files.empty": "{file} is empty. Export it again.",
    "files.too_large": "{file} has {megabytes} MB, and lists up to {limit} MB are read. Split it.",
    "files.wrong_kind": "{file} is not a list that can be read (it looks like {kind}). Use CSV, Excel, OpenDocument or "
    "vCard, or ONIX 3.0 for a catalogue.",
    "files.nul": "{file} holds a NUL byte in line {row}, which no text has. Export it again as CSV.",
    "files.bad_text": "{file} says it is {encoding}, but byte {place} is not. Export it again as UTF-8.",
    "files.broken_table": "In row {row} of {file} a quotation mark is missing, or stands where none should. Mend that "
    "row, or export the file again.",
    "files.broken_spreadsheet": "{file} is not a whole spreadsheet. Open it in your spreadsheet program and save it "
    "again.",
    "files.locked": "{file} is protected by a password. Save it without one and try again.",
    "files.bomb": "{file} would unpack to {megabytes} MB, and up to {limit} MB are read. Save it again, without "
    "pictures and empty rows.",
    "files.too_many_columns": "Row {row} of {file} has {columns} columns, and up to {limit} are read. Look for a "
    "missing line break there.",
    "files.too_many_rows": "{file} has more than {limit} rows. Split it.",
    "files.cell_too_long": "Row {row} of {file} holds a cell of more than {limit} characters. Shorten it, or look for a "
    "missing quotation mark there.",
    "files.xml_entities": "{file} has a document type with entities, which can hide anything, so it was not read. Ask "
    "for an ONIX 3.0 file without one.",
    "files.onix_21": "{file} is not ONIX 3.0 (its release is {release}), and only 3.0 and 3.1 are read. Ask for those.",
    "files.broken_xml": "{file} breaks off in line {row}: {why}. Ask for the file again.",
    "files.broken_card": "{file} is not whole at line {row}: {why}. Export the cards again.",
    "files.no_card": "{file} holds no card. Export the cards again.",
    "files.broken_json": "{file} is not whole at line {row}: {why}. Export everything again.",
    "files.no_everything": "{file} is not what “outreach export everything” writes, and no other JSON can be read.",
    "files.no_everything@window": "{file} is not what exporting everything writes, and no other JSON can be read.",
    "import.not_empty": "This workspace holds something already ({table}), and everything can come only into an empty "
    "one. Make a new workspace first.",
    "import.newer": "{file} was written by a newer version (its tables have version {version}, these {known}). Install "
    "that version first.",
    "import.unknown_table": "The file has a table “{table}” that this version does not know. Nothing was read.",
    "import.unknown_column": "In the file’s table “{table}” the column “{column}” lacks or is not known. Nothing was "
    "read.",
    "import.bad_row": "A row of the file’s table “{table}” cannot be taken: {why}. Nothing was read.",
    "import.dangling": "Row {row} of the file’s table “{table}” refers to one that is not there. Nothing was read.",
    "files.not_written": "{file} could not be written: {why}. Make room, or choose another place.",
    "import.no_people": "{file} has no column for a name, an e-mail or an account (it has {headers}). Say what its "
    "columns are with --map.",
    "import.no_rows": "{file} has no row below its headings, so there is nothing to import.",
    "codes.no_code": "{file} has no column of codes (it has {headers}). Give one of them the heading “Code”.",
    "codes.bad_scheme": "“{value}” is no scheme of codes that we know. There are {known}.",
    "codes.unknown_genre": "Row {row} of {file} names the genre “{word}”, which is not on our list. Nothing was loaded.",
    "import.no_books": "{file} has no column for a title (it has {headers}). It should be a Goodreads or StoryGraph "
    "export, or a list with a column “Title”.",
    "import.whose": "{file} does not say whose reading it is. Say it with --person.",
    "import.not_whose": "--person goes with “outreach import tastes” only.",
    "import.no_titles": "{file} has no column for a title (it has {headers}). Say what its columns are with --map.",
    "import.bad_mapping": "{file} is no mapping of columns: {why}. It is TOML, with lines like "
    '"Their header" = "email".',
    "import.unknown_header": "There is no column “{header}”. The file has {known}.",
    "import.unknown_target": "A column cannot be “{target}”. It can be {known}.",
    "imports.unknown": "There is no import {batch}. “outreach imports list” names them.",
    "imports.taken_back": "Import {batch} has been taken back already.",
    "imports.too_old": "Import {batch} is more than {days:day|days} old and can no longer be taken back. Restore a backup "
    "instead.",
    "imports.promised": "Copies that this import brought are promised by now: {missing} of {edition} would be missing. Take "
    "those gifts back first. Nothing was changed.",
    "imports.later": "Import {later} changed the same rows after import {batch}. Take import {later} back first.",
    "imports.used": "Since then {count:row|rows} of “{child}” came to what this import brought ({table}). Nothing was "
    "taken back. Remove those first.",
    "imports.edited": "Later work on {count:row|rows} of “{table}” that import {batch} touched would be lost. Nothing was "
    "taken back.",
}

"""What commands say of letters: files that go with them, letters on paper, a letter to oneself, what was written."""

SENTENCES: dict[str, str] = {
    "letters.attached": "{file} goes with letters about {title} that are drafted from now on. Those that are approved stay as "
    "they are.",
    "letters.attached_to": "{file} goes with the letter to {person}.",
    "letters.detached": "Taken off.",
    "letters.file_for_all": "everyone",
    "letters.no_files": "Nothing is attached.",
    "letters.painted": "Painted {letters} on {pages}: {file}.",
    "letters.cut": "Something above the letter to {shipment} does not fit its place whole.",
    "letters.test_went": "Sent a test to {address}. Nobody else got it.",
    "letters.none_written": "No letter was written.",
    "letters.files_with": "Attached: {files}.",
    "letters.attached_file": "{file} ({size} kB)",
}

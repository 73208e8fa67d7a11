"""Templates by command: written into a file, changed, kept, compared."""


def test_a_template_goes_out_is_changed_and_kept_as_a_version(cli, folder, tmp_path) -> None:
    ours, file = ("--workspace", folder), tmp_path / "pitch.md"
    assert cli(*ours, "letters", "templates", "first-pitch", "--out", file).code == 0
    file.write_text(file.read_text().replace("Could I send", "May I send {{ person.dog }}"), encoding="utf-8")
    kept = cli(*ours, "letters", "templates", "--set", file)
    assert kept.code == 0
    assert "version 2" in kept.out
    assert "no fact “person.dog”" in kept.out
    versions = cli(*ours, "--json", "letters", "templates", "first-pitch", "--versions").json
    assert [each["version"] for each in versions] == [2, 1]
    assert "May I send" in cli(*ours, "letters", "templates", "first-pitch").out
    file.write_text(file.read_text() + "{% if", encoding="utf-8")
    refused = cli(*ours, "letters", "templates", "--set", file)
    assert refused.code == 2
    assert "Line" in refused.err
    assert cli(*ours, "letters", "templates", "--set", tmp_path / "none.md").code == 2
    assert cli(*ours, "letters", "templates", "none", "--compare").code == 2
    compared = cli(*ours, "letters", "templates", "first-pitch", "--compare")
    assert compared.out.count("Too few to say") == 2

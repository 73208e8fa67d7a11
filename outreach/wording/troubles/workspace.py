"""Workspaces, backups, settings, and the child processes."""

SENTENCES = {
    "window.missing_library": "The window needs libraries of the system that are missing ({library}). On Debian or Ubuntu "
    "install them with: apt-get install {packages}",
    "workspace.missing": "There is no workspace in {folder}. Make one with “outreach new”, or look around with "
    "“outreach demo”.",
    "workspace.exists": "There is a workspace in {folder} already. Choose another folder.",
    "workspace.not_a_folder": "{folder} is not a folder, and a workspace is one. Choose another place.",
    "workspace.link": "{file} is a link to another file, which can damage a workspace. Move the file itself there.",
    "workspace.empty": "{file} is empty, so it is no workspace. Restore a backup with “outreach restore”.",
    "workspace.unreadable": "{file} cannot be read: {why}. Check that the file is yours.",
    "workspace.not_a_database": "{file} is not a workspace of Outreach. Choose another folder, or restore a backup "
    "with “outreach restore”.",
    "workspace.foreign": "{file} belongs to another program. Choose another folder.",
    "workspace.newer": "{file} was made by a newer Outreach (version {found} of its tables, this program knows up to "
    "{known}). Nothing was changed. Install the newer Outreach.",
    "workspace.damaged": "{file} is damaged: {why}. Nothing was changed. The newest copies are in its folder "
    "“backups”; put one back with “outreach restore”.",
    "workspace.wrong_schema": "{file} does not have the tables it should have ({what}), so it was not opened. "
    "Restore a backup with “outreach restore”.",
    "workspace.older": "{file} was made by an earlier Outreach (version {found} of its tables, this one has {known}). To look "
    "at it, open it once to write: a copy is kept before it is brought up to date.",
    "workspace.to_look": "{folder} is open for a look, so nothing is changed. Open it to write first.",
    "workspace.locked": "The workspace in {folder} is being written to by another {program} (process {pid} on {host}). "
    "Close it, or try again when it is done.",
    "workspace.busy": "{file} is in use by another program. Try again when that is done.",
    "workspace.read_only": "Nothing can be written in {folder}: {why}. Check that the folder is yours.",
    "workspace.disk_full": "The disk of {folder} is full or does not answer. Nothing was changed. Make room and try "
    "again.",
    "workspace.migration_failed": "{file} could not be brought up to date: {why}. It was put back as it was; the copy "
    "made before is {backup}.",
    "backup.not_written": "The backup {file} could not be written: {why}. Make room, or check that the folder is yours.",
    "backup.not_restored": "{file} could not be put back: {why}. The workspace is as it was.",
    "demo.no_title": "There is no coming title with proofs to do the job on. Make another sample with --seed.",
    "demo.not_empty": "{folder} is not empty. Name a new folder with --out.",
    "settings.unreadable": "The settings in {file} cannot be read: {why}. Correct or delete that file.",
    "settings.not_written": "The settings could not be saved in {file}: {why}.",
    "settings.unknown": "There is no setting called “{name}”. “outreach settings” lists them.",
    "settings.no_choice": "“{value}” is no choice for {name}. It can be: {choices}.",
    "settings.bad_email": "“{value}” is no e-mail address. Write it like me@house.com.",
    "settings.bad_letters": "There are no letters in “{value}”. There are: {known}.",
    "settings.bad_country": "“{value}” is no country. Write its name or its code.",
    "rules.no_number": "“{value}” cannot be that. Write a number from {low} to {high}.",
    "rules.tiers_cross": "Tiers begin one above the other: micro at {micro}, mid at {mid}, macro at {macro} would cross.",
    "workers.too_slow": "That took longer than {seconds:second|seconds} and was stopped. Nothing was changed.",
    "workers.too_much_memory": "That needed more than {memory_mb} MB of memory and was stopped. Nothing was changed.",
    "workers.too_long": "That made more than {limit} bytes at once and was stopped. Nothing was changed.",
    "workers.too_deep": "That is nested too deeply to be read. Nothing was changed.",
}

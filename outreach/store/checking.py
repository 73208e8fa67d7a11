"""Looking a workspace through: SQLite's own checks, what must hold of gifts, copies and names, and its files."""

from dataclasses import dataclass

from outreach.jobs import Job
from outreach.store import backup_files, schema
from outreach.store.database import Store


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong.

    Attributes:
        code: What, as a sentence of `outreach.wording`.
        count: How many rows.
        detail: An example, or SQLite's own words.
    """

    code: str
    count: int
    detail: str


#: What must find nothing: a code, and a query for the ids of rows that are wrong.
_RULES = {
    "check.stock_below_zero": "SELECT edition_id FROM stock_movement GROUP BY edition_id HAVING sum(quantity) < 0",
    "check.inserts_below_zero": "SELECT parcel_insert_id FROM insert_movement GROUP BY parcel_insert_id "
    "HAVING sum(quantity) < 0",
    "check.delivered_without_day": "SELECT id FROM gift WHERE state IN ('delivered', 'closed_quiet') "
    "AND delivered_on IS NULL",
    "check.delivered_before_sent": "SELECT id FROM gift WHERE delivered_on < sent_on",
    "check.shipment_without_gift": "SELECT id FROM shipment WHERE id NOT IN (SELECT shipment_id FROM shipment_gift)",
    "check.posted_without_post": "SELECT id FROM outcome WHERE kind = 'posted' AND evidence <> 'claimed' "
    "AND post_id IS NULL",
    "check.email_without_at": "SELECT id FROM email_address WHERE instr(\"key\", '@') = 0",
    "check.two_first_emails": "SELECT person_id FROM email_address WHERE position = 0 GROUP BY person_id "
    "HAVING count(*) > 1",
    "check.nameless_person": "SELECT id FROM person WHERE trim(name) = ''",
    "check.untitled_item": "SELECT id FROM item WHERE trim(title) = ''",
    "check.sent_without_approval": "SELECT id FROM letter WHERE sent_at IS NOT NULL AND approved_at IS NULL",
    "check.letter_to_suppressed": "SELECT letter.id FROM letter JOIN email_address USING (person_id) "
    "JOIN suppression ON suppression.kind = 'email' AND suppression.shown = email_address.\"key\" "
    "WHERE letter.state = 'approved'",
}


def check(store: Store, job: Job | None = None) -> list[Finding]:
    """Everything that is wrong; empty for a sound workspace.

    Raises:
        Cancelled: when the job was stopped.
        KnownError: ``workspace.damaged`` when the file is too damaged to be looked through.
    """
    job = job or Job()
    findings: list[Finding] = []
    job.interrupt = store.interrupter()
    job.report(0, total=len(_RULES) + 1)
    verdicts = [str(row[0]) for row in store.rows("PRAGMA integrity_check")]
    if verdicts != ["ok"]:
        findings.append(Finding("check.damaged", len(verdicts), verdicts[0]))
    dangling = store.rows("PRAGMA foreign_key_check")
    if dangling:
        findings.append(Finding("check.dangling", len(dangling), f"{dangling[0][0]} {dangling[0][1]}"))
    wrong = schema.wrong_in(schema.described(store.db), version(store))
    if wrong:
        findings.append(Finding("check.schema", len(wrong), ", ".join(wrong[:3])))
    for done, (code, sql) in enumerate(_RULES.items(), start=1):
        job.report(done)
        rows = store.rows(sql)
        if rows:
            findings.append(Finding(code, len(rows), str(rows[0][0])))
    missing, damaged = backup_files.wrong(store.folder, backup_files.needed(store.rows))
    for code, names in (("check.file_missing", missing), ("check.file_damaged", damaged)):
        if names:
            findings.append(Finding(code, len(names), names[0].as_posix()))
    job.report(len(_RULES) + 1)
    return findings


def version(store: Store) -> int:
    """The version of the workspace's tables."""
    return schema.version_of(store.db)

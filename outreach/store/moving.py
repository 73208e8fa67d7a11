"""Moving everything of one person to another, when two turn out to be the same."""

from typing import Any

from outreach.store.database import Store

#: Tables whose rows simply change hands.
_SIMPLE = (
    ("account", "person_id"),
    ("external_id", "person_id"),
    ("gift", "person_id"),
    ("shipment", "person_id"),
    ("post", "person_id"),
    ("outcome", "person_id"),
    ("club", "host_id"),
    ("alias", "person_id"),
    ("kept_fact", "person_id"),
    ("reply", "person_id"),
    ("bounce", "person_id"),
)


def move_children(store: Store, source: int, target: int) -> None:
    """Give `target` all that refers to `source`, inside the caller's operation; nothing is lost, nothing doubles."""
    run: Any = store.db.execute_sql
    for table, column in _SIMPLE:
        run(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (target, source))
    last = run("SELECT coalesce(max(position) + 1, 0) FROM email_address WHERE person_id = ?", (target,)).fetchone()[0]
    run(
        "UPDATE email_address SET person_id = ?, position = position + ? WHERE person_id = ?",
        (target, last, source),
    )
    run(
        "UPDATE address SET person_id = ?, is_current = is_current AND NOT EXISTS "
        "(SELECT 1 FROM address WHERE person_id = ? AND is_current) WHERE person_id = ?",
        (target, target, source),
    )
    run(
        'UPDATE person_tag SET person_id = ? WHERE person_id = ? AND "key" NOT IN '
        '(SELECT "key" FROM person_tag WHERE person_id = ?)',
        (target, source, target),
    )
    _move_tastes(store, source, target)
    _move_policy(store, source, target)
    # The first pitch of a title is unique to a person; where both were pitched it, the later one keeps its text
    # under another kind, so that the guard against pitching twice still holds.
    run(
        "UPDATE letter SET kind = 'pitch_before_merge' WHERE person_id = ? AND kind = 'pitch' AND item_id IN "
        "(SELECT item_id FROM letter WHERE person_id = ? AND kind = 'pitch')",
        (source, target),
    )
    run("UPDATE letter SET person_id = ? WHERE person_id = ?", (target, source))


def _move_tastes(store: Store, source: int, target: int) -> None:
    run: Any = store.db.execute_sql
    same = (
        "SELECT mine.id FROM taste_note mine JOIN taste_note theirs ON mine.side = theirs.side "
        'AND mine.polarity = theirs.polarity AND mine.kind = theirs.kind AND mine."key" = theirs."key" '
        "WHERE theirs.id = taste_evidence.taste_note_id AND mine.person_id = ?"
    )
    run(
        f"UPDATE taste_evidence SET taste_note_id = ({same}) "
        f"WHERE taste_note_id IN (SELECT id FROM taste_note WHERE person_id = ?) AND EXISTS ({same})",
        (target, source, target),
    )
    run(
        "UPDATE taste_note SET person_id = ? WHERE person_id = ? AND NOT EXISTS (SELECT 1 FROM taste_note mine "
        "WHERE mine.person_id = ? AND mine.side = taste_note.side AND mine.polarity = taste_note.polarity "
        'AND mine.kind = taste_note.kind AND mine."key" = taste_note."key")',
        (target, source, target),
    )


def _move_policy(store: Store, source: int, target: int) -> None:
    """The stricter policy wins: closed over open, open over unknown; both texts are kept."""
    run: Any = store.db.execute_sql
    columns = "is_open, text FROM review_policy WHERE person_id = ?"
    mine = run(f"SELECT {columns}", (target,)).fetchone()
    theirs = run(f"SELECT {columns}", (source,)).fetchone()
    if theirs is None:
        return
    if mine is None:
        run("UPDATE review_policy SET person_id = ? WHERE person_id = ?", (target, source))
        return
    known = [policy[0] for policy in (mine, theirs) if policy[0] is not None]
    text = "\n\n".join(dict.fromkeys(filter(None, (mine[1], theirs[1]))))
    run(
        "UPDATE review_policy SET is_open = ?, text = ? WHERE person_id = ?",
        (min(known) if known else None, text, target),
    )

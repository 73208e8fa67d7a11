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
    ("attachment", "person_id"),
    ("reply", "person_id"),
    ("bounce", "person_id"),
    ("feed", "person_id"),
    ("audience_share", "person_id"),
    ("person_note", "person_id"),
    ("person_document", "person_id"),
    ("person", "introduced_by_id"),
    ("sales_code", "person_id"),
    ("sale", "person_id"),
    ("venue", "person_id"),
    ("club_question", "person_id"),
    ("join_request", "person_id"),
    ("event", "person_id"),
)
#: Tables of which a person has at most one row for each value of these columns.
_ONCE = (
    ("person_tag", ("key",)),
    ("other_role", ("role",)),
    ("person_look", ("kind", "key")),
    ("roster_member", ("roster_id",)),
    ("roster_answer", ("campaign_id",)),
    ("club_member", ("club_id",)),
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
    for table, columns in _ONCE:
        same = " AND ".join(f'mine."{column}" = "{table}"."{column}"' for column in columns)
        run(
            f'UPDATE "{table}" SET person_id = ? WHERE person_id = ? AND NOT EXISTS '
            f'(SELECT 1 FROM "{table}" mine WHERE mine.person_id = ? AND {same})',
            (target, source, target),
        )
    run("UPDATE person SET introduced_by_id = NULL WHERE id = ? AND introduced_by_id = id", (target,))
    _move_programmes(store, source, target)
    _move_not_same(store, source, target)
    _move_tastes(store, source, target)
    _move_readings(store, source, target)
    _move_policy(store, source, target)
    # The first pitch of a title is unique to a person; where both were pitched it, the later one keeps its text
    # under another kind, so that the guard against pitching twice still holds.
    run(
        "UPDATE letter SET kind = 'pitch_before_merge' WHERE person_id = ? AND kind = 'pitch' AND item_id IN "
        "(SELECT item_id FROM letter WHERE person_id = ? AND kind = 'pitch')",
        (source, target),
    )
    run("UPDATE letter SET person_id = ? WHERE person_id = ?", (target, source))
    run(
        "UPDATE OR IGNORE allocation_line SET person_id = ? WHERE person_id = ?",
        (target, source),
    )


def _move_programmes(store: Store, source: int, target: int) -> None:
    """Once at a time she is in a programme: from the earlier day on, with what both were given."""
    run: Any = store.db.execute_sql
    both = run(
        "SELECT theirs.id, mine.id FROM programme_member theirs JOIN programme_member mine "
        "ON mine.programme_id = theirs.programme_id WHERE theirs.person_id = ? AND mine.person_id = ? "
        "AND theirs.state <> 'alumni' AND mine.state <> 'alumni'",
        (source, target),
    ).fetchall()
    for other, kept in both:
        run("UPDATE programme_reward SET programme_member_id = ? WHERE programme_member_id = ?", (kept, other))
        for column in ("place", "note"):
            run(
                f"UPDATE programme_member SET {column} = (SELECT {column} FROM programme_member WHERE id = ?) "
                f"WHERE id = ? AND {column} = ''",
                (other, kept),
            )
        run(
            "UPDATE programme_member AS mine SET invited_on = min(mine.invited_on, theirs.invited_on), "
            "joined_on = coalesce(min(mine.joined_on, theirs.joined_on), mine.joined_on, theirs.joined_on), "
            "state = CASE WHEN 'joined' IN (mine.state, theirs.state) THEN 'joined' ELSE mine.state END "
            "FROM (SELECT invited_on, joined_on, state FROM programme_member WHERE id = ?) theirs "
            "WHERE mine.id = ?",
            (other, kept),
        )
        run("DELETE FROM programme_member WHERE id = ?", (other,))
    run("UPDATE programme_member SET person_id = ? WHERE person_id = ?", (target, source))


def _move_not_same(store: Store, source: int, target: int) -> None:
    """Whom the one is not, the other is not either; that these two are not the same is forgotten."""
    run: Any = store.db.execute_sql
    others = run(
        'SELECT CASE first_id WHEN ? THEN second_id ELSE first_id END, noted_on, "by" FROM not_same '
        "WHERE first_id = ? OR second_id = ?",
        (source,) * 3,
    ).fetchall()
    run("DELETE FROM not_same WHERE first_id = ? OR second_id = ?", (source, source))
    for other, day, by in others:
        if other != target:
            pair = (min(other, target), max(other, target))
            run(
                'INSERT INTO not_same (first_id, second_id, noted_on, "by") SELECT ?, ?, ?, ? WHERE NOT EXISTS '
                "(SELECT 1 FROM not_same WHERE first_id = ? AND second_id = ?)",
                (*pair, day, by, *pair),
            )


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


def _move_readings(store: Store, source: int, target: int) -> None:
    """One reading per book; stars that only one of the two knew are kept."""
    run: Any = store.db.execute_sql
    same = (
        "FROM reading theirs WHERE theirs.person_id = ? AND theirs.title_key = reading.title_key "
        "AND theirs.author_key = reading.author_key"
    )
    for column in ("rating", "liked", "read_on"):
        run(
            f"UPDATE reading SET {column} = (SELECT max({column}) {same}) "
            f"WHERE person_id = ? AND {column} IS NULL AND EXISTS (SELECT 1 {same})",
            (source, target, source),
        )
    run(f"UPDATE reading SET person_id = ? WHERE person_id = ? AND NOT EXISTS (SELECT 1 {same})",
        (target, source, target))  # fmt: skip


def _move_policy(store: Store, source: int, target: int) -> None:
    """The stricter policy wins: closed over open, open over unknown, no over yes; both texts are kept."""
    run: Any = store.db.execute_sql
    columns = "is_open, text, id, genres_only FROM review_policy WHERE person_id = ?"
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
        "UPDATE review_policy SET is_open = ?, text = ?, genres_only = ? WHERE person_id = ?",
        (min(known) if known else None, text, max(mine[3], theirs[3]), target),
    )
    same = 'mine.policy_id = ? AND mine.kind = policy_rule.kind AND mine."key" = policy_rule."key"'
    refused = f"EXISTS (SELECT 1 FROM policy_rule mine WHERE {same} AND mine.allows = 0)"
    run(f"UPDATE policy_rule SET allows = 0 WHERE policy_id = ? AND {refused}", (mine[2], theirs[2]))
    run(
        f"UPDATE policy_rule SET policy_id = ? WHERE policy_id = ? "
        f"AND NOT EXISTS (SELECT 1 FROM policy_rule mine WHERE {same})",
        (mine[2], theirs[2], mine[2]),
    )

"""Whether the ground on which somebody is written to is enough where she lives. Not legal advice."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from outreach.paths import resource
from outreach.services.letters.lint import Finding
from outreach.services.people.asking import months_on
from outreach.services.people.consent import bases
from outreach.store.among import among
from outreach.store.database import Store
from outreach.store.models import Address, Consent, Gift, Person, Reply


@dataclass(frozen=True, slots=True)
class CountryRule:
    """What a country's law asks for before an offer.

    Attributes:
        grounds: Names of the grounds that it takes.
        stops: Whether a letter without one is not approved.
    """

    grounds: frozenset[str]
    stops: bool


@cache
def country_rules() -> dict[str, CountryRule]:
    """The rules of ``resources/consent_countries.toml``, by ISO 3166 code."""
    data = tomllib.loads(resource("consent_countries.toml").read_text(encoding="utf-8"))
    return {code: CountryRule(frozenset(each["grounds"]), bool(each["stops"])) for code, each in data.items()}


def consent_findings(store: Store, people: Sequence[int]) -> dict[int, list[Finding]]:
    """By person what speaks against an offer to her by e-mail: her page wants none, or her country asks for a ground.

    A ground that has run out is none. Who had a book of ours within two years, or wrote to us, is no stranger: that is
    a ground whatever was noted.
    """
    ids, today = list(people), store.today().isoformat()
    records = {row.person_id: row for row in Consent.select().where(Consent.person.in_(among(ids)))}
    countries = _countries(ids)
    known = _known(store, ids)
    found: dict[int, list[Finding]] = {}
    for person in ids:
        row = records.get(person)
        some = [Finding("lint.no_pitches", True)] if row is not None and row.no_pitch else []
        rule = country_rules().get(countries.get(person, ""))
        has_run_out = row is not None and bool(row.expires_on) and str(row.expires_on) < today
        ground = "" if row is None or has_run_out else str(row.basis)
        if rule is not None and ground not in rule.grounds and person not in known and (rule.stops or row is not None):
            code = "lint.ground_expired" if has_run_out else "lint.no_ground"
            some.append(Finding(code, rule.stops, {"letter_country": countries[person]}))
        elif has_run_out and person not in known:
            some.append(Finding("lint.ground_expired", False, {"letter_country": countries.get(person, "")}))
        if some:
            found[person] = some
    return found


def _countries(people: list[int]) -> dict[int, str]:
    where = Address.person.in_(among(people)) & (Address.is_current == 1)
    found: dict[int, Any] = dict(Address.select(Address.person, Address.country).where(where).tuples())
    own = Person.select(Person.id, Person.country).where(Person.id.in_(among(people)) & (Person.country != ""))
    found |= dict(own.tuples())
    return found


def _known(store: Store, people: list[int]) -> set[int]:
    """Who had a gift, or wrote to us, as lately as an earlier exchange is relied upon."""
    since = months_on(store.today(), -bases()["relationship"].months)
    assert isinstance(since, date)
    gifts = Gift.select(Gift.person).where(Gift.person.in_(among(people)) & (Gift.delivered_on >= since.isoformat()))
    wrote = Reply.select(Reply.person).where(
        Reply.person.in_(among(people)) & (Reply.is_automatic == 0) & (Reply.received_at >= since.isoformat())
    )
    return {person for query in (gifts, wrote) for (person,) in query.tuples()}

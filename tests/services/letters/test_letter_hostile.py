"""Templates that try to get out of the sandbox, or to use up the machine."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the child's memory is limited as Linux does")

_CHILD = Path(__file__).with_name("hostile_child.py")
_ROOT = Path(__file__).parents[3]
_CANARY = "canary-5b1f"

_FORBIDDEN, _SYNTAX, _LONG, _FAILS = "letters.forbidden", "letters.syntax", "letters.too_long", "letters.cannot_render"

#: By family: a template, and what must become of it.
_ESCAPES = {
    "dunder walk": [
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", _FORBIDDEN),
        ("{{ ()['__class__']['__base__'] }}", _FORBIDDEN),
        ("{{ person.__class__ }}", _FORBIDDEN),
        ("{{ person.name.__class__.__init__.__globals__ }}", _FORBIDDEN),
        ("{% set x = '__cla' ~ 'ss__' %}{{ person[x] }}{{ ''[x] }}", _FORBIDDEN),
        ("{{ person.name['__class' + '__'] }}", "rendered"),
        ("{{ 7 .real.__class__ }}", _FORBIDDEN),
        ("{{ (1).bit_length }}", _FORBIDDEN),
        ("{{ [].append }}", _FORBIDDEN),
        ("{% for x in ['a'] %}{{ loop._iterable }}{% endfor %}", _FORBIDDEN),
        ("{% for x in ['a'] %}{{ loop['_iter' ~ 'able'] }}{% endfor %}", _FORBIDDEN),
        ("{% for x in ['a'] %}{{ loop.nextitem }}{% endfor %}", _FORBIDDEN),
        ("{% for x in ['a'] %}{{ loop }}{% endfor %}", _FORBIDDEN),
    ],
    "globals": [
        ("{{ lipsum.__globals__['os'].popen('id').read() }}", _FORBIDDEN),
        ("{{ cycler.__init__.__globals__.os }}", _FORBIDDEN),
        ("{{ joiner }}{{ cycler }}{{ namespace }}{{ dict }}{{ lipsum }}{{ config }}{{ request }}", "rendered"),
        ("{{ self._TemplateReference__context }}", _FORBIDDEN),
        ("{{ self }}", _FORBIDDEN),
        ("{{ self['env'] }}", _FORBIDDEN),
        ("{{ range }}", _FORBIDDEN),
        ("{{ range.__class__ }}", _FORBIDDEN),
        ("{{ [range][0](3) }}", _FORBIDDEN),
        ("{{ url_for.__globals__.current_app.config }}", _FORBIDDEN),
        ("{{ caller() }}", _FORBIDDEN),
        ("{{ __builtins__ }}", _FORBIDDEN),
        ("{{ environment.globals }}{{ context.parent }}", "rendered"),
    ],
    "attr filter": [
        ("{{ person|attr('__class__') }}", _FORBIDDEN),
        ("{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}", _FORBIDDEN),
        ("{{ ''|attr(['__', 'class', '__']|join) }}", _FORBIDDEN),
        ("{{ '{0.__class__}'|attr('format')(person) }}", _FORBIDDEN),
    ],
    "format": [
        ("{{ '{0.__class__}'.format(person) }}", _FORBIDDEN),
        ("{{ '{x.__class__}'.format_map(person) }}", _FORBIDDEN),
        ("{{ '%s' % 1 }}", _FORBIDDEN),
        ("{{ '%s' % person }}", "rendered"),
        ("{{ '%(a)s' % 1 }}", _FORBIDDEN),
        ("{{ '{0.__class__}'|format(person) }}", _FORBIDDEN),
        ("{% set f = namespace(run='{0}'.format) %}{{ f }}", _FORBIDDEN),
        ("{{ person.name.format }}", "rendered"),
    ],
    "attributes of filters": [
        ("{{ ['a']|map(attribute='__class__')|list }}", _FORBIDDEN),
        ("{{ [person]|selectattr('__class__') }}", _FORBIDDEN),
        ("{{ ['a']|groupby('__class__') }}", _FORBIDDEN),
        ("{{ ['a']|sort(attribute='__class__') }}", _FAILS),
        ("{{ ['a']|sum(attribute='__class__') }}", _FAILS),
        ("{{ ['a']|max(attribute='__class__') }}", _FAILS),
        ("{{ ['a']|join(attribute='__class__') }}", _FAILS),
        ("{{ ['a']|sort(key='x') }}", _FAILS),
        ("{{ 'a'|xmlattr }}{{ 'a'|tojson }}", _FORBIDDEN),
        ("{{ 'a'|urlize }}", _FORBIDDEN),
        ("{{ 'a' is filter }}", _FORBIDDEN),
        ("{{ 'a' is sameas(1) }}", _FORBIDDEN),
    ],
    "other templates": [
        ("{% include '/etc/passwd' %}", _FORBIDDEN),
        ("{% extends 'x' %}", _FORBIDDEN),
        ("{% import 'x' as y %}{{ y }}", _FORBIDDEN),
        ("{% from 'x' import y %}", _FORBIDDEN),
        ("{% block a %}{% endblock %}", _FORBIDDEN),
        ("{% if false %}{% include 'x' %}{% endif %}", _FORBIDDEN),
        ("{% macro m() %}x{% endmacro %}{{ m() }}", _FORBIDDEN),
        ("{% call x() %}{% endcall %}", _FORBIDDEN),
        ("{% filter upper %}x{% endfilter %}", _FORBIDDEN),
        ("{% set x %}y{% endset %}", _FORBIDDEN),
        ("{% do x %}", _SYNTAX),
        ("{% autoescape false %}{% endautoescape %}", _FORBIDDEN),
    ],
    "writing": [
        ("{% set person.name = 'x' %}", _FORBIDDEN),
        ("{{ person.update({'a': 1}) }}", _FORBIDDEN),
        ("{{ person.clear() }}", _FORBIDDEN),
        ("{% set ns = namespace() %}{% set ns.x = 1 %}", _FORBIDDEN),
        ("{{ {'a': 1} }}", _FORBIDDEN),
    ],
    "calls": [
        ("{{ person() }}", _FORBIDDEN),
        ("{{ person.name() }}", _FORBIDDEN),
        ("{{ ''.join(['a']) }}", _FORBIDDEN),
        ("{{ range(*[1, 2])|join }}", "rendered"),
        ("{% set range = person %}{{ range() }}", _FORBIDDEN),
        ("{% for range in ['x'] %}{{ range(3) }}{% endfor %}", _FORBIDDEN),
        ("{{ range(3).__class__ }}", _FORBIDDEN),
        ("{{ range(3).count(1) }}", _FORBIDDEN),
    ],
}

_DOUBLING = "{% set s = 'ab' %}" + "{% set s = s ~ s %}" * 60
_ADDING = "{% set s = 'ab' %}" + "{% set s = s + s %}" * 60

_WASTE = {
    "constants while compiling": [
        ("{{ 'a'*10**9 }}", _FORBIDDEN),
        ("{% if false %}{{ 10**(10**7) }}{% endif %}", _FORBIDDEN),
        ("{{ 'a' * 1000000000 }}", _FORBIDDEN),
        ("{{ ['a'] * 1000000000 }}", _FORBIDDEN),
        ("{% if 999999999 * 999999999 * 999999999 %}x{% endif %}", _FAILS),
        ("{{ 'a'|replace('', 'b' ~ 'c' ~ 'd') }}", "rendered"),
    ],
    "loops": [
        ("{% for a in range(1000000000) %}x{% endfor %}", _FAILS),
        ("{% for a in range(-1000000000, 1000000000) %}x{% endfor %}", _FAILS),
        ("{% for a in range(100) %}" * 4 + "{% endfor %}" * 4, _LONG),
        ("{% for a in range(100) %}" * 25 + "{% endfor %}" * 25, _SYNTAX),
        ("{% for a in range(100) %}" + "{% if a %}{{ a }}{% endif %}" * 1000 + "{% endfor %}", _LONG),
        ("{% for a in book.description %}{% endfor %}", _FORBIDDEN),
        ("{% for a in person.name|upper %}{% endfor %}", _FORBIDDEN),
        ("{% for a in ['x'] recursive %}{{ loop(['x']) }}{% endfor %}", _FORBIDDEN),
    ],
    "growing texts": [
        (_DOUBLING, _LONG),
        (_DOUBLING + "{{ s }}", _LONG),
        (_ADDING, _LONG),
        ("{% for a in range(100) %}" + "x" * 90_000 + "{% endfor %}", _LONG),
        ("{% set s = 'ab' %}" + "{% set s = s|replace('a', 'aaaaaaaaaa') %}" * 30, _LONG),
        ("{% set s = 'ab' %}" + "{% set s = s|replace('', s) %}" * 30, _LONG),
        ("{% set s = 'ab' %}" + "{% set s = [1, 2, 3, 4, 5, 6]|join(s) %}" * 30, _LONG),
        ("{% set s = 'ababababababab' %}" + "{% set s = s|truncate(10, s ~ s) %}" * 60, _LONG),
        ("{% set s = 'ab' %}" + "{% set s = s ~ s %}" * 17 + "{{ s|wordcount }}" * 900, _LONG),
    ],
    "widths": [
        ("{{ 'a'|center(1000000000) }}", _FORBIDDEN),
        ("{{ 'a'|indent(1000000000) }}", _FORBIDDEN),
        ("{{ '%1000000000d' % 1 }}", _FORBIDDEN),
        ("{{ 'a'.ljust(1000000000) }}", _FORBIDDEN),
        ("{{ 'a'|wordwrap(1) }}", _FORBIDDEN),
        ("{{ range(100)|batch(1000000000, 'x') }}", _FORBIDDEN),
        ("{{ range(100)|slice(100000000) }}", _FORBIDDEN),
        ("{{ 'a'|list }}", _FORBIDDEN),
        ("{{ lipsum(n=100000) }}", _FORBIDDEN),
        ("{{ 1|round(1000000000) }}", "rendered"),
        ("{{ 1e308 * 10 }}", _FAILS),
    ],
    "lists of lists": [
        ("{% set a = [1] %}" + "{% set a = [a, a] %}" * 40 + "{{ a }}", _FORBIDDEN),
        ("{% set a = 1, 2 %}" + "{% set a = (a, a) %}" * 40 + "{{ a == a }}", _FORBIDDEN),
        ("{% set a = [1] %}" + "{% set a = a + a %}" * 40, _FORBIDDEN),
    ],
    "nesting": [
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", _SYNTAX),
        ("{{ " + "[" * 3000 + "]" * 3000 + " }}", _SYNTAX),
        ("{{ " + "not " * 5000 + "1 }}", _SYNTAX),
        ("{{ " + "-" * 5000 + "1 }}", _SYNTAX),
        ("{{ a" + ".b" * 40_000 + " }}", _SYNTAX),
        ("{{ 1" + " + 1" * 20_000 + " }}", _SYNTAX),
        ("{{ a" + "|upper" * 15_000 + " }}", _SYNTAX),
        ("{% if a %}" * 5000 + "{% endif %}" * 4000, _SYNTAX),
        ("{{ " + "a if b else " * 5000 + "c }}", _SYNTAX),
        ("{{ " + "9" * 90_000 + " }}", _SYNTAX),
        ("{{ a" + " ~ a" * 20_000 + " }}", _SYNTAX),
    ],
    "size": [
        ("x" * 100_001, _LONG),
        ("{{ book.title }}" * 6_000, _SYNTAX),
        ("{{ book.title }}" * 1_000, "rendered"),
        ("{% if a %}x{% elif b %}y" + "{% elif c %}z" * 1_000 + "{% else %}z{% endif %}", "rendered"),
        ("{% if a %}x{% elif b %}y" + "{% elif c %}z" * 5_000 + "{% endif %}", _SYNTAX),
        ("{%" * 40_000, _SYNTAX),
        ("{#" * 49_000, _SYNTAX),
        ("{{ '" + "\\" * 90_000, _SYNTAX),
        ("*" * 50_000 + "a", "rendered"),
        ("[" * 20_000, "rendered"),
        ("> " * 20_000 + "a", "rendered"),
        ("- " * 20_000 + "a", "rendered"),
        ("`" * 3 + "a\n" + "`" * 40_000, "rendered"),
    ],
}  # fmt: skip


def _outcomes(bodies: list[str]) -> list[tuple[str, str, float, float]]:
    child = subprocess.run(
        [sys.executable, str(_CHILD)],
        input=json.dumps(bodies),
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
        env={**os.environ, "PYTHONPATH": str(_ROOT), "OUTREACH_CANARY": _CANARY},
    )
    return [tuple(json.loads(line)) for line in child.stdout.splitlines()]


def _check_harmless(body: str, outcome: str, text: str, seconds: float, megabytes: float) -> None:
    shown = body[:80]
    assert not outcome.startswith("ESCAPED"), (shown, outcome, text)
    assert seconds < 2, (shown, outcome, seconds)
    assert megabytes < 100, (shown, outcome, megabytes)
    if outcome == "rendered":
        assert _CANARY not in text, shown
        assert not re.search(r"&lt;(class|function|built-in|module|bound)|object at 0x|root:x:", text), shown


@pytest.mark.parametrize("table", [_ESCAPES, _WASTE], ids=["escapes", "waste"])
def test_every_family_is_refused_or_harmless(table):
    cases = [case for family in table.values() for case in family]
    outcomes = _outcomes([body for body, _expected in cases])
    assert len(outcomes) == len(cases)
    for (body, expected), found in zip(cases, outcomes, strict=True):
        _check_harmless(body, *found)
        assert found[0] == expected, (body[:80], found[0], found[1][:300])


def test_a_missing_attribute_of_text_is_only_a_missing_fact():
    ((outcome, text, *_),) = _outcomes(["{{ person.name.format }} {{ config }}"])
    assert outcome == "rendered"
    assert "⟦person.name.format⟧ ⟦config⟧" in text


@pytest.mark.skipif("OUTREACH_CORPORA" not in os.environ, reason="needs OUTREACH_CORPORA")
def test_foreign_payloads_are_refused_or_harmless():
    folder = Path(os.environ["OUTREACH_CORPORA"])
    folder = folder / "visible" if (folder / "visible").is_dir() else folder
    bodies = json.loads((folder / "templates/jinja_security/payloads.json").read_text("utf-8"))
    bodies += (folder / "templates/patt_ssti/ssti.fuzz").read_text("utf-8").splitlines()
    outcomes = _outcomes(bodies)
    assert len(outcomes) == len(bodies) > 130
    for body, found in zip(bodies, outcomes, strict=True):
        _check_harmless(body, *found)
        assert found[0] in ("rendered", _FORBIDDEN, _SYNTAX), (body, found)

"""Who gets one of few copies: a fair share of good matches, and who missed out and why. Pure values in and out.

Every candidate has passed the hard rules. Some places are kept for first times, some for audiences that nobody else
reaches; what is left goes by worth, which is the fit, less what fairness, postage and a far country take off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import log

#: Whoever had one in the last round stands back while others wait, and less so for each round since. [T]
_HAD_LAST, _FADES = log(6.0), 0.5
#: Whoever missed out in the last rounds comes forward. [T]
_MISSED = log(1.6)
_MOST_MISSED = 12
#: What the first of an audience adds, beside those that are reached. [T]
_NEW_AUDIENCE = log(1.5)
#: What the user decided against before, and for. [T]
_OVERRULED = log(2.0)
_WISHED = log(20.0)


class Missed(StrEnum):
    """Why someone gets none this time."""

    NO_COPY_LEFT = "no_copy_left"
    HAD_LAST = "had_last"
    AUDIENCE_REACHED = "audience_reached"
    POSTAGE = "postage"
    OVERRULED = "overruled"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who could have a copy.

    Attributes:
        score: How well she fits, as a natural logarithm.
        rounds_since: How many rounds ago she last had one, None for never.
        missed: How many rounds in a row she missed out.
        audiences: Whom she reaches, in words.
        postage: What sending it costs, in the smallest unit of money.
        overruled: How often the user took her off less how often he put her on.
        is_wished: Whether the author asked for her.
    """

    person_id: int
    score: float
    rounds_since: int | None = None
    missed: int = 0
    audiences: frozenset[str] = frozenset()
    postage: int = 0
    overruled: int = 0
    is_wished: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """How copies are given.

    Attributes:
        copies: How many there are.
        first_times: How many of them go to people who never had one, as long as there are such.
        postage: What all postage may cost; None for whatever it takes.
        postage_weight: What one unit of postage takes off.
    """

    copies: int
    first_times: int = 0
    postage: int | None = None
    postage_weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who gets one, in order of worth, and who missed out and why."""

    given: tuple[int, ...]
    missed: Mapping[int, Missed]
    worth: Mapping[int, float] = field(default_factory=dict)


def allocate(candidates: Sequence[Candidate], terms: Terms) -> Allocation:
    """Share out copies.

    The worth of a choice is the sum of everybody's own worth and of each audience that is reached, once. It is built
    up greedily, first times first, and then improved by exchanging one chosen for one waiting while that helps; such
    a search is within a hundredth of the best choice on every small case that was tried by brute force.
    """
    people = sorted(candidates, key=lambda each: (-own_worth(each, terms), each.person_id))
    chosen = _greedy(people, terms)
    _improve(chosen, people, terms)
    ids = {each.person_id for each in chosen}
    waiting = [each for each in people if each.person_id not in ids]
    reached = _reached(chosen)
    given = sorted(chosen, key=lambda each: (-own_worth(each, terms), each.person_id))
    return Allocation(
        tuple(each.person_id for each in given),
        {each.person_id: _why(each, chosen, reached, terms) for each in waiting},
        {each.person_id: own_worth(each, terms) for each in people},
    )


def own_worth(one: Candidate, terms: Terms) -> float:
    """What a copy is worth with someone, whoever else gets one."""
    worth = one.score + _MISSED * min(one.missed, _MOST_MISSED) - _OVERRULED * one.overruled
    if one.rounds_since is not None:
        worth -= _HAD_LAST * _FADES ** max(one.rounds_since - 1, 0)
    return worth + _WISHED * one.is_wished - terms.postage_weight * one.postage


def worth(chosen: Sequence[Candidate], terms: Terms) -> float:
    """What a choice is worth in all."""
    return sum(own_worth(each, terms) for each in chosen) + _NEW_AUDIENCE * len(_reached(chosen))


def is_allowed(chosen: Sequence[Candidate], candidates: Sequence[Candidate], terms: Terms) -> bool:
    """Whether a choice keeps to the terms: copies, postage, first times, nobody twice while others wait."""
    if len(chosen) > terms.copies or (terms.postage is not None and _cost(chosen) > terms.postage):
        return False
    firsts = sum(each.rounds_since is None for each in chosen)
    could_be_first = sum(each.rounds_since is None for each in candidates)
    if firsts < min(terms.first_times, could_be_first, len(chosen)) and terms.postage is None:
        return False
    waiting = [each for each in candidates if each not in chosen and not _had_last(each)]
    return not waiting or terms.postage is not None or not any(_had_last(each) for each in chosen)


def _greedy(people: Sequence[Candidate], terms: Terms) -> list[Candidate]:
    """First times, then whoever did not have one last time, then everybody, each by what she adds."""
    chosen: list[Candidate] = []
    firsts = [each for each in people if each.rounds_since is None]
    _fill(chosen, firsts, min(terms.first_times, terms.copies), terms)
    _fill(chosen, [each for each in people if not _had_last(each)], terms.copies, terms)
    _fill(chosen, people, terms.copies, terms)
    return chosen


def _fill(chosen: list[Candidate], people: Sequence[Candidate], until: int, terms: Terms) -> None:
    reached, cost = _reached(chosen), _cost(chosen)
    left = [each for each in people if each not in chosen]
    while left and len(chosen) < until:
        best = max(left, key=lambda each: (_adds(each, reached, terms), -each.person_id))
        left.remove(best)
        if terms.postage is not None and cost + best.postage > terms.postage:
            continue
        chosen.append(best)
        reached |= best.audiences
        cost += best.postage


def _adds(one: Candidate, reached: frozenset[str], terms: Terms) -> float:
    return own_worth(one, terms) + _NEW_AUDIENCE * len(one.audiences - reached)


def _improve(chosen: list[Candidate], people: Sequence[Candidate], terms: Terms) -> None:
    """Exchange one for another while that is better and keeps to the terms; each exchange adds, so that it ends.

    Only those are looked at who could come in: as many as there are copies, and those who reach someone new.
    """
    waiting = [each for each in people if each not in chosen][: max(2 * terms.copies, 50)]
    is_better = True
    while is_better:
        is_better = False
        for place, out in enumerate(chosen):
            others = chosen[:place] + chosen[place + 1 :]
            reached = _reached(others)
            cost, firsts = _cost(others), sum(each.rounds_since is None for each in others)
            least = _adds(out, reached, terms) + 1e-9
            able = [
                each for each in waiting
                if _adds(each, reached, terms) > least
                and (terms.postage is None or cost + each.postage <= terms.postage)
                and (firsts + (each.rounds_since is None) >= terms.first_times or out.rounds_since is not None
                     or each.rounds_since is None)
                and (not _had_last(each) or _had_last(out))
            ]  # fmt: skip
            if able:
                best = max(able, key=lambda each: (_adds(each, reached, terms), -each.person_id))
                chosen[place] = best
                waiting[waiting.index(best)] = out
                is_better = True


def _had_last(one: Candidate) -> bool:
    return one.rounds_since == 1 and not one.is_wished


def _reached(chosen: Sequence[Candidate]) -> frozenset[str]:
    return frozenset().union(*(each.audiences for each in chosen))


def _cost(chosen: Sequence[Candidate]) -> int:
    return sum(each.postage for each in chosen)


def _why(one: Candidate, chosen: Sequence[Candidate], reached: frozenset[str], terms: Terms) -> Missed:
    """The one thing that, were it otherwise, would have given her a copy; else that there were too few."""
    least = min((own_worth(each, terms) for each in chosen), default=0.0)
    mine = own_worth(one, terms)
    if one.overruled > 0 and mine + _OVERRULED * one.overruled > least:
        return Missed.OVERRULED
    if _had_last(one) and one.score >= least:
        return Missed.HAD_LAST
    if terms.postage is not None and _cost(chosen) + one.postage > terms.postage and len(chosen) < terms.copies:
        return Missed.POSTAGE
    if one.audiences and one.audiences <= reached and mine + _NEW_AUDIENCE > least:
        return Missed.AUDIENCE_REACHED
    return Missed.NO_COPY_LEFT

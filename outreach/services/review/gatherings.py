"""What events of a review sold. Their sales stand apart: who came was not sent by a gift, as far as anybody knows."""

from collections.abc import Sequence
from dataclasses import replace

from outreach.fields.money import summed
from outreach.services.review.value import EventFigures, Scope
from outreach.services.voices.event_facts import EventFacts, held_events
from outreach.store.models import Campaign, Item, RosterMember


def events_of(scope: Scope) -> list[EventFacts]:
    """The events that were held in a scope; of one that is for another title, only the lines of the scope's."""
    found = [each for each in held_events() if _is_in_period(each, scope)]
    if scope.campaign_id is not None:
        found = [each for each in found if each.campaign_id == scope.campaign_id]
    if scope.client_id is not None:
        titles = {row for (row,) in Item.select(Item.id).where(Item.client == scope.client_id).tuples()}
        campaigns = {row for (row,) in Campaign.select(Campaign.id).where(Campaign.client == scope.client_id).tuples()}
        found = [each for each in found if each.item_id in titles or each.campaign_id in campaigns]
    if scope.roster_id is not None:
        members = RosterMember.select(RosterMember.person).where(RosterMember.roster == scope.roster_id)
        people = {row for (row,) in members.tuples()}
        found = [each for each in found if each.person_id in people]
    if scope.item_id is not None:
        found = [part for each in found if (part := _of_title(each, scope.item_id)) is not None]
    return found


def _is_in_period(event: EventFacts, scope: Scope) -> bool:
    return (not scope.since or event.day >= scope.since) and (not scope.until or event.day <= scope.until)


def _of_title(event: EventFacts, item_id: int) -> EventFacts | None:
    if event.item_id == item_id:
        return event
    lines = tuple(line for line in event.lines if line.item_id == item_id)
    # What another title's event cost, and who came to it, is not this one's.
    return replace(event, lines=lines, came=None, cost=()) if lines else None


def gathered(events: Sequence[EventFacts]) -> EventFigures:
    """What some events come to."""
    lines = [line for event in events for line in event.lines]
    return EventFigures(
        events=len(events),
        came=sum(event.came or 0 for event in events),
        copies=sum(line.units for line in lines if not line.is_companion),
        companions=sum(line.units for line in lines if line.is_companion),
        takings=summed(money for line in lines for money in line.money),
        no_takings=sum(line.units for line in lines if not line.money),
    )

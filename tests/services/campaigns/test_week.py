"""The letter of a week: what was given, agreed and paid stands apart, and nothing goes before somebody approves it."""

from collections import Counter
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.changes import Op
from outreach.services.campaigns.campaign import add_campaign
from outreach.services.campaigns.week import own_letter, week_of, week_order, write_message
from outreach.services.catalogue.catalogue import add_item
from outreach.services.drafting.drafts import draft_letters, save_starters
from outreach.services.drafting.senders import change_sender
from outreach.services.gifts.gifts import Deal, GiftState, move_gifts, plan_gifts
from outreach.services.people.people import NewPerson, add_person
from outreach.services.posts.kinds import PostKind
from outreach.services.posts.log import add_post
from outreach.services.posts.proposing import NewPost
from outreach.services.sample.apart import SENDER
from outreach.store.database import Store
from outreach.store.models import Gift, Letter
from outreach.wording import Words
from outreach.wording.week import week_text

WORDS = Words("en_GB")
_numbers = count()


@given(st.lists(st.tuples(st.sampled_from(Deal), st.booleans(), st.booleans()), max_size=4))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_gifts_what_was_agreed_and_what_was_paid_are_never_added(
    store: Store, rows: list[tuple[Deal, bool, bool]]
) -> None:
    name = f"Launch {next(_numbers)}"
    item = add_item(store, f"Title of {name}", {})[0]
    campaign = add_campaign(store, {"name": name}, [item])[0]
    pitched, posted = Counter[Deal](), Counter[Deal]()
    for deal, is_old, has_post in rows:
        person = add_person(store, NewPerson(f"Reader {next(_numbers)}"))[0]
        (gift,), _ = plan_gifts(store, item, [person], campaign=name, deal=deal)
        move_gifts(store, [gift], GiftState.ASKED, "2026-11-02" if is_old else "")
        pitched[deal] += not is_old
        if has_post:
            with store.operation(Op.DELIVER_SHIPMENTS):
                Gift.update(state="delivered", sent_on="2026-11-03", delivered_on="2026-11-05").where(
                    Gift.id == gift
                ).execute()
            add_post(store, NewPost(person_id=person, item_id=item, gift_id=gift, outlet="Radio", kind=PostKind.ON_AIR))
            posted[deal] += 1
    week = week_of(store, campaign)
    for deal in Deal:
        assert week.figures[deal].came["asked"] == pitched[deal]
        assert week.figures[deal].posts == posted[deal] == sum(post.deal == deal.value for post in week.posts)
    text = week_text(WORDS, week)
    assert ("Paid, counted apart" in text) == bool(pitched[Deal.PAID] or posted[Deal.PAID])
    if sum(pitched.values()) + sum(posted.values()) == 0:
        assert "nothing is noted, and that is fine" in text


def test_the_letter_waits_for_approval_or_is_a_draft_to_oneself(store: Store, tmp_path: Path) -> None:
    save_starters(store)
    change_sender(store, **SENDER)
    item = add_item(store, "The Salt Orchard", {"author": "Imogen Vale", "publisher": "Tern"})[0]
    campaign = add_campaign(store, {"name": "The Salt Orchard, launch"}, [item])[0]
    client = add_person(store, NewPerson("Imogen Vale", emails=["imogen@example.org"]))[0]
    week = week_of(store, campaign, "2026-11-20")
    assert (week.since, week.until) == ("2026-11-14", "2026-11-20")
    drafted = draft_letters(store, week_order(week, client, week_text(WORDS, week)))
    letter = Letter.get_by_id(drafted.letters[0])
    assert (letter.state, letter.kind, letter.approved_at) == ("draft", "week", None)
    assert "from 14 Nov 2026 to 20 Nov 2026: nothing is noted" in letter.body
    store.undo()
    assert not Letter.select().exists()
    own = own_letter(week, week_text(WORDS, week))
    assert not own.missing and own.to_address == SENDER["email"]
    write_message(store, own, tmp_path / "week.eml")
    assert (tmp_path / "week.eml").read_text().startswith("X-Unsent: 1")

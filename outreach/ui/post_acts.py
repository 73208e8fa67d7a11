"""What is done about a post by letter: asking for rights, thanking, asking to name the gift. Each letter is a draft."""

from collections.abc import Callable
from typing import Any

from outreach.fields.names import first_name_of
from outreach.jobs import Job
from outreach.services.disclosure.checks import ask_disclosure, refuse_asking
from outreach.services.drafting import post_letters
from outreach.services.drafting.post_letters import PostLetter
from outreach.services.rights.permissions import ask_permission, refuse_open
from outreach.store.database import Store
from outreach.ui.desk import Desk


class PostActs:
    """Writes letters about posts beside the window, and says so; nothing goes before a person has read it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask_rights(self, post_id: int, name: str) -> None:
        """Draft the letter that asks whether a post may be used on our own channels."""
        told = self._desk.say("A letter asks {name}; read it in Letters", name=first_name_of(name))
        self._write(post_id, post_letters.PERMISSION, refuse_open, ask_permission, told)

    def thank(self, post_id: int, name: str) -> None:
        """Draft a thank-you."""
        told = self._desk.say("A thank-you to {name} is drafted; read it in Letters", name=first_name_of(name))
        self._write(post_id, post_letters.THANKS, lambda _: None, post_letters.thank, told)

    def thank_for(self, person_id: int, item_id: int, name: str, line: str) -> None:
        """Draft a thank-you to someone of whom no post is known, with the line that says for what."""
        runner, desk = self._desk.runner, self._desk
        told = desk.say("A thank-you to {name} is drafted; read it in Letters", name=first_name_of(name))

        def work(store: Store, job: Job) -> None:
            runner.write_within(post_letters.prepare)
            made = post_letters.render_thanks(store, person_id, item_id, line, job)
            runner.write_within(lambda store: post_letters.thank(store, made))

        runner.run(Job("Writing a letter", repeatable=False), work, then=lambda _: desk.tell(told, undoable=True),
                   failed=lambda error: desk.tell(desk.sentence(error)))  # fmt: skip

    def ask_disclosure(self, post_id: int, name: str) -> None:
        """Draft a letter that kindly asks to name the gift."""
        told = self._desk.say("A letter asks {name}; read it in Letters", name=first_name_of(name))
        self._write(post_id, post_letters.DISCLOSURE, refuse_asking, ask_disclosure, told)

    def _write(
        self, post_id: int, template: str, refuse: Callable[[int], None], keep: Callable[[Store, PostLetter], Any],
        told: str,
    ) -> None:  # fmt: skip
        runner, desk = self._desk.runner, self._desk

        def work(store: Store, job: Job) -> None:
            refuse(post_id)
            runner.write_within(post_letters.prepare)
            made = post_letters.render(store, post_id, template, job)
            runner.write_within(lambda store: keep(store, made))

        # In the way of a letter stands what is said and passed by: whoever goes through her posts is not held up.
        runner.run(Job("Writing a letter", repeatable=False), work, then=lambda _: desk.tell(told, undoable=True),
                   failed=lambda error: desk.tell(desk.sentence(error)))  # fmt: skip

"""What is known of a logged post besides itself, as cards: reuse rights, telling of the gift, words to quote."""

from PySide6.QtWidgets import QWidget

from outreach.fields.names import first_name_of
from outreach.services.disclosure.rules import Needs
from outreach.services.pages.post_rights import PostRights, post_rights
from outreach.services.pages.rights import RightsLine
from outreach.services.rights.quotes import QuoteRow, check_quote
from outreach.services.rights.uses import take_down
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.post_acts import PostActs
from outreach.ui.widgets.basics import Button, column
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.rights import DISCLOSURE_TONES, RULING_TONES, Card
from outreach.wording.disclosure_report import check_words


def rights_text(desk: Desk, rights: RightsLine | None) -> str:
    """How things stand with reuse, in a sentence or two."""
    words = desk.words
    if rights is None:
        return words.tr("You may link to it. To use the photo or words in ads, on the site or in shops, ask first.")
    scope = words.term("scope", rights.scope)
    if rights.why == "asked":
        if rights.asked_on:
            return words.tr("{scope}: asked on {day}. No answer is fine.", scope=scope, day=desk.day(rights.asked_on))
        return words.tr("{scope}: the letter that asks waits to be read.", scope=scope)
    if rights.why == "ended":
        return words.tr("{scope}: until {day}. You may link to it; to go on using it, ask again.", scope=scope,
                        day=desk.day(rights.ends_on))  # fmt: skip
    if rights.why in ("declined", "withdrawn"):
        return words.tr("You may link to it, and use it for nothing else.")
    terms = [scope, rights.channels, ", ".join(words.country(each) for each in rights.territory),
             words.term("edits", rights.edits), rights.credit]  # fmt: skip
    told = [each for each in terms if each]
    if rights.exclusions:
        told.append(words.tr("not for {what}", what=rights.exclusions))
    return ". ".join(told) + "."


def rights_pill(desk: Desk, rights: RightsLine | None) -> tuple[str, str]:
    """The words of the pill, and its tone."""
    words = desk.words
    if rights is None:
        return words.tr("Not asked"), "neutral"
    if rights.why == "granted_until":
        return words.tr("Yes until {day}", day=desk.day(rights.ends_on)), "good"
    if rights.why == "asked" and not rights.asked_on:
        return words.tr("To be read"), "info"
    return words.term("ruling", rights.why), RULING_TONES.get(rights.why, "neutral")


class PostBlock(QWidget):
    """The cards of one post; what is done here is a key of the page as well."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._acts = PostActs(desk)
        self._post: PostRights | None = None
        self._post_id = -1
        theme, say = desk.theme, desk.say
        self._ask = Button(theme, say("Ask"), "default", "mail", key_of("ask_rights"))
        self._yes = Button(theme, say("Record a yes"), "default")
        self._use = Button(theme, say("Where used"), "default")
        self._down = Button(theme, say("Taken down"), "default")
        self.rights = Card(theme, "shield-check", say("Reuse rights"), self._ask, self._yes, self._use, self._down)
        self._look = Button(theme, say("Note what you see"), "default")
        self._name = Button(theme, say("Ask kindly"), "default", "mail")
        self.disclosure = Card(theme, "info", say("Telling of the gift"), self._look, self._name)
        self._quote = Button(theme, say("Quote words"), "default", "message-square-quote")
        self._checked = Button(theme, say("Checked"), "default", "check")
        self.quotes = Card(theme, "message-square-quote", say("Words to quote"), self._quote, self._checked)
        self._used = Paragraph(theme, "", "small", "ink3")
        self.setLayout(column(self.rights, self._used, self.disclosure, self.quotes, spacing=10))
        self._ask.clicked.connect(self.ask_rights)
        self._yes.clicked.connect(self.record_yes)
        self._use.clicked.connect(self.note_use)
        self._down.clicked.connect(self._take_down)
        self._look.clicked.connect(self.look)
        self._name.clicked.connect(self._ask_to_name)
        self._quote.clicked.connect(self.quote)
        self._checked.clicked.connect(self._check_quote)

    @property
    def post(self) -> PostRights | None:
        """The post that is shown."""
        return self._post

    def show_post(self, post_id: int) -> None:
        """Read and show a post; -1 for none."""
        self._post_id = post_id
        if post_id < 0:
            self._show(None)
        else:
            self._desk.runner.read(lambda store: post_rights(store, post_id), then=self._show,
                                   replaces=f"post block {id(self)}")  # fmt: skip

    def show_again(self) -> None:
        """What is known of the post has changed."""
        self.show_post(self._post_id)

    def _show(self, post: PostRights | None) -> None:
        if post is not None and post.post_id != self._post_id:
            return  # another one is read by now
        self._post = post
        self.setVisible(post is not None)
        if post is None:
            return
        self._show_rights(post)
        self._show_disclosure(post)
        self._show_quotes(post.quotes)

    def _show_rights(self, post: PostRights) -> None:
        words, rights = self._desk.words, post.rights
        name = first_name_of(post.person) if post.person else ""
        self._ask.set_label(words.tr("Ask {name}", name=name) if name else words.tr("Ask"))
        is_open = rights is not None and rights.why == "asked"
        holds = rights is not None and rights.why in ("granted", "granted_until")
        self._ask.setVisible(bool(name) and not is_open and not holds)
        self._use.setVisible(holds)
        self._down.setVisible(bool(post.uses))
        self.rights.show_state(*rights_pill(self._desk, rights), rights_text(self._desk, rights))
        self._used.set_text(
            words.tr("Used in {places}", places=", ".join(place for _, place in post.uses)) if post.uses else ""
        )

    def _show_disclosure(self, post: PostRights) -> None:
        words, known = self._desk.words, post.disclosure
        self.disclosure.setVisible(known.verdict.needs is not Needs.NOTHING or bool(known.checks))
        self._name.setVisible(known.verdict.may_ask and not known.checks[0].letter if known.checks else False)
        said = check_words(words, known.checks[0]) if known.checks else words.named(known.note, "disclosure")
        self.disclosure.show_state(words.term("disclosure", known.verdict.why),
                                   DISCLOSURE_TONES.get(known.verdict.why, "neutral"), said)  # fmt: skip

    def _show_quotes(self, quotes: tuple[QuoteRow, ...]) -> None:
        words = self._desk.words
        to_check = any(each.to_check for each in quotes)
        self._checked.setVisible(to_check)
        state = words.tr("To be checked") if to_check else words.number(len(quotes)) if quotes else ""
        text = "\n".join(f"“{each.text}”" for each in quotes)
        if to_check:
            text += "\n" + words.tr("From a proof: hold it against the finished book first.")
        self.quotes.show_state(state, "warn" if to_check else "neutral", text)

    # What can be done.

    def ask_rights(self) -> None:
        """Draft the letter that asks."""
        if self._post is not None and self._post.person:
            self._acts.ask_rights(self._post.post_id, self._post.person)

    def thank(self) -> None:
        """Draft a thank-you."""
        if self._post is not None and self._post.person:
            self._acts.thank(self._post.post_id, self._post.person)

    def record_yes(self) -> None:
        """Record a yes, with its terms."""
        if self._post is not None:
            self._desk.ask("yes", self._post.post_id)

    def note_use(self) -> None:
        """Note where it is used."""
        if self._post is not None and self._post.rights is not None:
            self._desk.ask("use", self._post.rights.id)

    def look(self) -> None:
        """Note how it tells of the gift."""
        if self._post is not None:
            self._desk.ask("disclosure", self._post.post_id)

    def quote(self) -> None:
        """Keep words of it to print."""
        if self._post is not None:
            self._desk.ask("quote", self._post.post_id)

    def open_post(self) -> None:
        """Show it where it was posted."""
        if self._post is not None and self._post.url:
            self._desk.files.browse(self._post.url)

    def _take_down(self) -> None:
        if self._post is not None:
            uses = [use for use, _ in self._post.uses]
            self._desk.write(lambda store: take_down(store, uses), self._desk.say("Noted that it was taken down"))

    def _ask_to_name(self) -> None:
        if self._post is not None:
            self._acts.ask_disclosure(self._post.post_id, self._post.person)

    def _check_quote(self) -> None:
        if self._post is not None:
            post, quotes = self._post.post_id, [each.id for each in self._post.quotes if each.to_check]
            self._desk.write(lambda store: check_quote(store, post, quotes[0]), self._desk.say("Checked a quote"))

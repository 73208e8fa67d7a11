"""What is done at random with permissions, quotes, and checks of disclosure."""

from collections.abc import Callable

from outreach.services.disclosure import checks
from outreach.services.disclosure.rules import Seen
from outreach.services.drafting import post_letters
from outreach.services.drafting.drafts import LetterOrder, LetterText
from outreach.services.drafting.post_letters import PostLetter
from outreach.services.rights import permissions, quotes, uses
from outreach.services.rights.terms import Edits, Scope
from outreach.services.sales import codes, files, finding, log, rates
from outreach.store.models import EmailAddress, Gift, Item, Permission, Person, Post
from tests.store.undoing_posts import Listener


class Asker(Listener):
    """A user who also asks what a post may be used for, and looks whether it tells of the gift."""

    def acts_on_rights(self) -> list[Callable[[], object]]:
        return [self.keep_sales_code, self.note_sale, self.note_sales, self.note_worth, self.ask_leave, self.leave, self.no_leave, self.leave_back, self.use, self.quote, self.look_at,
                self.ask_to_name, self.thank]  # fmt: skip

    def written(self, template: str, *conditions: object) -> PostLetter:
        """A letter about a post; what it reads like is made here, to save a child process each."""
        self.tried(self.post)
        post = Post.get_by_id(self.some(Post, Post.person.is_null(False), Post.item.is_null(False), *conditions))
        address = EmailAddress.select().where(EmailAddress.person == post.person_id)[0].address
        letter = LetterText(post.person_id, "Maya", address, "A word", self.text(), "<p>x</p>", self.text())
        return PostLetter(post.id, LetterOrder(template, post.item_id, (post.person_id,), {}), letter)

    def keep_sales_code(self) -> object:
        self.number += 1
        return codes.add_code(self.store, f"{self.text()} {self.number}", person_id=self.some(Person))

    def note_sale(self) -> object:
        new = log.NewSale(self.random.choice([3, -1]), amount="3 GBP", item_id=self.some(Item))
        return log.log_sale(self.store, new)

    def note_sales(self) -> object:
        self.number += 1
        sold = finding.Found(item=self.some(Item))
        rows = [files.SaleRow(1, "T", "2026-11-01", 3, evidence="seen", sold=sold, key=f"list {self.number}")]
        return files.keep_sales(self.store, files.SalesFile("sales.csv", tuple(rows)))

    def note_worth(self) -> object:
        return rates.note_rate(self.store, "USD", "GBP", self.random.choice(["0.79", "0.8"]))

    def ask_leave(self) -> object:
        return permissions.ask_permission(self.store, self.written(post_letters.PERMISSION))

    def leave(self) -> object:
        ends = self.random.choice(["", "2027-12-01", "2026-12-01"])
        scopes = tuple(self.random.sample(list(Scope), self.random.randint(1, 3)))
        yes = permissions.NewYes(scopes, self.text(), credit=self.text(), ends_on=ends,
                                 edits=self.random.choice(list(Edits)))  # fmt: skip
        return permissions.grant(self.store, self.some(Post), yes)

    def no_leave(self) -> object:
        return permissions.decline(self.store, self.some(Post), self.random.choice(list(Scope)), self.text())

    def leave_back(self) -> object:
        self.tried(self.leave)
        return permissions.withdraw(self.store, self.some(Permission, Permission.state == "granted"), self.text())

    def use(self) -> object:
        self.tried(self.leave)
        return uses.note_use(self.store, self.some(Permission, Permission.state == "granted"), self.text())

    def quote(self) -> object:
        post = self.some(Post, Post.text != "")
        made, _ = quotes.keep_quote(self.store, post, Post.get_by_id(post).text, from_proof=True)
        return quotes.check_quote(self.store, post, made)

    def look_at(self) -> object:
        new = checks.NewCheck(self.random.choice(list(Seen)), "first_line", self.text())
        return checks.check_disclosure(self.store, self.some(Post), new)

    def ask_to_name(self) -> object:
        self.tried(self.post)
        after_gift = Post.gift.in_(Gift.select(Gift.id))
        made = self.written(post_letters.DISCLOSURE, after_gift)
        checks.check_disclosure(self.store, made.post_id, checks.NewCheck(Seen.NO))
        return checks.ask_disclosure(self.store, made)

    def thank(self) -> object:
        return post_letters.thank(self.store, self.written(post_letters.THANKS))

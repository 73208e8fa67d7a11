"""What is done at random with campaigns: goals, money, steps, what a client answers."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from outreach.services.campaigns import budget, campaign, copying, goals, sheet, steps
from outreach.services.campaigns.goals import NewGoal
from outreach.services.exporting.sheets import write_sheet
from outreach.services.gifts.gifts import MOVES, GiftState, move_gifts, plan_gifts
from outreach.store.models import Campaign, CampaignStep, Expense, Gift, Item, Person
from tests.store.undoing_programmes import Convener


class Planner(Convener):
    """A user who also plans campaigns."""

    def acts_on_campaigns(self) -> list[Callable[[], object]]:
        return [
            self.begin_campaign, self.change_campaign, self.copy_campaign, self.close_campaign, self.plan_in_campaign,
            self.move_out, self.goal, self.no_goal, self.budget, self.spend, self.unspend, self.plan_steps,
            self.own_step, self.step_done, self.show_client, self.client_answers,
        ]  # fmt: skip

    def begin_campaign(self) -> object:
        self.number += 1
        values = {"name": f"{self.text()} {self.number}", "client": self.random.choice(["", "Finch"])}
        return campaign.add_campaign(self.store, values, [self.some(Item)])

    def change_campaign(self) -> object:
        return campaign.edit_campaign(self.store, self.some(Campaign), {"why": self.text()}, [self.some(Item)])

    def copy_campaign(self) -> object:
        self.number += 1
        return copying.copy_campaign(self.store, self.some(Campaign), f"{self.text()} {self.number}")

    def close_campaign(self) -> object:
        row = Campaign.get_by_id(self.some(Campaign))
        return campaign.close_campaign(self.store, row.id, again=bool(row.closed_on))

    def plan_in_campaign(self) -> object:
        name = Campaign.get_by_id(self.some(Campaign)).name
        return plan_gifts(self.store, self.some(Item), [self.some(Person)], campaign=name)

    def move_on(self) -> object:
        """Move a gift of a campaign along, as the world might."""
        gift = Gift.get_by_id(self.some(Gift, Gift.campaign.is_null(False)))
        return move_gifts(self.store, [gift.id], self.random.choice(sorted(MOVES[GiftState(gift.state)])))

    def move_out(self) -> object:
        return campaign.take_out(self.store, [self.some(Gift, Gift.campaign.is_null(False))])

    def goal(self) -> object:
        target = self.random.choice(["120", "90 GBP"])
        return goals.add_goal(
            self.store, self.some(Campaign), NewGoal(self.random.choice(list(goals.GoalKind)), target)
        )

    def no_goal(self) -> object:
        return goals.drop_goal(self.store, self.some(Campaign), self.random.choice(list(goals.GoalKind)))

    def budget(self) -> object:
        kind = self.random.choice(list(budget.BudgetKind))
        return budget.set_budget(self.store, self.some(Campaign), kind, self.random.choice(["", "90 GBP", "4 USD"]))

    def spend(self) -> object:
        return budget.add_expense(self.store, self.some(Campaign), "events", "12 GBP", note=self.text())

    def unspend(self) -> object:
        return budget.drop_expense(self.store, self.some(Expense))

    def plan_steps(self) -> object:
        return steps.plan_steps(self.store, self.some(Campaign), "2027-01-12")

    def own_step(self) -> object:
        return steps.add_step(self.store, self.some(Campaign), self.text(), "2027-01-12")

    def step_done(self) -> object:
        return steps.finish_step(self.store, self.some(CampaignStep), again=self.random.random() < 0.3)

    def show_client(self) -> object:
        if not Gift.select().where(Gift.campaign.is_null(False)).exists():
            self.plan_in_campaign()
        gift = Gift.get_by_id(self.some(Gift, Gift.campaign.is_null(False)))
        return sheet.note_shown(self.store, sheet.one_sheet(self.store, gift.campaign_id))

    def client_answers(self) -> object:
        mine = Gift.campaign.is_null(False) & Gift.person.is_null(False)
        gift = Gift.get_by_id(self.some(Gift, mine))
        said = self.random.choice(["Yes", "No", "?"])
        with TemporaryDirectory() as folder:
            path = Path(folder) / "answers.csv"
            write_sheet(path, ("Ref", "Your answer", "Remarks"), [(f"p{gift.person_id}", said, self.text())])
            return sheet.read_answers(self.store, gift.campaign_id, path)

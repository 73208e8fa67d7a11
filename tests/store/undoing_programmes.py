"""What is done at random with programmes: what they look for, seasons, members, what these were given."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from outreach.services.gifts.states import Deal, Obliges
from outreach.services.programmes import criteria, members, programme, rewards
from outreach.services.programmes.criteria import NewCriterion
from outreach.services.programmes.kinds import MemberState, Reads, RewardKind
from outreach.services.programmes.programme import NewProgramme
from outreach.services.programmes.rewards import NewReward
from outreach.store.models import (
    Campaign,
    Person,
    Programme,
    ProgrammeCriterion,
    ProgrammeMember,
    ProgrammeReward,
    ProgrammeSeason,
)
from tests.store.undoing_clubs import Gatherer


class Convener(Gatherer):
    """A user who also keeps people together when a campaign is over."""

    def acts_on_programmes(self) -> list[Callable[[], object]]:
        return [
            self.programme, self.edit_programme, self.look_for, self.weigh, self.look_no_longer, self.season_of,
            self.drop_season, self.invite_member, self.member_joins, self.member_leaves, self.member_out,
            self.promoted, self.about_member, self.reward, self.drop_reward,
        ]  # fmt: skip

    def programme(self) -> object:
        self.number += 1
        deal = self.random.choice([Deal.GIFT, Deal.IN_KIND, Deal.PAID])
        return programme.start_programme(self.store, NewProgramme(f"{self.text()} {self.number}", deal=deal))

    def edit_programme(self) -> object:
        values = {"deal": self.random.choice(["gift", "in_kind", "paid"]), "purpose": self.text(), "target_size": "9"}
        return programme.edit_programme(self.store, self.some(Programme), values)

    def look_for(self) -> object:
        reads = self.random.choice([each for each in Reads if each is not Reads.AUDIENCE])
        new = NewCriterion(reads.value, "pastel, film grain", self.random.randint(1, 9))
        return criteria.add_criterion(self.store, self.some(Programme), new)

    def weigh(self) -> object:
        return criteria.weigh(self.store, self.some(ProgrammeCriterion), self.random.randint(1, 99))

    def look_no_longer(self) -> object:
        return criteria.drop_criterion(self.store, self.some(ProgrammeCriterion))

    def season_of(self) -> object:
        self.number += 1
        start = self.store.today() - timedelta(days=self.random.randint(0, 200))
        end = start + timedelta(days=self.random.randint(0, 60))
        name = f"{self.text()} {self.number}"
        return programme.add_season(self.store, self.some(Programme), name, start.isoformat(), end.isoformat())

    def drop_season(self) -> object:
        return programme.drop_season(self.store, self.some(ProgrammeSeason))

    def invite_member(self) -> object:
        return members.invite(self.store, self.some(Programme), [self.some(Person)])

    def member_joins(self) -> object:
        day = self.store.today() - timedelta(days=self.random.randint(0, 200))
        return members.join(self.store, self.some(Programme), [self.some(Person)], day.isoformat(), self.text())

    def member_leaves(self) -> object:
        member = ProgrammeMember.get_by_id(
            self.some(ProgrammeMember, ProgrammeMember.state == MemberState.JOINED.value)
        )
        return members.make_alumni(self.store, member.programme_id, [member.person_id])

    def member_out(self) -> object:
        member = ProgrammeMember.get_by_id(self.some(ProgrammeMember, ProgrammeMember.person.is_null(False)))
        return members.take_out(self.store, member.programme_id, [member.person_id])

    def promoted(self) -> object:
        return members.promote(self.store, self.some(Programme), self.some(Campaign))

    def about_member(self) -> object:
        return members.note_member(self.store, self.some(ProgrammeMember), place=self.text(), note=self.text())

    def reward(self) -> object:
        self.tried(self.programme)
        self.tried(self.season_of)
        self.tried(self.member_joins)
        season = ProgrammeSeason.get_by_id(self.some(ProgrammeSeason, ProgrammeSeason.ends_on < self.store.today()))
        who = ProgrammeMember.get_by_id(
            self.some(ProgrammeMember, ProgrammeMember.programme == season.programme_id,
                      ProgrammeMember.state == MemberState.JOINED.value)
        )  # fmt: skip
        new = NewReward(RewardKind.TOKENS, 300, "gold", Decimal(3), "GBP", self.text(),
                        self.random.choice(list(Obliges)), season.id)  # fmt: skip
        return rewards.give(self.store, season.programme_id, [who.person_id], new)

    def drop_reward(self) -> object:
        return rewards.drop_reward(self.store, self.some(ProgrammeReward))

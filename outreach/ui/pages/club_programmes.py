"""The list of programmes beside the clubs: people who stay when a campaign is over."""

from outreach.services.programmes.programme import ProgrammeRow
from outreach.ui.desk import Desk
from outreach.ui.pages.club_around import Act, AroundList, NothingYet, said, tiled
from outreach.ui.table.columns import Column
from outreach.ui.widgets.cards import Step

_ICONS = {"ambassadors": "flag", "campus_reps": "graduation-cap", "street_team": "users"}


def programmes_list(desk: Desk) -> AroundList:
    """Programmes, with how many are in each of how many wanted, and what is agreed."""
    say, words = desk.say, desk.words

    def number(count: int | None) -> str:
        return words.number(count) if count else ""

    def kind(row: ProgrammeRow) -> str:
        return words.term("programme_kind", row.kind)

    def purpose(row: ProgrammeRow) -> str:
        return str(row.purpose)

    def below(row: ProgrammeRow) -> str:
        return ", ".join(filter(None, (kind(row), purpose(row))))

    def members(row: ProgrammeRow) -> str:
        if row.target_size is None:
            return words.number(row.joined)
        return say("{part} of {whole}", part=row.joined, whole=row.target_size)

    def season(row: ProgrammeRow) -> str:
        return say("Closed") if row.closed_on else str(row.season)

    name = said("name", say("Programme"), 0, lambda row: str(row.name))
    shared = (
        said("deal", say("What is agreed"), 142, lambda row: words.term("deal", row.deal)),
        said("season", say("Season"), 142, season),
        said("members", say("Members"), 92, members, ink="ink", right=True),
        said("invited", say("Invited"), 84, lambda row: number(row.invited), right=True),
        said("alumni", say("Alumni"), 84, lambda row: number(row.alumni), right=True),
        said("given", say("In the ledger"), 112, lambda row: number(row.rewards), right=True),
    )
    tile = tiled(lambda row: _ICONS.get(row.kind, "users"), lambda row: str(row.name), below)
    painted = Column("name", say("Programme"), 0, tile, lambda row: str(row.name))
    told = (
        name,
        said("kind", say("What it is"), 0, kind),
        said("purpose", say("What it is for"), 0, purpose),
        *shared,
    )
    ledger: Act = ("ledger", say("ledger"), lambda row: desk.ask("programme_rewards", row.id))
    return AroundList(desk, say("Programmes"), say("Begin a programme"), "programme", _beginning(desk),
                      (painted, *shared), lambda row: desk.ask("programme_open", row.id), told=told,
                      act=ledger)  # fmt: skip


def _beginning(desk: Desk) -> NothingYet:
    """How programmes begin."""
    say = desk.say
    return NothingYet(
        "graduation-cap", say("Some people should stay when a campaign is over"),
        say("Ambassadors, campus reps, a street team: say what you look for, ask those who fit, and keep what they are "
            "given apart from gifts."),
        (Step("chart-column", say("Say what you look for"), say("The look, the readers, never followers")),
         Step("users", say("Ask those who fit"), say("With what is known of each, and what is not")),
         Step("gift", say("Note what they are given"), say("And what for, told apart"))),
    )  # fmt: skip

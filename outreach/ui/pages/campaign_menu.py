"""What can be done about a campaign beside what its page shows: planned, shown to its client, copied, closed."""

from collections.abc import Callable
from pathlib import Path

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.campaigns import sheet
from outreach.services.campaigns.campaign import campaign_facts, close_campaign
from outreach.services.campaigns.sheet import Answered, OneSheet
from outreach.store.database import Store
from outreach.ui.actions import ACTIONS, bind
from outreach.ui.page import Page
from outreach.ui.widgets.menus import Menu
from outreach.wording import Words
from outreach.wording.campaigns import sheet_cells, sheet_paper, sheet_words

#: By action the dialog that answers it.
_DIALOGS = {
    "edit": "campaign_edit", "campaign_titles": "campaign_titles", "goals": "campaign_goals",
    "budget": "campaign_budget", "timeline": "campaign_steps", "copy_campaign": "campaign_copy",
    "week_letter": "campaign_week", "influence": "influence", "coverage": "coverage",
}  # fmt: skip
#: In the order of the menu; nothing is a rule between two parts.
_MENU = ("edit", "campaign_titles", "goals", "budget", "timeline", "", "one_sheet", "client_answers",
         "week_letter", "", "influence", "coverage", "", "copy_campaign", "close_campaign")  # fmt: skip
_PATTERNS = "Excel (*.xlsx *.ods *.csv)"


class CampaignActs:
    """The acts of the campaign that is looked at, or that the list stands on, by key, menu and palette."""

    def __init__(self, page: Page, current: Callable[[], int]) -> None:
        """Bind them.

        Args:
            page: Whose keys they are.
            current: Which campaign is meant, below one for none.
        """
        self._page = page
        self._desk = page.desk
        self._current = current
        self._acts: dict[str, Callable[[], None]] = {
            **{name: lambda dialog=dialog: self._ask(dialog) for name, dialog in _DIALOGS.items()},  # type: ignore[misc]
            "one_sheet": self.write_sheet, "client_answers": self.read_answers, "close_campaign": self.close,
        }  # fmt: skip
        for name, act in self._acts.items():
            bind(page, name, act)

    def menu(self) -> Menu:
        """Everything that can be done about it."""
        menu, desk = Menu(self._page), self._desk
        is_closed = self._current() > 0 and bool(campaign_facts(self._current()).closed_on)
        for name in _MENU:
            if not name:
                menu.addSeparator()
                continue
            label = desk.say(ACTIONS[name].label)
            if name == "close_campaign":
                label = desk.say("Open it again") if is_closed else desk.say("Close this campaign")
            key = desk.keys.shown(name)
            menu.addAction(label + (f"\t{key}" if key else "")).triggered.connect(
                lambda _=False, name=name: self._acts[name]()
            )
        return menu

    def close(self) -> None:
        """Close the campaign, or open it again."""
        campaign, say = self._current(), self._desk.say
        if campaign > 0:
            facts = campaign_facts(campaign)
            again = bool(facts.closed_on)
            told = say("Opened {name} again", name=facts.name) if again else say(
                "Closed {name}. Its gifts stay as they are", name=facts.name)  # fmt: skip
            self._desk.write(lambda store: close_campaign(store, campaign, again=again), told, failed=self._failed)

    def write_sheet(self) -> None:
        """Write its people on one sheet for the client, to read (PDF) or to answer in (Excel)."""
        campaign, desk, words = self._current(), self._desk, self._desk.words
        if campaign <= 0:
            return
        name = f"{campaign_facts(campaign).name}.xlsx"
        path = desk.files.to_save(self._page, desk.say("The people on one sheet, as .xlsx or .pdf"), name)
        if path is None:
            return

        def work(store: Store, _job: Job) -> OneSheet:
            made = sheet.one_sheet(store, campaign)
            write_sheet_file(words, path, made, store.today().isoformat())
            return made

        def then(made: OneSheet) -> None:
            people = len({line.person_id for line in made.lines})
            told = words.trn("Wrote {number} person to {file}", "Wrote {number} people to {file}", people,
                             file=path.name)  # fmt: skip
            desk.write(lambda store: sheet.note_shown(store, made), told, failed=self._failed)

        desk.runner.run(Job("Writing the sheet"), work, then=then, failed=self._failed)

    def read_answers(self) -> None:
        """Read what the client answered; one row that cannot be read leaves everything as it was."""
        campaign, desk = self._current(), self._desk
        path = (
            desk.files.to_open(self._page, desk.say("The sheet with the answers"), _PATTERNS) if campaign > 0 else None
        )
        if path is None:
            return

        def told(found: Answered) -> None:
            said = {"yes": found.yes, "no": found.no, "ask": found.ask, "silent": found.silent}
            text = desk.say(
                "{yes} yes, {no} no, {ask} to talk about, {silent} without an answer. Nobody was moved", **said
            )
            desk.tell(text, undoable=True)

        desk.runner.run(Job("Reading the answers"), lambda store, job: sheet.read_answers(store, campaign, path, job),
                        writes=True, then=told, failed=self._failed)  # fmt: skip

    def _ask(self, dialog: str) -> None:
        if self._current() > 0:
            self._desk.ask(dialog, self._current())

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._desk.ask("trouble", error)


def write_sheet_file(words: Words, path: Path, made: OneSheet, today: str) -> None:
    """Write a sheet by its ending.

    Raises:
        KnownError: ``campaigns.sheet_kind`` for another ending, or when it cannot be written.
    """
    kind = path.suffix.casefold()
    if kind == ".xlsx":
        rows = [sheet_cells(words, line) for line in made.lines]
        sheet.write_sheet(path, sheet_words(words, made.facts.name), rows, made)
    elif kind == ".pdf":
        from outreach.paper.printout import Printout, Section
        from outreach.paper.to_file import printout_to_pdf

        paper = sheet_paper(words, made, today)
        printout = Printout(paper.title, paper.below, [Section(*part, is_lead=not at)
                                                       for at, part in enumerate(paper.parts)])  # fmt: skip
        printout_to_pdf(path, printout, lambda page, pages: words.tr("Page {page} of {pages}", page=page, pages=pages))
    else:
        raise KnownError("campaigns.sheet_kind", file=path.name)

"""Which dialog answers which wish; a dialog's module is loaded when it is first opened."""

import importlib
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.ui.desk import Desk

#: By the name of a wish: the module within this package and what opens, given the desk, the ground it floats over, and
#: what it is about.
_DIALOGS = {
    "person": ("person", "person_dialog"),
    "address": ("person", "address_dialog"),
    "consent": ("person", "consent_dialog"),
    "note": ("person", "note_dialog"),
    "addresses": ("records", "addresses_dialog"),
    "reach": ("records", "reach_dialog"),
    "documents": ("records", "documents_dialog"),
    "make_up": ("records", "make_up_dialog"),
    "twin": ("merging", "twin_dialog"),
    "doubles": ("merging", "doubles_dialog"),
    "change_many": ("bulk", "change_many_dialog"),
    "let_go": ("bulk", "let_go_dialog"),
    "suppress": ("people", "suppress_dialog"),
    "forget": ("people", "forget_dialog"),
    "sender": ("settings", "house_dialog"),
    "title": ("titles", "title_dialog"),
    "title_details": ("titles", "details_dialog"),
    "edition": ("editions", "edition_dialog"),
    "copies": ("editions", "copies_dialog"),
    "codes": ("editions", "codes_dialog"),
    "feeds": ("feeds", "FeedsDialog"),
    "signing": ("extras", "signing_dialog"),
    "inserts": ("extras", "InsertsDialog"),
    "gift": ("gifts", "gift_dialog"),
    "post": ("posts", "post_dialog"),
    "edit_post": ("posts", "edit_post_dialog"),
    "story": ("post_story", "story_dialog"),
    "counts": ("post_counts", "counts_dialog"),
    "count_list": ("post_counts", "count_list_dialog"),
    "deal": ("posts", "deal_dialog"),
    "campaign": ("campaigns", "campaign_dialog"),
    "campaign_edit": ("campaigns", "edit_dialog"),
    "campaign_copy": ("campaigns", "copy_dialog"),
    "campaign_titles": ("campaign_plans", "titles_dialog"),
    "campaign_goals": ("campaign_plans", "goals_dialog"),
    "campaign_budget": ("campaign_plans", "budget_dialog"),
    "campaign_steps": ("campaign_plans", "steps_dialog"),
    "campaign_step": ("campaign_plans", "step_dialog"),
    "campaign_week": ("campaign_week", "WeekDialog"),
    "influence": ("influence", "InfluenceDialog"),
    "coverage": ("influence", "CoverageDialog"),
    "club": ("gifts", "club_dialog"),
    "yes": ("rights", "yes_dialog"),
    "use": ("rights", "use_dialog"),
    "quote": ("rights", "quote_dialog"),
    "disclosure": ("rights", "disclosure_dialog"),
    "club_edit": ("clubs", "edit_dialog"),
    "club_session": ("clubs", "session_dialog"),
    "club_counts": ("clubs", "counts_dialog"),
    "club_members": ("clubs", "members_dialog"),
    "club_requests": ("clubs", "requests_dialog"),
    "club_copies": ("clubs", "copies_dialog"),
    "club_questions": ("clubs", "questions_dialog"),
    "club_schedule": ("clubs", "schedule_dialog"),
    "club_offer": ("hours", "offer_dialog"),
    "author_hours": ("clubs", "hours_dialog"),
    "taste": ("tastes", "taste_dialog"),
    "tastes": ("tastes", "ledger_dialog"),
    "reading": ("tastes", "reading_dialog"),
    "policy": ("policy", "PolicyDialog"),
    "ask_address": ("asking_address", "AskAddressDialog"),
    "paper": ("paper", "PaperDialog"),
    "carrier_file": ("carrier_file", "carrier_file_dialog"),
    "roster": ("bulk", "roster_dialog"),
    "beside": ("match_beside", "beside_dialog"),
    "suiting": ("match_beside", "suiting_dialog"),
    "view": ("views", "view_dialog"),
    "import": ("importing", "ImportDialog"),
    "export": ("exporting", "ExportDialog"),
    "settings": ("settings", "settings_dialog"),
    "later": ("later", "later_dialog"),
    "guide": ("guide", "guide_dialog"),
    "keyboard": ("keyboard", "keyboard_dialog"),
    "mail": ("mail", "mail_dialog"),
    "mail_password": ("mail", "password_dialog"),
    "palette": ("palette", "Palette"),
    "shortcuts": ("shortcuts", "shortcuts_dialog"),
    "trouble": ("trouble", "trouble_dialog"),
}


def open_dialog(desk: Desk, ground: QWidget, name: str, about: Any) -> None:
    """Open the dialog of a name."""
    module, opens = _DIALOGS[name]
    getattr(importlib.import_module(f"outreach.ui.dialogs.{module}"), opens)(desk, ground, about)

"""Campaigns: goals, budget, steps, the sheet that a client answers."""

SENTENCES = {
    "campaigns.no_name": "A campaign needs a name, such as Spring launch.",
    "campaigns.name_taken": "There is “{name}” already, as {campaign}. Choose another name.",
    "campaigns.unknown_field": "There is no field “{name}”. There are {known}.",
    "campaigns.no_day": "“{value}” is no day. Write it like 2026-11-24.",
    "campaigns.backwards": "It would end on {end_day}, before it begins on {start_day}. Change one of the two.",
    "campaigns.no_currency": "“{value}” is no currency. Write its three letters, such as GBP.",
    "campaigns.closed": "{campaign} is closed since {day}. “outreach campaigns close --again” opens it.",
    "campaigns.closed@window": "{campaign} is closed since {day}. Open it again first.",
    "campaigns.open": "{campaign} is open. There is nothing to open again.",
    "campaigns.goal_seen": "“{kind}” cannot be a goal: it counts who saw something, not what came of it, and whoever was "
    "given a copy owes nobody a post. Choose sales, pre_orders, library_orders or club_copies; posts are counted anyway.",
    "campaigns.goal_seen@window": "“{kind}” cannot be a goal: it counts who saw something, not what came of it, and whoever "
    "was given a copy owes nobody a post. Choose copies or money; posts are counted anyway.",
    "campaigns.goal_unknown": "“{value}” is no goal. There are {known}.",
    "campaigns.goal_target": "“{value}” is no target. Write copies like 1200, or money like 17988 GBP.",
    "campaigns.goal_unit": "The target {target} and the baseline {baseline} are not counted alike. Write both as copies, or "
    "both as money of one currency.",
    "campaigns.goal_none": "There is no goal of {kind} to take away.",
    "campaigns.budget_kind": "“{value}” is nothing that a budget is for. There are {known}.",
    "campaigns.budget_amount": "“{value}” is no amount. Write it like 250 GBP.",
    "campaigns.expense_none": "There is no expense {expense}. “outreach campaigns budget” lists them.",
    "campaigns.expense_none@window": "There is no such expense any more.",
    "campaigns.no_pub_day": "It is not known on which day a title of {campaign} comes out, so nothing can be counted back. "
    "Say the day with --from.",
    "campaigns.no_pub_day@window": "It is not known on which day a title of {campaign} comes out, so nothing can be counted "
    "back. Give its title a day first.",
    "campaigns.not_drafted": "{why} No letter was drafted.",
    "campaigns.no_title": "{campaign} is for no title yet, so a letter would be about nothing. Give it one with "
    "“outreach campaigns edit --item”.",
    "campaigns.no_title@window": "{campaign} is for no title yet, so a letter would be about nothing. Give it a title first.",
    "campaigns.step_name": "A step needs a few words.",
    "campaigns.step_none": "There is no step {step}. “outreach campaigns steps” lists them.",
    "campaigns.step_none@window": "There is no such step any more.",
    "campaigns.nobody": "There is nobody in {campaign} yet to show. Choose people first.",
    "campaigns.sheet_kind": "{file} is neither a PDF nor an Excel workbook. End its name with .pdf or .xlsx.",
    "campaigns.sheet_columns": "{file} is not the sheet that was sent: no columns Ref and Your answer are among “{headers}”. "
    "Ask for the file back with its headings. Nothing was changed.",
    "campaigns.sheet_row": "Row {row} of {file} has more cells than there are headings. Nothing was changed.",
    "campaigns.sheet_person": "Row {row} of {file}: “{person}” is nobody of this campaign. Look at its first column. Nothing "
    "was changed.",
    "campaigns.sheet_answer": "Row {row} of {file}: “{value}” is no answer. Yes, No or Let us talk can be said; the rest "
    "belongs into the remarks. Nothing was changed.",
    "campaigns.sheet_twice": "Row {row} of {file} says something else of {person} than a row before. Nothing was changed.",
}

"""The group that all commands about campaigns are in."""

from outreach.cli.frame import group

campaigns = group(
    "campaigns",
    "Goals, budgets, timelines, and what their clients answer.",
    {
        "campaigns": ("add", "show", "edit", "list", "copy", "close"),
        "campaigns_planned": ("goal", "budget", "expense", "steps"),
        "campaigns_sheet": ("sheet", "answers"),
        "campaigns_week": ("digest",),
    },
)

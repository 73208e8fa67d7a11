"""What a report says beside what the review says."""

SENTENCES: dict[str, str] = {
    "report.page": "Page {page} of {pages}",
    "report.with_range": "with likely range",
    "report.pictures": "In their own pictures",
    "report.pictures_leave": "shown with leave of those who made them",
    "report.caption": "{name}, {title}, {posted_day}",
    "report.col_name": "Name",
    "report.col_came": "What came of it",
    "report.col_stage": "Stage",
    "report.col_group": "Group",
    "report.col_low": "Likely from",
    "report.col_high": "Likely to",
    "report.col_deal": "What was agreed",
    "report.col_nature": "What lies behind them",
    "report.col_posts": "Posts",
    "report.col_day": "Day",
    "report.head_block": "Block",
    "report.head_what": "What",
    "report.head_figure": "Figure",
    "report.head_value": "Value",
    "report.head_unit": "Unit",
}

"""Troubles with codes, sales and rates of money."""

SENTENCES: dict[str, str] = {
    "sales.bad_code": "“{code}” is no code. Give one of up to 60 letters and figures, such as MAYA10.",
    "sales.code_taken": "The code {code} is kept already. Each code is of one person and title; choose another.",
    "sales.bad_link": "“{address}” is no address of a page. It begins with https://.",
    "sales.no_code": "No code {code} is kept. List them with: outreach sales codes",
    "sales.no_copies": "{copies} is no number of copies sold. Give a whole number, below none for copies that came back.",
    "sales.bad_day": "“{value}” is no day. Write it like 2026-11-24.",
    "sales.future": "{on_day} is still to come. Pre-orders are noted on the day they were placed.",
    "sales.no_title": "Say what was sold: --item, or --code.",
    "sales.no_title@window": "Say what was sold: a title, or a code.",
    "sales.no_code@window": "No code {code} is kept. Keep it first, in Review, Codes and links.",
    "sales.no_columns": "{file} has no column of days, of copies, or of what was sold. It has: {headers}. It needs a "
    "date, copies, and a code, an ISBN or a title.",
    "sales.too_many": "{file} has more than {most} rows. Divide it.",
    "sales.wrong_rows": "{file}: {wrong} of {rows} rows cannot be kept, the first of them row {row}, so none was. Put them "
    "right and read the file again.",
    "review.no_saved": "No review is saved as “{name}”. There are: {known}.",
    "sales.bad_rate": "1 {given} = {rate} {wanted} is no rate. Give two currencies and a number, such as USD GBP 0.79.",
}

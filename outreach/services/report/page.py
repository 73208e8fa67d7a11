"""A report as one page of HTML that needs nothing else: no script, no font, no picture from elsewhere."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from outreach.errors import KnownError
from outreach.services.report.blocks import Block, Cell, Column, Figure, Kind, Picture, Report, Table
from outreach.services.report.style import STYLE
from outreach.services.report.svg import chart_svg
from outreach.store.files import replacing


def page_of(report: Report) -> str:
    """A report as a page."""
    title = escape(f"{report.title}: {report.scope}")
    way = ' dir="rtl"' if report.is_mirrored else ""
    body = [
        f"<h1>{escape(report.title)}</h1>",
        f"<p class=scope>{escape(report.scope)}</p>",
        f"<p class=lead>{escape(report.lead)}</p>",
        *(part for block in report.blocks for part in _block(block)),
        f"<footer>{escape(report.made)}</footer>",
    ]
    return (
        f'<!doctype html>\n<html lang="{escape(report.language)}"{way}><head><meta charset="utf-8">'
        f"<title>{title}</title>"
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>\n<body><main>\n'
        + "\n".join(body)
        + "\n</main></body></html>\n"
    )


def write_page(path: Path, report: Report) -> None:
    """Write a report as a page, whole or not at all.

    Raises:
        KnownError: ``files.not_written``.
    """
    write_html(path, page_of(report))


def write_html(path: Path, text: str) -> None:
    """Write a page, whole or not at all.

    Raises:
        KnownError: ``files.not_written``.
    """
    try:
        with replacing(path) as made:
            made.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error


def _block(block: Block) -> Iterator[str]:
    if block.title and not block.figures:
        beside = f" <span class=beside>{escape(block.beside)}</span>" if block.beside else ""
        yield f"<h2>{escape(block.title)}{beside}</h2>"
    if block.figures:
        yield f"<div class=four>{''.join(map(_figure, block.figures))}</div>"
    if block.chart is not None:
        yield chart_svg(block.chart, block.title)
    if block.told:
        yield _list(block.told)
    elif block.table is not None:
        table = _table(block.table)
        folded = block.chart is not None
        yield f"<details><summary>{escape(block.title)}</summary>{table}</details>" if folded else table
    if block.lines:
        yield _list(block.lines)
    if block.pictures:
        yield f"<div>{''.join(_pictures(block.pictures))}</div>"


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _figure(figure: Figure) -> str:
    return (
        f"<div><p>{escape(figure.name)}</p><div class=stat>{escape(figure.cell.text)}</div>"
        f"<p>{escape(figure.below)}</p></div>"
    )


def _table(table: Table) -> str:
    head = "".join(f"<th{' class=n' if each.is_figure else ''}>{escape(each.name)}</th>" for each in table.columns)
    rows = "".join(f"<tr>{_cells(row, table.columns)}</tr>" for row in table.rows)
    return f"<table><tr>{head}</tr>{rows}</table>"


def _cells(row: Sequence[Cell], columns: Sequence[Column]) -> str:
    return "".join(_cell(cell, is_figure=column.is_figure) for cell, column in zip(row, columns, strict=True))


def _cell(cell: Cell, *, is_figure: bool) -> str:
    kinds = [*(["n"] if is_figure else []), *([cell.tone] if cell.tone else [])]
    named = f' class="{" ".join(kinds)}"' if kinds else ""
    value = f' data-value="{cell.value}"' if cell.kind is not Kind.TEXT and cell.value is not None else ""
    return f"<td{named}{value}>{escape(cell.text)}</td>"


def _pictures(pictures: Iterable[Picture]) -> Iterator[str]:
    for each in pictures:
        kind = "png" if each.file.suffix.casefold() == ".png" else "jpeg"
        data = b64encode(each.file.read_bytes()).decode("ascii")
        caption = escape(each.caption)
        yield (
            f'<figure><img src="data:image/{kind};base64,{data}" alt="{caption}">'
            f"<figcaption>{caption}</figcaption></figure>"
        )

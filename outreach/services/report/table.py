"""A report as one table for a program: a line a figure, with what it is of, and its unit beside it."""

from collections.abc import Iterator
from pathlib import Path

from outreach.services.exporting.csvfile import write_csv
from outreach.services.report.blocks import Block, Cell, Kind, Report

_HEADS = ("block", "what", "figure", "value", "unit")


def write_table(path: Path, report: Report) -> None:
    """Write all figures of a report, whole or not at all.

    Raises:
        KnownError: ``files.not_written``.
    """
    write_csv(path, [report.heads[name] for name in _HEADS], lines_of(report))


def lines_of(report: Report) -> Iterator[tuple[str, str, str, str, str]]:
    """The lines of that table: numbers with a point, days as ISO days, shares as parts of 1."""
    yield report.title, report.scope, "", report.lead, ""
    for block in report.blocks:
        yield from _lines(block)
    yield report.title, "", "", report.made, ""


def _lines(block: Block) -> Iterator[tuple[str, str, str, str, str]]:
    for figure in block.figures:
        yield (block.title, figure.name, figure.below, *_value(figure.cell))
    if block.table is not None:
        for row in block.table.rows:
            for cell, column in zip(row[1:], block.table.columns[1:], strict=True):
                if cell.text or cell.value is not None:
                    yield (block.title, row[0].text, column.name, *_value(cell))
    for line in block.lines:
        yield block.title, "", "", line, ""
    for picture in block.pictures:
        yield block.title, "", "", picture.caption, ""


def _value(cell: Cell) -> tuple[str, str]:
    if cell.value is None or cell.kind is Kind.TEXT:
        return cell.text, ""
    if cell.kind is Kind.SHARE:
        return f"{cell.value:.4f}", "1"
    return str(cell.value), cell.currency

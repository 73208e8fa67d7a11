"""A report as blocks that know no format, and what writes them: a page of HTML, a workbook, a table."""

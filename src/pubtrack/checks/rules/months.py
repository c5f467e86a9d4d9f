"""Months: macros in BibTeX, numbers or macros in biblatex."""

from __future__ import annotations

from collections.abc import Iterator

from pubtrack.bibtex import date_fields
from pubtrack.bibtex.latex import characters
from pubtrack.checks.context import Context
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.date_words import MONTH_MACROS
from pubtrack.model.digits import int_of


@rule(
    "fld-month",
    "warning",
    why="The macro is what styles abbreviate and translate and what sorting understands; typed text stays as it is.",
    source="btxdoc, 3.2 (month); biblatex manual, “Date and Time Specifications”; JabRef's MonthChecker; bibtex-tidy "
    "--months",
    bad="@misc{study2020, title = {A study}, year = 2020, month = {January}}",
    good="@misc{study2020, title = {A study}, year = 2020, month = jan}\n@misc{tea2020, title = {Tea}, year = 2020,\n"
    '  month = "10~" # jan}',
    fixes=True,
)
def fld_month(view: View, context: Context) -> Iterator[Hit]:
    """A month is typed as text, or is not a month."""
    del context
    for item, field in view.written("month"):
        raw = field.value
        if raw.isalpha() or "#" in raw:
            continue  # a macro, or what is made of one
        latex = raw[1:-1] if raw[0] in '{"' else raw
        if item.page.dialect == "biblatex" and latex.strip().isdecimal() and 1 <= int_of(latex.strip()) <= 12:
            continue
        written = characters(latex).strip().rstrip(".")
        if not written:
            continue
        number = int(written) if written.isascii() and written.isdigit() and len(written) < 3 else 0
        read = date_fields.issued({"year": "2000", "month": written}).date
        if not number and read is not None and len(read.parts) == 2 and read.end is None and written.isalpha():
            number = read.parts[1]
        if 1 <= number <= 12:
            macro = MONTH_MACROS[number]
            yield Hit(item, field, f'"{written}" is text; write month = {macro}', fix=item.raw_fix(field, macro))
        elif read is None or ((len(read.parts) == 1 and not read.season) and written.lower() not in MONTH_MACROS):
            yield Hit(item, field, f'"{written}" is not a month')

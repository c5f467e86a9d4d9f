"""Faults that reading the store finds by itself: of syntax and encoding, macros and references that lead nowhere.

`checks` hands on the store's own findings under these ids; what stands here is what the store does not look at.
"""

from __future__ import annotations

from collections.abc import Iterator

from pubtrack.bibtex import macros
from pubtrack.bibtex.latex_tables import symbol
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.findings import Fix

_MACRO_ALONE = pattern(r"\s*+\{*+\s*+\\([A-Za-z]++)\s*+\}*+\s*+")
_READING = "bibtex.web, “Reading the database file”"


@rule(
    "syn-entry",
    "error",
    why="BibTeX skips such an entry, or reads something else than you see; the citation comes out as a question mark.",
    source=_READING,
    bad="@misc{study2020, title {A study}, year = 2020}",
    good="@misc{study2020, title = {A study}, year = 2020}",
)
def syn_entry(view: View, context: Context) -> Iterator[Hit]:
    """An entry cannot be read as it was meant: a key, a comma or an equals sign is missing, or a comment stands in
    it."""
    del view, context
    return iter(())


@rule(
    "syn-braces",
    "error",
    why="The value swallows what follows it, up to the end of the file if nothing closes it.",
    source=f"{_READING}; JabRef's BracketChecker",
    bad="@misc{study2020, title = {A study, year = {2020}}\n",
    good="@misc{study2020, title = {A study}, year = {2020}}\n",
)
def syn_braces(view: View, context: Context) -> Iterator[Hit]:
    """A brace or a quotation mark has no partner."""
    del view, context
    return iter(())


@rule(
    "syn-stray",
    "error",
    why="BibTeX skips what stands between entries without a word, also where it was one before a character got lost.",
    source=_READING,
    bad="@misc{study2020, title = {A study}, year = {2020}}}\n",
    good="@misc{study2020, title = {A study}, year = {2020}}\nNotes between entries are fine.\n",
)
def syn_stray(view: View, context: Context) -> Iterator[Hit]:
    """Text between the entries looks like a piece of one that came apart."""
    del view, context
    return iter(())


@rule(
    "syn-dup-key",
    "error",
    why="BibTeX drops the second entry; it compares keys without regard to case. Keys that differ by case alone, which "
    "biber tells apart, are a warning.",
    source="bibtex.web, “Repeated entry”; JabRef's CitationKeyDuplicationChecker; bibtex-tidy --duplicates key",
    bad="@misc{study2020, title = {A study}, year = 2020}\n@misc{study2020, title = {Tea and rain}, year = 2020}",
    good="@misc{study2020, title = {A study}, year = 2020}\n@misc{tea2020, title = {Tea and rain}, year = 2020}",
)
def syn_dup_key(view: View, context: Context) -> Iterator[Hit]:
    """Two entries have the same key, or keys that differ only by case."""
    del view, context
    return iter(())


@rule(
    "syn-dup-field",
    "error",
    why="BibTeX reads the first of them alone; what the second says is lost without a word. Where both say the same it "
    "is a warning.",
    source="bibtex.web, “Reading the database file”; bibtex-tidy --remove-dupe-fields; papis duplicated-keys",
    bad="@misc{study2020, title = {A study}, year = 2020, year = 2021}",
    good="@misc{study2020, title = {A study}, year = 2020}",
    fixes=True,
)
def syn_dup_field(view: View, context: Context) -> Iterator[Hit]:
    """A field stands twice in one entry."""
    del context
    for item in view.items:
        fields = item.entry.fields
        if len(fields) == len({field.name.lower() for field in fields}):
            continue
        first = {field.name.lower(): field for field in reversed(fields)}
        differing = {one.name.lower() for one in fields if one.value != first[one.name.lower()].value}
        for field in fields:
            known = first[field.name.lower()]
            if known is field or field.name[:3].lower() == "opt":
                continue  # Emacs writes the optional fields of a type so, for BibTeX to skip
            equal = known.value == field.value
            certain = item.is_editable and known.name.lower() not in differing
            says = "says the same again" if equal else "says otherwise, and BibTeX reads the first alone"
            yield Hit(
                item,
                field,
                f'the field "{field.name}" stands in this entry already; this one {says}',
                offset=field.name_start,
                severity="warning" if equal else "error",
                fix=Fix(known.name, known.value) if certain else None,
            )


@rule(
    "syn-undef-string",
    "error",
    why="BibTeX puts nothing in its place, and a warning into a log that nobody reads.",
    source="btxdoc, 2.3; JabRef's BibStringChecker. AASTeX's journal macros are a warning: its classes define them",
    bad="@article{study2020, author = {Roe, Ann}, title = {A study}, journal = nature, year = 2020}",
    good="@string{nature = {Nature}}\n"
    "@article{study2020, author = {Roe, Ann}, title = {A study}, journal = nature, year = 2020}",
)
def syn_undef_string(view: View, context: Context) -> Iterator[Hit]:
    """A value names a macro that no @string defines."""
    del context
    for item, field, latex in view.fields("journaltitle", "booktitle"):
        if "\\" in latex and (found := _MACRO_ALONE.fullmatch(latex)) and symbol(found[1]) is None:
            remark = macros.undefined_macro(f"\\{found[1]}")
            yield Hit(item, field, remark.message, severity=remark.severity)


@rule(
    "syn-empty",
    "warning",
    why="It says nothing, some styles print the comma before it, and a field that is there looks as if it were known.",
    source="papis empty-fields; bibtex-tidy --remove-empty-fields",
    bad="@misc{study2020, title = {A study}, note = {}, year = 2020}",
    good="@misc{study2020, title = {A study}, year = 2020}",
    fixes=True,
)
def syn_empty(view: View, context: Context) -> Iterator[Hit]:
    """A field is empty."""
    del context
    for item in view.items:
        for field in item.entry.fields:
            value = field.value
            if len(value) > 2 and (value[1] not in " \t\r\n{}" or value[1:-1].strip("{} \t\r\n")):
                continue
            if value not in ("{}", '""') and value[:1] not in ("{", '"'):
                continue  # a number or a macro of one or two characters
            if field.name[:3].lower() == "opt":
                continue
            # In an entry that inherits, an empty field may stand there to keep the parent's out.
            borrows = item.value("crossref") or item.value("xdata")
            fix = None if borrows else item.raw_fix(field, None)
            yield Hit(item, field, f'the field "{field.name}" is empty; fill it or remove it', fix=fix)


@rule(
    "txt-encoding",
    "warning",
    why="LaTeX and biber read UTF-8; other bytes come out as wrong characters or as an error.",
    source="LaTeX News 28 (UTF-8 is the default encoding); biber's manual",
    bad="@misc{study2020, title = {Caf\udce9 culture}, year = 2020}",
    good="@misc{study2020, title = {Cafe culture}, year = 2020}",
)
def txt_encoding(view: View, context: Context) -> Iterator[Hit]:
    """A file is not UTF-8."""
    del view, context
    return iter(())


@rule(
    "fld-crossref",
    "error",
    why="BibTeX stops with an error, and what the entry should have inherited is missing.",
    source="btxdoc, 2.3; biblatex manual, “Cross-referencing”, “Related Entries”; JabRef's EntryLinkChecker",
    bad="@inproceedings{study2020, author = {Roe, Ann}, title = {A study}, booktitle = {Proc. of Tea}, year = 2020,\n"
    "  crossref = {tea2020}}",
    good="@inproceedings{study2020, author = {Roe, Ann}, title = {A study}, booktitle = {Proc. of Tea},\n"
    "  crossref = {tea2020}}\n"
    "@proceedings{tea2020, title = {Proceedings of Tea}, year = 2020}",
)
def fld_crossref(view: View, context: Context) -> Iterator[Hit]:
    """A field refers to an entry that is not there (crossref, xref, xdata, related, entryset)."""
    del context
    known = {key.lower() for key in view.by_key}
    for item, field, latex in view.fields("related", "entryset"):
        if "ids" in view.names():
            known |= {one.strip().lower() for _, _, ids in view.fields("ids") for one in ids.split(",")}
        for key in (one.strip() for one in latex.split(",")):
            if key and key.lower() not in known:
                yield Hit(item, field, f'there is no entry "{key}" that "{field.name}" could mean')

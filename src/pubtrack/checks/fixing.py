"""Apply fixes: findings that carry one to the changed texts of their files, and nothing else.

Of several fixes of one field the first is made, the text is read and checked again, and so on until none is left; so
fixes need not know of each other, and what was fixed once is not fixed again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pubtrack.bibtex.document import Document
from pubtrack.bibtex.edit import change_fields, drop_repeated_fields
from pubtrack.checks import Context, check
from pubtrack.model.errors import PubtrackError
from pubtrack.model.findings import Finding, Severity
from pubtrack.store.library import Library
from pubtrack.store.store import BibFile, Store

_ROUNDS = 12  # fixes of one field that wait for each other; more would be two rules at odds


def apply_fixes(
    store: Store,
    context: Context,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severity: Mapping[str, Severity] | None = None,
    keys: Collection[str] | None = None,
) -> dict[BibFile, str]:
    """The new texts of the store's files; those that stay as they are have no entry.

    `keys` are the entries that may be changed, None: all.
    """
    from dataclasses import replace

    files = store.files
    for _ in range(_ROUNDS):
        library = Library(replace(store, files=files))
        findings = check(library, context, select=tuple(select), ignore=tuple(ignore), severity=severity)
        wanted = [one for one in findings if one.fix is not None and (keys is None or one.key in keys)]
        if not wanted:
            break
        files = tuple(
            replace(file, changed=_fixed_text(file.document, [one for one in wanted if one.file == file.name]))
            for file in files
        )
    return {
        before: after.document.text
        for before, after in zip(store.files, files, strict=True)
        if after.changed is not None and after.document.text != before.document.text
    }


def _fixed_text(document: Document, findings: Iterable[Finding]) -> str:
    """The text with the first fix of each field made; a fix that the text does not take is left out."""
    changes: dict[str, dict[str, str | None]] = {}
    repeats: dict[str, set[str]] = {}
    for one in findings:
        if one.fix is None:
            continue
        entry = document.entry(one.key)
        name = one.fix.field.lower()
        if sum(field.name.lower() == name for field in entry.fields) > 1:
            if one.code == "syn-dup-field":
                repeats.setdefault(one.key, set()).add(name)
            continue
        mine = changes.setdefault(one.key, {})
        if name not in {other.lower() for other in mine}:
            mine[one.fix.field] = one.fix.value
    for key in repeats:
        changes.pop(key, None)
    text = _changed(document, changes)
    if repeats:
        text = drop_repeated_fields(
            Document(text, document.file), {key: sorted(names) for key, names in repeats.items()}
        )
    return text


def _changed(document: Document, changes: Mapping[str, Mapping[str, str | None]]) -> str:
    """`change_fields`, entry by entry where one of them is refused."""
    changes = {key: wanted for key, wanted in changes.items() if wanted}
    if not changes:
        return document.text
    try:
        return change_fields(document, changes, raw=True)
    except PubtrackError:
        if len(changes) == 1:
            return document.text
    half = len(changes) // 2
    keys = list(changes)
    first = _changed(document, {key: changes[key] for key in keys[:half]})
    return _changed(Document(first, document.file), {key: changes[key] for key in keys[half:]})

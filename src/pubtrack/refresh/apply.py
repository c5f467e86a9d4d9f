"""Apply proposals to documents: their new texts, and what undoing them needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pubtrack.bibtex.document import Document, parse
from pubtrack.bibtex.edit import add_entries, change_fields, refuse_key
from pubtrack.matching import normal_doi
from pubtrack.model.errors import PubtrackError
from pubtrack.refresh.bases import Bases, settle
from pubtrack.refresh.proposal import Proposal
from pubtrack.refresh.undo import Added, AppliedRefresh, ChangedField, spans

Documents = Mapping[str, Document]
"""By the name of the file within the store."""


@dataclass(frozen=True, slots=True)
class Applied:
    """The new texts by file, the bases after it, and the run as the journal keeps it."""

    texts: Mapping[str, str]
    bases: Bases
    run: AppliedRefresh


def apply_to_documents(documents: Documents, proposals: Sequence[Proposal], bases: Bases, time: str) -> Applied:
    """What the store is once `proposals` are applied; a new entry goes to the file of the one that it is for.

    Raises PubtrackError, naming all of them, where an entry or a field is not as it was when it was proposed, or where
    two proposals change one field; a proposal is applied to what it was made for or not at all.
    """
    changes = _changes(documents, proposals)
    stale = [line for proposal in proposals for line in _stale(documents, proposal)]
    if stale:
        raise PubtrackError(f"{'; '.join(stale)}. Nothing was written; run pubtrack refresh again")
    texts = {name: change_fields(document, changes[name]) for name, document in documents.items() if name in changes}
    added = _added(documents, texts, proposals)
    settles = [base for proposal in proposals for base in proposal.settles]
    before = tuple((base.key, base.field, bases.get((base.key, base.field))) for base in settles)
    steps = tuple(_steps(documents, texts, changes))
    pairs = {name: (documents[name].text, text) for name, text in texts.items() if text != documents[name].text}
    run = AppliedRefresh(time, spans(pairs), steps, added, before)
    return Applied({name: text for name, (_, text) in pairs.items()}, settle(bases, settles), run)


def decline(proposals: Iterable[Proposal], bases: Bases) -> Bases:
    """The bases once these proposals are declined: they do not come again until the registry changes its mind."""
    return settle(bases, [base for proposal in proposals for base in proposal.settles])


def home_of(documents: Documents, key: str) -> str:
    """The file that holds the entry, "" if none does."""
    return next((name for name, document in documents.items() if key in document.by_key), "")


def _changes(documents: Documents, proposals: Sequence[Proposal]) -> dict[str, dict[str, dict[str, str | None]]]:
    """The fields' new contents by file and key."""
    found: dict[str, dict[str, dict[str, str | None]]] = {}
    for proposal in proposals:
        name = home_of(documents, proposal.key)
        for change in proposal.changes:
            fields = found.setdefault(name, {}).setdefault(proposal.key, {})
            if change.name.lower() in map(str.lower, fields):
                raise PubtrackError(f"{proposal.key}: two of these proposals change {change.name}; choose one")
            fields[change.name] = change.content
    return found


def _stale(documents: Documents, proposal: Proposal) -> Iterable[str]:
    name = home_of(documents, proposal.key)
    if not name:
        yield f'{proposal.id}: there is no entry "{proposal.key}" any more'
        return
    if not proposal.applicable:
        yield f"{proposal.id} ({proposal.key}.{proposal.field}) reports a problem and changes nothing by itself"
        return
    if proposal.addition is not None:
        doi = normal_doi(dict(proposal.addition.fields).get("doi", ""))
        if doi and doi in _dois(documents):
            yield f"{proposal.id}: the store has {doi} by now"
    entry = documents[name].entry(proposal.key)
    for change in proposal.changes:
        field = entry.get(change.name)
        if (field.value if field else None) != change.before:
            yield f"{proposal.id}: {proposal.key}.{change.name} has changed since it was proposed"


def _dois(documents: Documents) -> frozenset[str]:
    entries = (entry for document in documents.values() for entry in document.entries)
    fields = (entry.get("doi") for entry in entries)
    return frozenset(normal_doi(field.value.strip('{}" ')) for field in fields if field is not None)


def _added(documents: Documents, texts: dict[str, str], proposals: Sequence[Proposal]) -> tuple[Added, ...]:
    """Puts the new entries into `texts`; what was added."""
    found: list[Added] = []
    for proposal in proposals:
        new = proposal.addition
        if new is None:
            continue
        for document in documents.values():
            refuse_key(document, new.key)
        home = home_of(documents, proposal.key)
        document = parse(texts.get(home, documents[home].text), file=documents[home].file)
        texts[home] = add_entries(document, [(new.type, new.key, new.fields)])
        after = parse(texts[home])
        found.append(Added(home, new.key, after.source(after.block(new.key))))
    return tuple(found)


def _steps(
    documents: Documents, texts: Mapping[str, str], changes: Mapping[str, Mapping[str, Mapping[str, str | None]]]
) -> Iterable[ChangedField]:
    for name, entries in changes.items():
        after = parse(texts[name])
        for key, fields in entries.items():
            old, new = documents[name].entry(key), after.entry(key)
            for field in fields:
                before, now = old.get(field), new.get(field)
                assert now is not None
                yield ChangedField(name, key, now.name, before.value if before else None, now.value)

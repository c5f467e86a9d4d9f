"""Pair preprints with their published versions within a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pubtrack.matching.duplicate_rule import twin_reason
from pubtrack.matching.thresholds import SIMILAR
from pubtrack.matching.titles import fold_title
from pubtrack.matching.work_class import is_preprint
from pubtrack.matching.work_identifiers import arxiv_ids
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work
from pubtrack.people import fold

_VERSIONS = frozenset({"", "multivolume", "origpubas", "reprintof", "preprint", "published", "updatedby", "updateof"})


def title_words(work: Work) -> str:
    """The title's words without accents, case and punctuation, one blank between."""
    return fold_title(plain(work.title)).text


def published_versions(works: Sequence[Work]) -> Mapping[str, str]:
    """The key of each preprint among `works` that has a published version there, to the key of that version.

    By `related` (biblatex), by the same eprint or arXiv DOI, by the DOI that a preprint names as its published one,
    or by near-equal titles with the same first author's family name and half of the others'.
    """
    preprints = [work for work in works if is_preprint(work)]
    if not preprints:
        return {}
    published = [work for work in works if not is_preprint(work)]
    by_id = {work.id: work for work in published}
    by_eprint = {eprint: work for work in published for eprint in arxiv_ids(work)}
    by_related = {key: work for work in reversed(published) for key in _related(work)}
    by_word = _by_rare_word(published)
    pairs: dict[str, str] = {}
    for work in preprints:
        found = next((by_id[key] for key in _related(work) if key in by_id), by_related.get(work.id))
        found = found or next((by_eprint[eprint] for eprint in arxiv_ids(work) if eprint in by_eprint), None)
        found = found or _alike(work, by_word)
        if found is not None:
            pairs[work.id] = found.id
    return pairs


def _related(work: Work) -> list[str]:
    if work.custom.get("relatedtype", "").lower() not in _VERSIONS:
        return []
    return [key.strip() for key in work.custom.get("related", "").split(",") if key.strip()]


def _by_rare_word(works: Iterable[Work]) -> Mapping[str, list[Work]]:
    """The works by each long word of their titles: only those that share one are compared."""
    index: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        for word in _long_words(title_words(work)):
            index[word].append(work)
    return index


def _long_words(title: str) -> list[str]:
    return sorted(set(title.split()), key=lambda word: (-len(word), word))[:3]


def _alike(preprint: Work, by_word: Mapping[str, list[Work]]) -> Work | None:
    from rapidfuzz import fuzz

    title = title_words(preprint)
    candidates = {work.id: work for word in _long_words(title) for work in by_word.get(word, ())}
    best: tuple[float, Work] | None = None
    for work in candidates.values():
        score = fuzz.ratio(title, title_words(work))
        if score >= 100 * SIMILAR and _same_people(preprint, work) and (best is None or score > best[0]):
            best = score, work
    return best[1] if best is not None else None


def _same_people(one: Work, other: Work) -> bool:
    """The same first author's family name, and half of all family names in common."""
    families = [[fold(name.family or name.literal) for name in work.author] for work in (one, other)]
    if not families[0] or not families[1] or families[0][0] != families[1][0]:
        return False
    common = set(families[0]) & set(families[1])
    return 2 * len(common) >= min(len(set(families[0])), len(set(families[1])))


def find_twin(work: Work, among: Iterable[Work]) -> tuple[Work, str] | None:
    """The work of `among` that `work` is too, with the reason, or None; `twin_reason` says what makes twins."""
    for other in among:
        why = twin_reason(work, other)
        if why:
            return other, why
    return None

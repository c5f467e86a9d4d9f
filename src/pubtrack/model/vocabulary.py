"""The words of CSL 1.0.2 (appendices III and IV): item types, and variables by kind with their names in a `Work`."""

from __future__ import annotations

from collections.abc import Mapping

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection "
    "dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case "
    "legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard "
    "thesis treaty webpage".split()
)
"""The item types of CSL 1.0.2, appendix III."""

# CSL 1.0.2, appendix IV "Variables". Text and number variables are one kind here: both hold `Text`.
_TEXT = (
    "abstract annote archive archive_collection archive_location archive-place authority call-number "
    "chapter-number citation-key citation-label citation-number collection-number collection-title "
    "collection-title-short container-title container-title-short dimensions division DOI edition event "
    "event-place event-title first-reference-note-number genre ISBN ISSN issue jurisdiction keyword language "
    "license locator medium note number number-of-pages number-of-volumes original-publisher "
    "original-publisher-place original-title page page-first part-number part-title PMCID PMID "
    "printing-number publisher publisher-place references reviewed-genre reviewed-title scale section source "
    "status supplement-number title title-short URL version volume volume-title volume-title-short year-suffix"
).split()
_NAMES = (
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editor-translator editorial-director executive-producer guest host illustrator interviewer narrator "
    "organizer original-author performer producer recipient reviewed-author script-writer series-creator "
    "translator"
).split()
_DATES = "accessed available-date event-date issued original-date submitted".split()


def snake_case(variable: str) -> str:
    """The key of `Work` for a CSL variable: `container-title` to `container_title`, `DOI` to `doi`."""
    return variable.lower().replace("-", "_")


TEXT_VARIABLES: Mapping[str, str] = {snake_case(name): name for name in _TEXT}
"""The keys of `Work.values`, each with CSL's own spelling."""
NAME_VARIABLES: Mapping[str, str] = {snake_case(name): name for name in _NAMES}
"""The keys of `Work.people`, each with CSL's own spelling."""
DATE_VARIABLES: Mapping[str, str] = {snake_case(name): name for name in _DATES}
"""The keys of `Work.dates`, each with CSL's own spelling."""

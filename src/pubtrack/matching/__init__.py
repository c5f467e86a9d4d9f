"""Works and registries' records in; whether they are one work, graded and with reasons, out.

`same_work` is the match rule, `compare` lays every field side by side, `find_twin` and `published_versions` look within
a store. All are pure; `thresholds` holds the numbers and where they come from.
"""

from __future__ import annotations

from pubtrack.matching.author_lists import Difference, PeopleMatch, compare_people
from pubtrack.matching.comparison import Compared, compare
from pubtrack.matching.grades import Comparison, Grade
from pubtrack.matching.match import WorkMatch, best_match, same_work
from pubtrack.matching.titles import TitleMatch, compare_titles
from pubtrack.matching.venues import compare_venues
from pubtrack.matching.versions import find_twin, published_versions, title_words
from pubtrack.matching.work_class import is_preprint
from pubtrack.matching.work_identifiers import identifiers, normal_doi

__all__ = [
    "Compared",
    "Comparison",
    "Difference",
    "Grade",
    "PeopleMatch",
    "TitleMatch",
    "WorkMatch",
    "best_match",
    "compare",
    "compare_people",
    "compare_titles",
    "compare_venues",
    "find_twin",
    "identifiers",
    "is_preprint",
    "normal_doi",
    "published_versions",
    "same_work",
    "title_words",
]

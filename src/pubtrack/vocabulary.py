"""The words of CSL 1.0.2 (appendices III and IV): item types and variables, the latter in snake_case."""

from __future__ import annotations

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection "
    "dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case "
    "legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard "
    "thesis treaty webpage".split()
)
"""The item types of CSL 1.0.2, appendix III."""

TEXTS = frozenset(
    "abstract annote archive archive_location archive_place authority call_number chapter_number citation_label "
    "collection_number collection_title container_title container_title_short dimensions division doi edition event "
    "event_place event_title genre isbn issn issue jurisdiction keyword language license medium note number "
    "number_of_pages number_of_volumes original_publisher original_publisher_place original_title page page_first "
    "part_number part_title pmcid pmid publisher publisher_place references reviewed_genre reviewed_title scale "
    "section source status supplement_number title title_short url version volume volume_title "
    "year_suffix".split()
)
PEOPLE = frozenset(
    "author chair collection_editor compiler composer container_author contributor curator director editor "
    "editor_translator editorial_director executive_producer guest host illustrator interviewer narrator organizer "
    "original_author performer producer recipient reviewed_author script_writer series_creator translator".split()
)
DATES = frozenset("accessed available_date event_date issued original_date submitted".split())

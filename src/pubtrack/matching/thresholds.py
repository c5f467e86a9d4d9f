"""Every number that the match rule, the verdicts and the search for duplicates go by, with where it comes from.

Likeness is rapidfuzz's normalised Indel similarity of folded texts, from 0 to 1.
"""

from __future__ import annotations

TITLE_SAME = 0.95
"""Titles at least this alike may be one work's where no identifier says so.

bibtexupdater came from 61 % of false alarms to 9 % when each criterion had to pass alone (its issue 41); JabRef, which
accepts a Levenshtein distance of 4 whatever the length, takes other works for the same (JabRef#3051).
"""

TITLE_OTHER = 0.75
"""Titles less alike than this are of different works where nobody is an author of both (verify_citations#15: 5 of 21
DOIs of one file led to other papers)."""

FAMILIES = 0.5
"""The share of family names in common (Jaccard) that stands in for an equal first author, where the list ends in "and
others" or its order is not to be relied on."""

YEARS = 1
"""Print and online years, and those of a conference and its proceedings, lie this far apart at most."""

MARGIN = 0.05
"""How much worse than the best candidate every other work must be; else the choice is a guess."""

CONTENT_WORDS = 4
"""A title with fewer words that say something ("Introduction", "Deep Learning") needs venue or pages besides."""

DISTINCT_WORDS = 5
"""A title of so many words that say something is its work's alone: under it, authors with no name in common are an
error and not another work (of 1,069 works in HALLMARK's pool none shares such a title with other authors)."""

PREPRINT_LAG_CONFERENCE = 2
PREPRINT_LAG_JOURNAL = 4
"""Years from a preprint to the paper, at most; what claims more has another year or another paper in mind."""

EXTENSION_LAG = 5
"""Years from a conference paper to the article that a journal prints of it, at most."""

COMMON_WORDS = 0.3
"""Two full venue names that share a smaller part of their telling words (Jaccard) are two venues; above it they may be
a conference and the title of its book, and nothing is concluded."""

SIMILAR = 0.90
"""A preprint and its published version may have titles this alike if the people agree; authors edit the title for
print."""

TITLE_FLOOR = 0.75
"""Titles less alike than this are not looked at further in the search for duplicates."""

COMMON = 50
"""A word of more titles than this finds no duplicates alone, but only with a second one, an author and the year."""

MOST_IN_BLOCK = 100
"""Of more works than this in one block only those are compared that are neighbours by their titles' letters."""

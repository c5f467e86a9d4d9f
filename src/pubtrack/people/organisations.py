"""The words by which a name is one of an organisation or a group, not of a person."""

from __future__ import annotations

ORGANISATION = (
    r"(?:universi\w+|institut(?:e|es|o|ion|ions|et|ul)?|academy|consorti(?:um|a)|collaborations?|alliance|association|"
    r"societ(?:y|ies)|community|federation|networks?|initiative|departments?|division|faculty|ministry|agency|bureau|"
    r"authority|foundation|stiftung|committee|council|commission|organi[sz]ations?|corporation|company|"
    r"laborator(?:y|ies|ium)|cent(?:er|re)|centro|hospital|museum|national|international|federal|projects?|teams?|"
    r"working\s+groups?|study\s+groups?|task\s+force|investigators|inc|ltd|gmbh|llc|corp)"
)
"""The source of a pattern, for a word in any case. What is a surname as well (Press, Group) is not among them."""
UNSURE = frozenset(
    "national international federal team teams network networks project projects community alliance division authority "
    "company center centre centro".split()
)
"""Those that alone do not make an organisation of a name of two words."""

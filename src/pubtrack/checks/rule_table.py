"""The table of all rules: their ids, the modules they stand in, and the choice of some by id or what it begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module

from pubtrack.checks.context import Context
from pubtrack.checks.rule import Rule
from pubtrack.model.errors import UsageError, did_you_mean

CHECKS: Mapping[str, str] = {
    name: module
    for module, names in {
        "syntax": "syn-entry syn-braces syn-stray syn-dup-key syn-dup-field syn-undef-string syn-empty txt-encoding "
        "fld-crossref",
        "tex": "tex-unescaped tex-danger",
        "text": "txt-html txt-mojibake txt-nfc txt-ascii txt-space",
        "unicode": "uni-bidi uni-invisible uni-mixed-script",
        "required": "fld-required",
        "unknown": "fld-unknown",
        "types": "fld-type-clash",
        "years": "fld-year fld-year-future",
        "months": "fld-month",
        "pages": "fld-pages-dash fld-pages-reversed fld-pages-eid",
        "numbers": "fld-volume fld-edition",
        "notes": "fld-howpublished fld-note",
        "booktitles": "fld-booktitle",
        "venues": "fld-journal-style",
        "titles": "ttl-overprotect ttl-caps ttl-dot ttl-retracted",
        "protect": "ttl-protect",
        "names": "nam-syntax nam-group nam-placeholder nam-caps nam-orcid",
        "marks": "nam-mark",
        "own": "nam-others nam-self",
        "variants": "nam-variants",
        "dois": "id-doi-syntax id-doi-url id-doi-other",
        "numbered": "id-isbn id-issn",
        "arxiv": "id-arxiv",
        "urls": "id-url",
        "duplicates": "dup-doi dup-arxiv dup-fuzzy dup-preprint",
        "keys": "key-pattern key-chars",
        "cited": "use-unused use-undefined",
        "online": "net-doi-dead net-doi-other-work net-title net-authors net-given net-year net-venue net-volume "
        "net-issue net-pages net-type net-published net-retracted net-corrected net-unregistered net-incomplete "
        "id-missing-doi",
        "profile": "net-orcid-missing net-orcid-absent net-orcid-namesake net-orcid-spelling",
        "links": "net-url-dead",
        "suppressions": "sup-unused",
    }.items()
    for name in names.split()
}
"""The module in `rules` of each rule; there its function is called as the rule is, with `_` for `-`."""

ALIASES: Mapping[str, tuple[str, ...]] = {
    "syntax": ("syn-entry", "syn-braces"),
    "stray-text": ("syn-stray",),
    "duplicate-key": ("syn-dup-key",),
    "duplicate-field": ("syn-dup-field",),
    "encoding": ("txt-encoding",),
}
"""What rules were called in former versions."""


def load(name: str) -> Rule:
    """The rule of this id. Raises UsageError, naming the nearest, for an unknown one."""
    if name not in CHECKS:
        raise UsageError(f'no rule is called "{name}"{did_you_mean(name, CHECKS) or "; --list-rules shows all"}')
    found = getattr(import_module(f"pubtrack.checks.rules.{CHECKS[name]}"), name.replace("-", "_"))
    assert isinstance(found, Rule)
    return found


def select_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[str, ...]:
    """The ids that `select` names (all by default) without those of `ignore`; both hold ids, prefixes or old names.

    Raises UsageError for a word that no id begins with.
    """
    wanted = matching_rules(select) or set(CHECKS)
    return tuple(name for name in CHECKS if name in wanted - matching_rules(ignore))


def runnable(names: Iterable[str], context: Context) -> tuple[str, ...]:
    """Those rules of `names` that know what they need; that another one finds nothing says nothing."""
    return tuple(name for name in names if load(name).can_tell(context))


def matching_rules(words: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for word in words:
        hits = ALIASES.get(word) or [name for name in CHECKS if name == word or name.startswith(f"{word.rstrip('-')}-")]
        if not hits:
            hint = did_you_mean(word, CHECKS) or "; --list-rules shows all"
            raise UsageError(f'no rule is called "{word}", and none begins so{hint}')
        found.update(hits)
    return found

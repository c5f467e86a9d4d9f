"""Build a `Listing`: select, group into sections, sort, number, render, and mark people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pubtrack.config import ListConfig, Numbering, SectionConfig
from pubtrack.csl import Style
from pubtrack.csl.locale import dialect, folder, load_locale
from pubtrack.csl.style_options import BibliographyOptions
from pubtrack.lists.filters import compile_filter, own_fields
from pubtrack.lists.links_and_remarks import links_of, remarks_of
from pubtrack.lists.listing_model import Item, LatexOptions, Listing, Section
from pubtrack.lists.printed_names import lost_words, name_change
from pubtrack.lists.printed_work import printed_work, with_collaboration, with_state
from pubtrack.lists.role_marks import Highlight, highlight_names, legend, marks_of, with_marks
from pubtrack.lists.sorting import STYLE, compile_sort
from pubtrack.lists.venue_names import venue_label, with_short_venue
from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.model.name import ME, Name
from pubtrack.model.richtext import Span, Text
from pubtrack.model.work import Work

COUNT = "{count}"
"""Stands in a section's title and intro for the number of its entries."""


@dataclass(frozen=True, slots=True)
class ListingContext:
    """What a list needs besides its works and its own options.

    `style` loads a citation style by name; `symbols` are the marks of roles; `highlights` says how people
    other than the owner are highlighted; `venues` maps short venue names to full ones; `published` maps the key
    of a preprint to that of its published version. `own` are the user's fields, None: those of the works. The
    parts of `print_as` stand in the place of the owner's written name.
    """

    style: Callable[[str], Style]
    symbols: Mapping[str, str] = field(default_factory=dict)
    highlights: Sequence[Highlight] = ()
    venues: Mapping[str, str] = field(default_factory=dict)
    published: Mapping[str, str] = field(default_factory=dict)
    own: Collection[str] | None = None
    print_as: Name | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A `Listing`, what a person should know about how it came out, and the keys of works that cannot be printed."""

    listing: Listing
    warnings: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()


def make_listing(works: Sequence[Work], options: ListConfig, around: ListingContext) -> Listed:
    """The list of `works` (whose people have their roles) that `options` describe.

    Raises PubtrackError for a wrong filter, sort key or locale, and for a style that is not there or has no
    bibliography.
    """
    _check_locale(options.locale)
    around = replace(around, own=_own(works, around))
    chosen = select_works(works, options, around)
    warnings = lost_words(chosen, options.names, around.print_as)
    parts: list[tuple[SectionConfig, list[Work]]] = []
    left = list(chosen)
    for section in options.sections:
        accepts = compile_filter(section.where, around.venues, around.own or ())
        taken = [work for work in left if accepts(work)]
        left = [work for work in left if not accepts(work)]
        if taken:
            parts.append((section, taken))
        else:
            warnings.append(f'the section "{section.title}" is empty and left out')
    if options.group == "year":
        parts += _years(left, options, around)
        left = [work for work in left if not _heading(work)]
    if left and (not (options.sections or options.group == "year") or options.rest):
        parts.append((SectionConfig(title=options.rest if options.sections or options.group == "year" else ""), left))
    elif left:
        warnings.append(f"no section takes {', '.join(work.id for work in left)}; they are left out")
    try:
        return Listed(_rendered(parts, options, around), tuple(warnings))
    except PubtrackError:
        raise
    except Exception:  # whatever one work holds, it must not hide all others
        good = [
            (section, [work for work in works if _is_printable(work, section, options, around)])
            for section, works in parts
        ]
        kept = {work.id for _, works in good for work in works}
        unprinted = tuple(work.id for _, works in parts for work in works if work.id not in kept)
        if not unprinted:
            raise
        return Listed(_rendered(good, options, around), tuple(warnings), unprinted)


def _is_printable(work: Work, section: SectionConfig, options: ListConfig, around: ListingContext) -> bool:
    """Whether the work can be printed by itself."""
    try:
        _rendered([(section, [work])], options, around)
    except PubtrackError:
        raise
    except Exception:
        return False
    return True


def _check_locale(language: str) -> None:
    """CSL's fallback for a language that it lacks is English, which nobody means who asks for another."""
    if not language:
        return
    known = {one.stem.removeprefix("locales-") for one in folder().glob("locales-*.xml")}
    spoken = dialect(language).partition("-")[0]
    if spoken != language.replace("_", "-").partition("-")[0].lower() or spoken not in {
        name.partition("-")[0] for name in known
    }:
        hint = did_you_mean(language, known) or "; write it as en-US, de-DE, zh-CN"
        raise PubtrackError(f'no locale "{language}"{hint}')


def _years(
    works: Sequence[Work], options: ListConfig, around: ListingContext
) -> list[tuple[SectionConfig, list[Work]]]:
    """A section for each year, as the dates run in the list's order: newest first but for a sort by "date"."""
    upwards = "date" in [word.strip() for word in options.order.split(",")]
    language = options.locale or around.style(options.style).default_locale
    term = load_locale(language).term
    headings = {work.id: _heading(printed_work(work, language, term)) for work in works}
    sections: dict[str, list[Work]] = {}
    for work in compile_sort("date" if upwards else "-date", in_press=options.in_press)(works):
        if heading := headings[work.id]:
            sections.setdefault(heading, [])
    for work in works:
        if heading := headings[work.id]:
            sections[heading].append(work)
    return [(SectionConfig(title=heading), members) for heading, members in sections.items()]


def _heading(work: Work) -> str:
    """The year of a work, or the state that stands in its place ("In press"), or ""."""
    issued = work.issued
    if issued is not None and issued.year is not None:
        return str(issued.year)
    state = work.get("status") or (issued.literal if issued is not None else "")
    return state[:1].upper() + state[1:]


def select_works(works: Sequence[Work], options: ListConfig, around: ListingContext) -> list[Work]:
    """The works that the list shows, in the store's order: no parents, no preprint twice, by the filter.

    Of a list by hand those of its `keys`, in their order. Raises PubtrackError for a key that is not there.
    """
    accepts = compile_filter(options.where, around.venues, _own(works, around))
    if options.keys:
        return [work for work in _works_of(options.keys, works) if accepts(work)]
    parents = _parents(works)
    chosen = [work for work in works if work.id not in parents and accepts(work)]
    if options.preprints == "none":
        return [work for work in chosen if work.type != "article"]
    if options.preprints == "hide-published":
        here = {work.id for work in chosen}
        return [work for work in chosen if around.published.get(work.id) not in here]
    return chosen


def _own(works: Sequence[Work], around: ListingContext) -> Collection[str]:
    return own_fields(works) if around.own is None else around.own


def check_keys(keys: Sequence[str], known: Collection[str]) -> None:
    """Raises PubtrackError for the first of a list's `keys` that is none of the `known` ones."""
    for key in keys:
        if key not in known:
            raise PubtrackError(f'keys: there is no entry "{key}"{did_you_mean(key, known)}')


def _works_of(keys: Sequence[str], works: Sequence[Work]) -> list[Work]:
    by_key = {work.id: work for work in works}
    check_keys(keys, by_key)
    return [by_key[key] for key in dict.fromkeys(keys)]


def _parents(works: Sequence[Work]) -> set[str]:
    """The keys of the volumes that others of `works` stand in; entries that name each other in a circle are none."""
    above = {work.id: work.custom.get("crossref") or work.custom.get("xref", "") for work in works}
    parents: set[str] = set()
    for key in above:
        seen = [key]
        while (parent := above.get(seen[-1], "")) and parent not in seen:
            seen.append(parent)
        if not parent:
            parents.update(seen[1:])
    return parents


def _rendered(
    parts: Sequence[tuple[SectionConfig, list[Work]]], options: ListConfig, around: ListingContext
) -> Listing:
    change = name_change([work for _, works in parts for work in works], options.names, around.print_as)
    total = sum(len(works) for _, works in parts)
    sections: list[Section] = []
    layout = BibliographyOptions()
    language = ""
    done = 0
    for section, works in parts:
        name = section.style or options.style
        style = around.style(name)
        if not style.has_bibliography:
            raise PubtrackError(f'the style "{name}" has no bibliography, only citations; choose another')
        if not sections:
            layout, language = style.layout, options.locale or style.default_locale
        ordered, in_style_order = _ordered(works, section, options, around.own or ())
        numbering = section.number or options.number
        whole = not numbering.endswith("-per-section") and section.number is None
        numbers = _numbers(numbering, len(ordered), done if whole else 0, total if whole else len(ordered))
        labels = [number and f"{section.prefix}{number}" for number in numbers]
        by_style = style.numbered and numbering != "none"
        spoken = options.locale or style.default_locale
        term = load_locale(spoken).term
        printed = style.bibliography(
            [printed_work(_printed(work, change, options, around), spoken, term) for work in ordered],
            locale=options.locale or None,
            sort=in_style_order,
            year_suffix=options.year_suffix,
            max_authors=None if options.max_authors == "style" else options.max_authors,
            keep=_is_owner if options.keep_owner else None,
            first_number=done + 1,
            labels=labels if by_style else None,
        )
        items = tuple(
            Item(
                ordered[one.index],
                _finished(_completed(one.text, ordered[one.index], spoken, term), one.work, options, around),
                "" if by_style else label and f"{label}.",
            )
            for one, label in zip(printed, labels, strict=True)
        )
        title, intro = (words.replace(COUNT, str(len(items))) for words in (section.title, section.intro))
        sections.append(Section(items, title, intro, _latex(section, options)))
        done += len(ordered)
    shown = [item.text for section in sections for item in section.items]
    symbols = around.symbols if options.marks else {}
    explained = legend(shown, symbols, _highlights(options, around)) if options.legend else ()
    return Listing(tuple(sections), explained, options.heading_level, layout, language)


def _latex(section: SectionConfig, options: ListConfig) -> LatexOptions:
    """How LaTeX lays the section out; what it does not say is as the list has it."""
    return LatexOptions(
        options.environment if section.environment is None else section.environment,
        options.item if section.item is None else section.item,
        options.heading if section.heading is None else section.heading,
        options.labels,
    )


def _printed(work: Work, change: Callable[[Name], Name] | None, options: ListConfig, around: ListingContext) -> Work:
    """The work as the style is to print it, each of its people changed by `change`."""
    if options.short_venues == "behind":
        work = with_short_venue(work, around.venues)
    if change is None:
        return work
    return replace(work, people={variable: tuple(map(change, names)) for variable, names in work.people.items()})


def _is_owner(name: Name) -> bool:
    return ME in name.roles


def _ordered(
    works: list[Work], section: SectionConfig, options: ListConfig, own: Collection[str]
) -> tuple[list[Work], bool]:
    """The works in the section's order, or as they are where the style is to sort them."""
    order = options.order if section.sort is None else section.sort
    if order.strip() == STYLE:
        return works, True
    return compile_sort(order, in_press=options.in_press, own=own)(works), False


def _numbers(numbering: Numbering, count: int, done: int, total: int) -> list[str]:
    if numbering == "none":
        return [""] * count
    if numbering.startswith("ascending"):
        return [str(done + n) for n in range(1, count + 1)]
    return [str(total - done - n) for n in range(count)]


def _highlights(options: ListConfig, around: ListingContext) -> list[Highlight]:
    owner = marks_of(options.highlight)
    return [*([Highlight(ME, owner)] if owner else []), *around.highlights]


def _completed(value: Text, work: Work, language: str, term: Callable[[str], str]) -> Text:
    """A rendered entry with the state and the collaboration that the style does not print."""
    return with_collaboration(with_state(value, work, language, term), work)


def _finished(value: Text, work: Work, options: ListConfig, around: ListingContext) -> Text:
    """A rendered entry with its people highlighted and marked and its links behind it."""
    own = around.own or ()
    shown = highlight_names(value, _highlights(options, around))
    if options.marks:
        shown = with_marks(shown, around.symbols)
    if options.short_venues == "margin" and (label := venue_label(work, around.venues)):
        shown = _with_label(shown, label)
    printed = frozenset(span.url for span in value if span.url)
    links = links_of(work, options.links, own, printed=printed)
    return (*shown, *remarks_of(work, options.remarks, own), *links)


def _with_label(value: Text, label: str) -> Text:
    """`value` with a label in the margin, behind the number that the style may have put there."""
    at = next((place for place, span in enumerate(value) if span.display != "left-margin"), len(value))
    before: Text = (Span(" ", display="left-margin"),) if at else ()
    return (*value[:at], *before, Span(label, display="left-margin"), *value[at:])

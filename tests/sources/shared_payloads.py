"""Every real reply of the shared data, read: `python -m tests.sources.shared_payloads DATA`.

A reply of a service that we speak must give records, and any bytes at all must be refused with nothing but a
`ReplyError`. Then it prints what of the replies did not arrive in the records, counted by member, and which records are
not what convert.py reads from the entry that compose.py writes of them.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from pubtrack.bibtex import works
from pubtrack.bibtex.blocks import Entry
from pubtrack.bibtex.document import parse as parse_bibtex
from pubtrack.bibtex.fields import Dialect
from pubtrack.model.name import Name
from pubtrack.model.record import Record
from pubtrack.model.work import Work
from pubtrack.people import fold
from pubtrack.sources import SOURCES, ReplyError, service

ErrorList = list[str]

# Which service's replies the files of the data are; the first pattern that fits counts.
SPOKEN: Sequence[tuple[str, str]] = (
    ("crossref/works/*.json", "crossref"),
    ("crossref/fixtures/*__mock-crossref__*", "crossref"),
    ("crossref/fixtures/*__crossref.json", "crossref"),
    ("crossref/fixtures/*__crossref-list*.json", "crossref"),
    ("crossref/fixtures/papis*_abstract.json", "crossref"),
    ("crossref/fixtures/papis*_conference.json", "crossref"),
    ("crossref/fixtures/papis*_isbn.json", "crossref"),
    ("crossref/fixtures/papis*_article_number.json", "crossref"),
    ("*/manubot*crossref-*", "doi"),
    ("*/manubot*empty-date-parts*", "doi"),
    ("*/manubot*null-date-parts*", "doi"),
    ("*/manubot*datacite-thesis*", "doi"),
    ("other-apis/content-negotiation/*.csl.json", "doi"),
    ("other-apis/commonmeta-fixtures/*__citeproc*.json", "doi"),
    ("other-apis/doi-ra/*.json", "doi.parse_agency"),
    ("other-apis/datacite/*.json", "datacite"),
    ("other-apis/arxiv/*.atom.xml", "arxiv"),
    ("other-apis/openalex/*-e110.json", "-: two members of a work, as we never ask for them"),
    ("other-apis/openalex/*-d767.json", "-: an error page with status 404"),
    ("other-apis/openalex/*.json", "openalex"),
    ("other-apis/choxos-mocks/*mock-openalex*", "openalex"),
    ("other-apis/semanticscholar/*.json", "semanticscholar"),
    ("other-apis/dblp/*.json", "dblp"),
    ("other-apis/jabref-importer/*MedlineImporterTestNbib.xml", "-: Medline's line format under another name"),
    ("other-apis/jabref-importer/*MedlineImporterTestMalformedEntry.xml", "-: no XML, on purpose"),
    ("other-apis/jabref-importer/*MedlineImporterTestMinimalEntry.xml", "-: an entry without an article, on purpose"),
    ("other-apis/jabref-importer/*MedlineImporterTestBookArticleSet.xml", "-: MEDLINE's own root, not efetch's"),
    ("other-apis/jabref-importer/*MedlineImporterTest*.xml", "pubmed"),
    ("other-apis/papis/*zenodo*", "-: Zenodo's own interface; its DOIs are DataCite's"),
    ("other-apis/papis/*", "-: papis' output, BibTeX and ISBN lists of other programs"),
    ("crossref/fixtures/*", "-: no reply of Crossref's: other programs' output, RIS, items without a DOI"),
    ("crossref/http-errors.json", "-: replies with another status than 200; their bodies are read as any bytes are"),
    ("other-apis/ads-json/*", "-: NASA ADS is none of our services"),
    ("other-apis/unpaywall/*", "-: Unpaywall is none of our services"),
    ("other-apis/openreview/*", "-: OpenReview is none of our services (closed to programs since 2026)"),
    ("other-apis/citation-js/*", "-: citation.js' test values, no service's"),
    ("other-apis/commonmeta-fixtures/*", "-: DataCite's XML and other formats, which its JSON interface does not send"),
    ("other-apis/content-negotiation/*", "-: BibTeX and RDF, which we never ask doi.org for"),
    ("other-apis/csl-json/*", "-: items without a DOI, of other services"),
    ("other-apis/choxos-mocks/*", "-: Europe PMC, PMC's id converter, recorded R objects"),
    ("other-apis/jabref-importer/*", "-: formats of other databases"),
    ("other-apis/arxiv/*.txt", "-: arXiv's page for people"),
    ("other-apis/orcid/*", "-: a search for people, which we do not do"),
    ("other-apis/pubmed/*", "-: PMC's id converter, which knows open papers only"),
)  # fmt: skip

# Members that no citation prints and that no check reads, by the reasons for which they may be lost.
WANTED: Mapping[str, str] = {
    "crossref": r"DOI|title|subtitle|container-title|short-container-title|volume|issue|page|article-number|publisher"
    r"|publisher-location|ISBN|ISSN|abstract|(?:author|editor)\.(?:given|family|name|suffix|ORCID)|edition-number"
    r"|event\.(?:name|location)|degree|relation\..*\.id|updated-by\.(?:DOI|type)|language",
    "doi": r"DOI|title|container-title|volume|issue|page|publisher|author\.(?:given|family)",
    "datacite": r"doi|titles\.title|(?:creators)\.(?:name|givenName|familyName)|publisher|publicationYear|version"
    r"|container\.(?:title|volume|issue|firstPage|lastPage)|language",
    "openalex": r"doi|title|authorships\.raw_author_name|publication_year|biblio\..*"
    r"|primary_location\.source\.display_name",
    "semanticscholar": r"title|authors\.name|year|venue|journal\..*|externalIds\.(?:DOI|ArXiv|PubMed)",
    "dblp": r"title|authors\.author\.text|venue|volume|number|pages|year|doi|ee",
}  # fmt: skip


def shape_of(path: Path, data: Path) -> str:
    name = path.relative_to(data).as_posix()
    return next((target for pattern, target in SPOKEN if fnmatch(name, pattern)), "")


def replies(service_name: str, content: bytes) -> Iterator[tuple[bytes, Any]]:
    """The file as replies of the service (recordings often hold the inner part alone), each with its inner part."""
    if service_name == "pubmed" and b"<PubmedArticleSet" not in content:
        content = b"<PubmedArticleSet>%s</PubmedArticleSet>" % content[content.index(b"<Pubmed") :]
    if service_name in ("arxiv", "pubmed"):
        yield content, None
        return
    value = json.loads(content)
    if service_name == "crossref":
        if isinstance(value, dict) and "items" in value:
            yield wrapped({"status": "ok", "message-type": "work-list", "message": value}), None
            items = value["items"]
        else:
            items = [value.get("message", value)]
        for item in items:
            if "DOI" in item:
                yield wrapped({"status": "ok", "message-type": "work", "message": item}), item
    elif service_name == "doi":
        for item in value if isinstance(value, list) else [value]:
            yield wrapped(item), item
    elif service_name == "dblp":
        for hit in value:
            yield wrapped({"result": {"hits": {"hit": [hit]}}}), hit["info"]
    elif service_name == "openalex":
        for work in value if isinstance(value, list) else value.get("results", [value]):
            yield wrapped({"authorships": []} | work), work
    elif service_name == "datacite":
        yield content, value["data"]["attributes"]
    elif isinstance(value, dict) and "data" in value:
        yield content, None
    else:
        for item in value if isinstance(value, list) else [value]:
            yield wrapped(item), item


def wrapped(value: Any) -> bytes:
    return json.dumps(value).encode()


# What is lost ------------------------------------------------------------------------------------------------------


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The strings and numbers of a reply with their members' names, lists passed over."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    elif value not in (None, "", True, False):
        yield path, str(value)


def characters(value: object) -> Iterator[str]:
    """All strings and numbers in a record."""
    if isinstance(value, Name):
        yield str(value)
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from characters(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield str(name)
            yield from characters(inner)
    elif isinstance(value, (tuple, list, frozenset)):
        for inner in value:
            yield from characters(inner)
    elif value is not None:
        yield str(value)


def squeezed(text: str) -> str:
    """The letters and digits of a text without accents, case, tags, entities and macros."""
    text = re.sub(r"</?[a-zA-Z][^<>]*>|&#?\w+;|\\[a-zA-Z]+", "", text)
    return re.sub(r"[\W_]+", "", "".join(fold(c) if c.isalpha() and ord(c) > 127 else c for c in text.casefold()))


# The address before an identifier, and the number that DBLP gives a namesake.
_WRAPPING = re.compile(
    r"\Ahttps?://(?:(?:dx\.)?doi\.org|(?:www\.)?orcid\.org|openalex\.org|pubmed\.ncbi\.nlm\.nih\.gov|arxiv\.org/abs)/"
    r"|(?<=[a-z]) \d{4}\Z"
)


def lost(item: Any, record: Record) -> Iterator[tuple[str, str, bool]]:
    """Each member of the reply with its value, and whether that is missing in the record."""
    arrived = squeezed(" ".join(characters(record)))
    for path, text in leaves(item):
        wanted = squeezed(_WRAPPING.sub("", text))
        if wanted:
            yield path, text, wanted not in arrived


# What an entry keeps -----------------------------------------------------------------------------------------------


def entry_of(work: Work, dialect: Dialect) -> Entry:
    lines = [f"  {name} = {{{value}}}," for name, value in works.entry_fields(work, dialect).items()]
    document = parse_bibtex("\n".join([f"@{works.entry_type(work, dialect)}{{key,", *lines, "}"]) + "\n")
    (entry,) = document.entries
    return entry


def differences(record: Record, dialect: Dialect) -> list[str]:
    """What the entry of a record, read again, says otherwise."""
    work = replace(record.work, id="key")
    again = works.work(entry_of(work, dialect))
    found = [f"type {work.type} {again.type}"] if work.type != again.type else []
    for name in ("values", "people", "dates", "custom"):
        one, other = getattr(work, name), getattr(again, name)
        found += [f"{name}.{key}" for key in {**one, **other} if one.get(key) != other.get(key)]
    return found


# The run -----------------------------------------------------------------------------------------------------------


def parser_of(name: str) -> Callable[[bytes], Any]:
    service_name, _, function = name.partition(".")
    return getattr(service(service_name), function or "parse")  # type: ignore[no-any-return]


def check_bytes(content: bytes, path: str, errors: ErrorList) -> None:
    """No parser raises anything but `ReplyError`, whosever reply it is."""
    for name in (*SOURCES, "doi.parse_agency", "doi.parse_handle", "orcid.parse_works", "openalex.next_cursor"):
        try:
            parser_of(name)(content)
        except ReplyError:
            continue
        except Exception as error:
            errors.append(f"{path}: {name}: {type(error).__name__}: {error}")


def main() -> int:
    data = Path(sys.argv[1]).resolve()
    errors: ErrorList = []
    present: dict[str, Counter[str]] = {}
    missing: dict[str, Counter[str]] = {}
    example: dict[str, str] = {}
    unlike: Counter[str] = Counter()
    read: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    records = 0
    for path in sorted(p for folder in ("crossref", "other-apis") for p in (data / folder).rglob("*") if p.is_file()):
        content = path.read_bytes()
        name = shape_of(path, data)
        check_bytes(content, path.name, errors)
        if not name:
            errors.append(f"{path.name}: no line of SPOKEN says what this is")
            continue
        if name.startswith("-"):
            left_out[name] += 1
            continue
        read[name] += 1
        for reply, item in replies(name.partition(".")[0], content) if "." not in name else [(content, None)]:
            try:
                found = parser_of(name)(reply)
            except Exception as error:
                errors.append(f"{path.name}: {name}: {type(error).__name__}: {error}")
                continue
            if "." in name:
                errors += [] if found else [f"{path.name}: {name}: nothing in it"]
                continue
            records += len(found)
            errors += [] if found else [f"{path.name}: {name}: no record"]
            for record in found:
                for dialect in ("bibtex", "biblatex"):
                    for difference in differences(record, dialect):
                        unlike[f"{dialect} {difference}"] += 1
                        example.setdefault(f"{dialect} {difference}", f"{path.name} {record.id}")
            if item is not None and len(found) == 1:
                for member, value, is_lost in lost(item, found[0]):
                    present.setdefault(name, Counter())[member] += 1
                    missing.setdefault(name, Counter())[member] += is_lost
                    if is_lost:
                        example.setdefault(f"{name} {member}", f"{value[:60]!r} in {path.name[:60]}")
    for body in json.loads((data / "crossref" / "http-errors.json").read_bytes()):
        check_bytes(body["body"].encode(), body["url"], errors)
    wanted_lost = report(present, missing, example)
    for reason, count in left_out.most_common():
        print(f"    left out {count}{reason[1:]}")
    for difference, count in unlike.most_common(40):
        print(f"    written and read again, differs {count} times: {difference} ({example[difference]})")
    print(*errors, sep="\n", end="\n" if errors else "")
    print(f"replies {sum(read.values())}\nrecords {records}\nerrors {len(errors)}\nlost {wanted_lost}")
    print(f"unlike {sum(unlike.values())}")
    return 1 if errors else 0


def chief(member: str) -> str:
    return member.partition(".")[0]


def report(present: Mapping[str, Counter[str]], missing: Mapping[str, Counter[str]], example: Mapping[str, str]) -> int:
    """Prints the members that did not arrive; how many of those that a citation prints or a check reads."""
    wanted_lost = 0
    for name, counts in present.items():
        wanted = re.compile(WANTED[name])
        passed: Counter[str] = Counter()
        for member, count in counts.most_common():
            gone = missing[name][member]
            if not wanted.fullmatch(member):
                passed[chief(member)] += gone
            elif gone:
                wanted_lost += gone
                print(f"    lost {gone} of {count}: {name} {member} ({example[f'{name} {member}']})")
        print(
            f"    passed over: {name} {', '.join(f'{member} {gone}' for member, gone in passed.most_common() if gone)}"
        )
    return wanted_lost


if __name__ == "__main__":
    sys.exit(main())

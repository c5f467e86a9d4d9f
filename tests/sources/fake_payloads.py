"""What the fake services say of a work, in the shapes that the real ones document: a `Sample` in, JSON or XML out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Sample:
    """A work that the fake services know. `agency` is who registered the DOI; `aliases` are DOIs that lead to it."""

    doi: str
    title: str = "On the Weight of Shadows"
    author: tuple[str, str] = ("Ada", "Brook")
    year: int = 2019
    agency: str = "Crossref"
    arxiv: str = ""
    orcid: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = "journal-article"
    isbn: str = ""
    pmid: str = ""
    preprint: str = ""
    retraction: str = ""
    """The DOI of the notice."""
    is_empty: bool = False
    """Registered, but without a description."""
    references: int = 0


def crossref_item(work: Sample) -> dict[str, Any]:
    given, family = work.author
    person: dict[str, Any] = {"given": given, "family": family, "sequence": "first", "affiliation": []}
    if work.orcid:
        person |= {"ORCID": f"https://orcid.org/{work.orcid}", "authenticated-orcid": False}
    date = {"date-parts": [[work.year, 3, 1]]}
    return {
        "DOI": work.doi,
        "type": work.kind,
        "title": [work.title],
        "author": [person],
        "container-title": ["Annals of Dim Optics"],
        "short-container-title": ["Ann. Dim Opt."],
        "publisher": "Lantern Press",
        "volume": "12",
        "issue": "3",
        "page": "101-118",
        "ISSN": ["1234-5679"],
        "issued": date,
        "published": date,
        "published-print": date,
        "URL": f"https://doi.org/{work.doi}",
        "source": "Crossref",
        "prefix": work.doi.partition("/")[0],
        "reference-count": work.references,
        "reference": [
            {
                "key": f"{work.doi}-BIB{number}",
                "doi-asserted-by": "publisher",
                "DOI": f"10.5555/cited.{number}",
                "author": "Weir",
                "first-page": "1",
                "year": "2001",
                "journal-title": "Annals of Dim Optics",
            }
            for number in range(work.references)
        ],
        "is-referenced-by-count": 4,
        "ISBN": [work.isbn] if work.isbn else [],
        "updated-by": [{"type": "retraction", "DOI": work.retraction, "source": "publisher"}]
        if work.retraction
        else [],
        "relation": {"has-preprint": [{"id-type": "doi", "id": work.preprint}]} if work.preprint else {},
    }


def crossref_work(work: Sample) -> dict[str, Any]:
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": crossref_item(work)}


def crossref_list(works: list[Sample], rows: int) -> dict[str, Any]:
    items = [crossref_item(work) for work in works[:rows]]
    message = {"total-results": len(works), "items-per-page": rows, "facets": {}, "items": items}
    return {"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message}


def csl_item(work: Sample) -> dict[str, Any]:
    given, family = work.author
    return {
        "DOI": work.doi,
        "type": "article-journal",
        "title": work.title,
        "author": [{"given": given, "family": family}],
        "issued": {"date-parts": [[work.year]]},
        "publisher": "Lantern Press",
    }


def datacite_item(work: Sample) -> dict[str, Any]:
    given, family = work.author
    creator = {"name": f"{family}, {given}", "givenName": given, "familyName": family, "nameType": "Personal"}
    attributes = {
        "doi": work.doi,
        "titles": [{"title": work.title}],
        "creators": [creator],
        "publisher": "Open Shelf",
        "publicationYear": work.year,
        "types": {"resourceTypeGeneral": "Dataset", "citeproc": "dataset"},
        "dates": [{"date": f"{work.year}-03-01", "dateType": "Issued"}],
        "relatedIdentifiers": [],
        "url": f"https://shelf.example/{work.doi}",
        "state": "findable",
    }
    return {"id": work.doi, "type": "dois", "attributes": attributes}


def arxiv_feed(works: list[Sample]) -> str:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{work.arxiv}v1</id><published>{work.year}-03-01T00:00:00Z</published>"
        f"<updated>{work.year}-03-02T00:00:00Z</updated><title>{escape(work.title)}</title><summary>Dim.</summary>"
        f"<author><name>{escape(' '.join(work.author))}</name></author>"
        '<arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="physics.optics"/>'
        "</entry>"
        for work in works
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>query</title>'
        '<opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"{len(works)}</opensearch:totalResults>{entries}</feed>"
    )


def pubmed_set(works: list[Sample]) -> str:
    articles = "".join(
        f"<PubmedArticle><MedlineCitation><PMID>{work.pmid}</PMID><Article><Journal><Title>Ann dim opt</Title>"
        f"<JournalIssue><PubDate><Year>{work.year}</Year></PubDate></JournalIssue></Journal>"
        f"<ArticleTitle>{escape(work.title)}.</ArticleTitle><AuthorList><Author><LastName>{work.author[1]}</LastName>"
        f"<ForeName>{work.author[0]}</ForeName></Author></AuthorList></Article></MedlineCitation><PubmedData><ArticleIdList>"
        f'<ArticleId IdType="doi">{escape(work.doi)}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>'
        for work in works
    )
    declared = '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://x/y.dtd">'
    return f'<?xml version="1.0" ?>{declared}<PubmedArticleSet>{articles}</PubmedArticleSet>'


def openalex_work(work: Sample) -> dict[str, Any]:
    person = {"id": "https://openalex.org/A1", "display_name": " ".join(work.author), "orcid": work.orcid or None}
    return {
        "id": "https://openalex.org/W" + str(sum(map(ord, work.doi))),
        "doi": f"https://doi.org/{work.doi}",
        "title": work.title,
        "display_name": work.title,
        "publication_year": work.year,
        "publication_date": f"{work.year}-03-01",
        "type": "article",
        "ids": {"doi": f"https://doi.org/{work.doi}"},
        "authorships": [{"author_position": "first", "author": person, "raw_author_name": " ".join(work.author)}],
        "primary_location": {"source": {"display_name": "Annals of Dim Optics", "type": "journal"}},
        "biblio": {"volume": "12", "issue": "3", "first_page": "101", "last_page": "118"},
        "is_retracted": False,
    }


def orcid_works(works: list[Sample]) -> dict[str, Any]:
    groups = []
    for number, work in enumerate(works):
        own = {"external-id-type": "doi", "external-id-value": work.doi, "external-id-relationship": "self"}
        summary = {
            "put-code": 100 + number,
            "title": {"title": {"value": work.title}},
            "external-ids": {"external-id": [own]},
            "type": "journal-article",
            "publication-date": {"year": {"value": str(work.year)}},
            "journal-title": {"value": "Annals of Dim Optics"},
        }
        groups.append({"external-ids": {"external-id": [own]}, "work-summary": [summary]})
    return {"group": groups}

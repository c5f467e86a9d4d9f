"""PubMed: addresses, and records of replies in the shapes that it sends."""

from __future__ import annotations

import pytest

from pubtrack.csl_json import text_to_markup
from pubtrack.model.name import Name
from pubtrack.model.record import UpdateNotice
from pubtrack.model.richtext import plain
from pubtrack.model.work import Date
from pubtrack.sources import ReplyError, pubmed

DOCTYPE = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">12345</PMID>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Print">1234-5679</ISSN>
<JournalIssue CitedMedium="Print"><Volume>12</Volume><Issue>3</Issue><PubDate><Year>2020</Year><Month>May</Month>
</PubDate>
</JournalIssue><Title>The journal of tests</Title><ISOAbbreviation>J Tests</ISOAbbreviation></Journal>
<ArticleTitle>Tests of <i>E. coli</i> in H<sub>2</sub>O.</ArticleTitle>
<Pagination><StartPage>1234</StartPage><MedlinePgn>1234-8</MedlinePgn></Pagination>
<ELocationID EIdType="pii" ValidYN="Y">S1</ELocationID><ELocationID EIdType="doi" ValidYN="Y">10.5555/ABC</ELocationID>
<Abstract><AbstractText Label="AIM">To test.</AbstractText><AbstractText Label="END">Done.</AbstractText></Abstract>
<AuthorList CompleteYN="N"><Author ValidYN="Y"><LastName>van der Berg</LastName><ForeName>Jan A</ForeName>
<Initials>JA</Initials>
<Suffix>Jr</Suffix><Identifier Source="ORCID">http://orcid.org/0000000218250097</Identifier></Author>
<Author><CollectiveName>Test Group</CollectiveName></Author></AuthorList><Language>eng</Language>
<PublicationTypeList><PublicationType UI="D1">Journal Article</PublicationType>
<PublicationType UI="D2">Retracted Publication</PublicationType></PublicationTypeList>
<ArticleDate DateType="Electronic"><Year>2019</Year><Month>12</Month><Day>31</Day></ArticleDate></Article>
<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn">
<RefSource>J Tests. 2021;13:1. doi: 10.5555/RETR.</RefSource>
</CommentsCorrections><CommentsCorrections RefType="CommentIn"><RefSource>x</RefSource></CommentsCorrections>
</CommentsCorrectionsList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">12345</ArticleId><ArticleId IdType="pmc">PMC99</ArticleId>
</ArticleIdList>
<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.5555/other</ArticleId></ArticleIdList></Reference>
</ReferenceList></PubmedData></PubmedArticle>"""
BOOK = """<PubmedBookArticle><BookDocument><PMID Version="1">777</PMID><Book><Publisher>
<PublisherName>Tester</PublisherName>
<PublisherLocation>Oslo</PublisherLocation></Publisher><BookTitle>All tests</BookTitle><PubDate><Year>2009</Year>
</PubDate>
<AuthorList Type="editors"><Author><LastName>Roe</LastName><ForeName>Rick</ForeName></Author></AuthorList>
<Isbn>9780306406157</Isbn></Book><ArticleTitle>One test</ArticleTitle>
<AuthorList Type="authors"><Author><LastName>Doe</LastName><Initials>J</Initials></Author></AuthorList>
</BookDocument></PubmedBookArticle>"""
DELETED = "<DeleteCitation><PMID>1</PMID></DeleteCitation>"
REPLY = f"{DOCTYPE}<PubmedArticleSet>{ARTICLE}{BOOK}{DELETED}</PubmedArticleSet>".encode()


def test_an_article_arrives_whole() -> None:
    found = pubmed.parse(REPLY)[0]
    assert (found.id, found.work.type, found.registered_type) == ("12345", "article-journal", "Journal Article")
    assert {name: text_to_markup(value) for name, value in found.work.values.items()} == {
        "pmid": "12345", "pmcid": "PMC99", "doi": "10.5555/abc", "title": "Tests of <i>E. coli</i> in H<sub>2</sub>O",
        "container_title": "The journal of tests", "container_title_short": "J Tests", "issn": "1234-5679",
        "volume": "12",
        "issue": "3", "page": "1234-1238", "language": "en", "abstract": "To test. Done.",
    }  # fmt: skip
    assert found.work.author == (
        Name("Berg", "Jan A", non_dropping_particle="van der", suffix="Jr", orcid="0000-0002-1825-0097"),
        Name(literal="Test Group"),
    )
    assert found.work.others == {"author"}
    assert "authors-truncated" in found.traits
    assert (found.work.issued, found.years) == (Date((2020, 5)), {"print": 2020, "online": 2019})
    assert found.updates == (UpdateNotice("retraction", "10.5555/retr", None, ("pubmed",)),)


def test_a_retracted_publication_says_so_without_its_notice() -> None:
    content = REPLY.replace(b"RetractionIn", b"CommentOn")
    assert pubmed.parse(content)[0].updates == (UpdateNotice("retraction", "", None, ("pubmed",)),)


def test_a_chapter_of_a_book() -> None:
    found = pubmed.parse(REPLY)[1]
    assert (found.id, found.work.type) == ("777", "chapter")
    assert {name: plain(value) for name, value in found.work.values.items()} == {
        "pmid": "777", "title": "One test", "container_title": "All tests", "publisher": "Tester",
        "publisher_place": "Oslo",
        "isbn": "9780306406157",
    }  # fmt: skip
    assert found.work.people == {"editor": (Name("Roe", "Rick"),), "author": (Name("Doe", "J"),)}


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        ("Tests of <i>E. coli</i> in H<sub>2</sub>O.", "[Tests in translation].", "Tests in translation"),
        ("Tests of <i>E. coli</i> in H<sub>2</sub>O.", "Version 2.0.", "Version 2.0"),
    ],
)
def test_titles_lose_their_full_stop_and_brackets(old: str, new: str, title: str) -> None:
    assert plain(pubmed.parse(REPLY.replace(old.encode(), new.encode()))[0].work.title) == title


def test_a_season_or_range_of_dates_is_its_year() -> None:
    content = REPLY.replace(b"<Year>2020</Year><Month>May</Month>", b"<MedlineDate>2020 Jul-Aug</MedlineDate>")
    assert pubmed.parse(content)[0].work.issued == Date((2020,))


def test_a_reply_is_split_into_replies_of_one() -> None:
    parts = pubmed.split(REPLY)
    assert list(parts) == ["12345", "777"]
    assert tuple(pubmed.parse(part)[0] for part in parts.values()) == pubmed.parse(REPLY)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE PubmedArticleSet [<!ENTITY a "b">]>',
        '<!DOCTYPE PubmedArticleSet PUBLIC "x" "y" [<!ENTITY a "b">]>',
        '<!DOCTYPE other PUBLIC "x" "y">',
        DOCTYPE + '<!DOCTYPE PubmedArticleSet PUBLIC "x" "y">',
    ],
)
def test_only_the_usual_declaration_is_passed_over(doctype: str) -> None:
    with pytest.raises(ReplyError):
        pubmed.parse(f"{doctype}<PubmedArticleSet/>".encode())


def test_addresses() -> None:
    assert pubmed.url(["12345", "PMID: 777"]) == (
        "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pubmed&retmode=xml&tool=pubtrack&id=12345,777"
    )

"""Links to pages that are gone.

Without a look at the pages, which only `--urls` takes, the rule finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from pubtrack.checks.context import Context
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule
from pubtrack.sources.page_status import DAY, PageStatus, page_address

_FIRST = datetime(2026, 3, 1, tzinfo=UTC).timestamp()
_PAGES = {
    "https://tea.org/old": PageStatus(404, _FIRST + 2 * DAY, _FIRST, _FIRST + 2 * DAY),
    "https://tea.org/new": PageStatus(200, _FIRST + 2 * DAY),
}


@rule(
    "net-url-dead",
    "warning",
    why="The reader gets an error page. Only a page that its server called gone (404, 410) twice, a day or more apart, "
    "counts as dead: servers refuse programs (403, 429) and have bad days (5xx, no answer), which says nothing. DOIs "
    "and the registries' own pages are left to the rules on identifiers.",
    source="RFC 9110, 15.5.5 and 15.5.11; a look at the page on two days, by `check --urls`",
    bad="@misc{study2020, title = {A study}, url = {https://tea.org/old}, year = 2020}",
    good="@misc{study2020, title = {A study}, url = {https://tea.org/new}, year = 2020}",
    given=Context(year=2026, links=_PAGES),
    needs="links",
)
def net_url_dead(view: View, context: Context) -> Iterator[Hit]:
    """The page behind a url is gone."""
    links = context.links or {}
    for item, work in view.works if links else ():
        address = work.get("url")
        seen = links.get(page_address(address))
        if seen is not None and seen.is_dead:
            field = item.own("url") or item.own("howpublished")
            since = _day(seen.gone_since)
            gone = f"this page is gone: {address} has answered {seen.status} since {since}"
            yield Hit(item, field, f"{gone}; link to where it is now, or to a copy")


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()

"""Whatever is proposed, applied, declined, undone and edited in whatever order: nothing a person typed is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from pubtrack.bibtex.document import Document, parse
from pubtrack.bibtex.edit import change_fields
from pubtrack.model.errors import PubtrackError
from pubtrack.model.record import Record
from pubtrack.refresh import bases as base_lines
from pubtrack.refresh import proposal_store, undo
from pubtrack.refresh.field_equality import is_same_text
from pubtrack.refresh.field_kinds import SORTS, biblatex_field
from pubtrack.refresh.plan import RefreshOptions
from pubtrack.refresh.proposal import Proposal
from tests.refresh.making import World, record

DOI = "10.1000/abc"
AUTHORS = [
    "Müller, Anna and van der Berg, Jan and Doe, Jane",
    r"M{\"u}ller, Anna and van der Berg, Jan and Doe, Jane",
    "Müller, A. and van der Berg, J. and Doe, J.",
    "Anna Müller and Jan van der Berg and Jane Doe",
    "Müller, Anna and van der Berg, Jan and Doe, Jane and Roe, Richard",
    "Müller, Anna and others",
    "MÜLLER, Anna and VAN DER BERG, Jan and DOE, Jane",
    r"Müller, Anna and van der Berg, Jan$^*$ and \textbf{Doe, Jane}",
    "Muller, Anna and van der Berg, Jan and Doe, Jane M.",
]
TITLES = [
    "Seeing the Unseen Things of Neural Fields",
    "Seeing the Unseen Things of {N}eural Fields",
    "Seeing the unseen things of neural fields",
    "SEEING THE UNSEEN THINGS OF NEURAL FIELDS",
    "Seeing the Unseen Things of Neural Fields: A Survey",
    r"Seeing the \emph{Unseen} Things of Neural Fields",
    "Seeing the Unseen Things of Neural Field",
    "Séeing the Unseen Things of Neural Fields",
    "{{Seeing the Unseen Things of Neural Fields}}",
]
VENUES = ["Physical Review Letters", "Phys. Rev. Lett.", "Physical Review {L}etters", "Journal of Neural Things", "PRL"]
NUMBERS = ["1", "2", "12", "3--4", "{12}", "to appear", "S1"]
PAGES = ["100--110", "100-110", "100", "e1234", "100–12", "1--12", "to appear"]
YEARS = ["2019", "2020", "2021", "in press"]
VALUES: Mapping[str, list[str]] = {
    "author": AUTHORS, "title": TITLES, "journal": VENUES, "volume": NUMBERS, "number": NUMBERS, "pages": PAGES,
    "year": YEARS, "publisher": ["Springer", "Springer Nature", "ACM"], "month": ["jan", "feb"],
    "url": ["http://example.org/a", "https://example.org/a"],
}  # fmt: skip
PRIVATE = {
    "note": "mine",
    "keywords": "a, b",
    "abstract": "Long.",
    "file": ":a.pdf:PDF",
    "award": "Best",
    "custom": "x",
}

mine_fields = st.fixed_dictionaries({"title": st.sampled_from(TITLES)}, optional={
    name: st.sampled_from(values) for name, values in VALUES.items() if name != "title"
})  # fmt: skip
their_fields = st.fixed_dictionaries(
    {"title": st.sampled_from(TITLES), "author": st.sampled_from(AUTHORS)},
    optional={name: st.sampled_from(values) for name, values in VALUES.items() if name not in ("title", "author")},
)
layouts = st.sampled_from(["lines", "one line", "quotes", "comma first", "no comma"])


def written(fields: Mapping[str, str], layout: str) -> str:
    """An entry of these fields, among things that no refresh may move."""
    values = {**fields, "doi": DOI, **PRIVATE}
    delimit = '"{}"'.format if layout == "quotes" else "{{{}}}".format
    shown = [f"{name} = {delimit(value)}" for name, value in values.items()]
    joint = {"one line": ", ", "comma first": "\n , "}.get(layout, ",\n  ")
    tail = "\n" if layout in ("no comma", "comma first") else "" if layout == "one line" else ",\n"
    opening = "" if layout == "one line" else "\n  "
    entry = f"@article{{a,{opening}{joint.join(shown)}{tail}}}"
    above, behind = (
        "% above\n@string{prl = {Physical Review Letters}}\n",
        " % behind\n@misc{b, title = {Other}}\ntext\n",
    )
    return f"{above}{entry}{behind}"


def theirs(fields: Mapping[str, str]) -> Record:
    source = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items())
    found = record(f"@article{{x, {source}, doi = {{{DOI}}}}}")
    if "month" in fields and "year" not in fields:
        return replace(found, work=replace(found.work, dates={}), years={})
    return found


def raw_fields(document: Document, key: str = "a") -> dict[str, str]:
    return {field.name: field.value for field in document.entry(key).fields}


def latex_of(raw: str) -> str:
    return raw[1:-1] if raw[:1] in ('"', "{") else raw


class Refreshing(RuleBasedStateMachine):
    """A person and a registry who both change their minds, and refreshes between them."""

    @initialize(
        fields=mine_fields, their=their_fields, layout=layouts, locked=st.sets(st.sampled_from(["title", "author"]))
    )
    def begin(self, fields: dict[str, str], their: dict[str, str], layout: str, locked: set[str]) -> None:
        self.world = World(written(fields, layout), refresh_options=RefreshOptions(locked=frozenset(locked)))
        self.locked = locked
        self.remote = theirs(their)
        self.said: dict[str, list[str]] = defaultdict(list)
        self.frame = self._frame()
        self.old: list[Proposal] = []

    def _frame(self) -> list[object]:
        """All that no rule may change: other blocks, and the fields that are never looked at."""
        document = self.world.document
        others = [document.source(block) for block in document.blocks if block.key != "a"]
        kept = {name: value for name, value in raw_fields(document).items() if biblatex_field(name) not in SORTS}
        entry = document.entry("a")
        return [others, kept, entry.type, entry.key, "doi" in raw_fields(document)]

    def _hear(self) -> None:
        from pubtrack.refresh.record_fields import values_of
        from pubtrack.refresh.target import refresh_targets

        subject = next(one for one in refresh_targets([self.world.document]) if one.key == "a")
        for name, value in values_of(subject.work, self.remote).items():
            self.said[name].append(value)

    @rule(name=st.sampled_from(sorted(VALUES)), data=st.data())
    def a_person_edits(self, name: str, data: st.DataObject) -> None:
        self.the_person_types(name, data)

    def the_person_types(self, name: str, data: st.DataObject) -> None:
        value = data.draw(st.sampled_from(VALUES[name]))
        self.world.text = change_fields(self.world.document, {"a": {name: value}})

    @rule(name=st.sampled_from(sorted(set(VALUES) - {"title"})))
    def the_person_removes(self, name: str) -> None:
        if name in raw_fields(self.world.document):
            self.world.text = change_fields(self.world.document, {"a": {name: None}})

    @rule(fields=their_fields)
    def the_registry_changes(self, fields: dict[str, str]) -> None:
        self.remote = theirs(fields)

    @rule()
    def a_refresh_proposes(self) -> None:
        before = self.world.text
        self._hear()
        outcome = self.world.propose(self.remote)
        assert self.world.text == before
        assert {one.kind for one in outcome.proposals if biblatex_field(one.field) in self.locked} <= {"protected"}
        self.old = [*self.old, *(one for one in outcome.proposals if one.applicable)][-20:]

    @rule(data=st.data())
    def an_old_proposal_is_applied(self, data: st.DataObject) -> None:
        if not self.old:
            return
        chosen = data.draw(st.sampled_from(self.old))
        before, now = (self.world.text, self.world.bases), raw_fields(self.world.document)
        is_fresh = all(now.get(change.name) == change.before for change in chosen.changes)
        try:
            self.world.apply([chosen])
        except PubtrackError:
            assert not is_fresh
            assert (self.world.text, self.world.bases) == before
        else:
            assert is_fresh

    @rule()
    def a_refresh_applies_what_is_safe(self) -> None:
        before = raw_fields(self.world.document)
        self._hear()
        self.world.apply_safe(self.remote)
        after = raw_fields(self.world.document)
        assert before.keys() <= after.keys()
        for name, value in before.items():
            if value != after[name]:
                sort = SORTS[biblatex_field(name)]
                told = self.said[biblatex_field(name)]
                if sort == "date":
                    told = [one[:4] for one in told]
                assert any(is_same_text(sort, latex_of(value), one) for one in told), (name, value, told)
                assert biblatex_field(name) not in self.locked
        again = self.world.text
        assert [one for one in self.world.apply_safe(self.remote).proposals if one.safe] == []
        assert self.world.text == again

    @rule(data=st.data())
    def a_person_applies_one(self, data: st.DataObject) -> None:
        self._hear()
        outcome = self.world.propose(self.remote)
        usable = [one for one in outcome.proposals if one.applicable]
        if usable:
            chosen = data.draw(st.sampled_from(usable))
            before = raw_fields(self.world.document)
            self.world.apply([chosen])
            after = raw_fields(self.world.document)
            assert {name for name in after if before.get(name) != after[name]} <= {one.name for one in chosen.changes}
            left = {one.id for one in self.world.propose(self.remote).proposals}
            assert chosen.id not in left

    @rule(data=st.data())
    def a_person_declines_one(self, data: st.DataObject) -> None:
        self._hear()
        outcome = self.world.propose(self.remote)
        if outcome.proposals:
            chosen = data.draw(st.sampled_from(outcome.proposals))
            self.world.keep([chosen])
            assert chosen.field not in {one.field for one in self.world.propose(self.remote).proposals}

    @rule()
    def a_refresh_is_undone_at_once(self) -> None:
        self._hear()
        outcome = self.world.propose(self.remote)
        before = self.world.text, self.world.bases
        runs = len(self.world.runs)
        self.world.apply([one for one in outcome.proposals if one.applicable])
        if len(self.world.runs) > runs:
            assert self.world.undo() == ()
        assert (self.world.text, self.world.bases) == before

    @rule(data=st.data())
    def a_refresh_is_undone_after_an_edit(self, data: st.DataObject) -> None:
        self._hear()
        self.world.apply([one for one in self.world.propose(self.remote).proposals if one.applicable])
        steps = self.world.runs[-1].steps if self.world.runs else ()
        if steps:
            field = data.draw(st.sampled_from(steps)).field
            self.the_person_types(field if field in VALUES else "volume", data)
            self.the_last_refresh_is_undone()

    @rule()
    def the_last_refresh_is_undone(self) -> None:
        if not self.world.runs:
            return
        run = self.world.runs[-1]
        before = raw_fields(self.world.document)
        kept = self.world.undo()
        after = raw_fields(self.world.document)
        wrote = {step.field: (step.before, step.after) for step in run.steps}
        for name in before.keys() | after.keys():
            if before.get(name) != after.get(name):
                assert (after.get(name), before.get(name)) == wrote[name]
        for step in run.steps:
            if before.get(step.field) not in (step.before, step.after):
                assert any(f"a.{step.field}" in line for line in kept)

    @invariant()
    def what_nobody_changed_stands_as_it_did(self) -> None:
        assert self._frame() == self.frame

    @invariant()
    def what_is_kept_beside_the_store_reads_back(self) -> None:
        assert base_lines.parse(base_lines.write(self.world.bases)) == self.world.bases
        assert undo.parse(undo.write(self.world.runs)) == tuple(self.world.runs[-undo.KEPT :])


def test_nothing_typed_is_lost() -> None:
    run_state_machine_as_test(
        Refreshing, settings=settings(max_examples=60, stateful_step_count=12, deadline=None,
                                      suppress_health_check=list(HealthCheck))
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(fields=mine_fields, their=their_fields, layout=layouts)
def test_a_proposal_reads_back_and_its_id_depends_on_key_field_and_theirs(
    fields: dict[str, str], their: dict[str, str], layout: str
) -> None:
    outcome = World(written(fields, layout)).propose(theirs(their))
    assert list(proposal_store.parse(proposal_store.write(outcome.proposals)).values()) == list(outcome.proposals)
    for one in outcome.proposals:
        assert one.id == replace(one, mine=None, base=None, source="", kind="problem", reason="").id
        assert one.id != replace(one, theirs=f"{one.theirs}.").id


@settings(max_examples=60, deadline=None)
@given(fields=mine_fields, layout=layouts)
def test_a_registry_that_says_what_the_file_says_has_nothing_to_propose(fields: dict[str, str], layout: str) -> None:
    said = {name: value for name, value in fields.items() if value not in ("in press", "to appear")}
    said.setdefault("author", AUTHORS[0])
    if "$" in said["author"]:
        said["author"] = AUTHORS[0]
    outcome = World(written(said, layout)).propose(theirs(said))
    assert outcome.proposals == ()
    assert parse(written(said, layout)).problems == ()

"""The citation label of a work ("Doe65", "RoNo78"): a `Work` in, a string out.

CSL 1.0.2 leaves it to the processor ("citation-label"); this is the trigraph of citeproc-js, AAAA00 by the number of
authors: four letters of one name, two of each of two, two of the first and one of each other of three, one of each
of four.
"""

from __future__ import annotations

from pubtrack.model.work import Work

_CREATORS = ("author", "editor", "translator", "composer", "director", "recipient")
_LETTERS = ((4,), (2, 2), (2, 1, 1), (1, 1, 1, 1))


def citation_label(work: Work) -> str:
    people = next((work.people[name] for name in _CREATORS if name in work.people), ())
    counts = _LETTERS[min(len(people), 4) - 1] if people else ()
    names = ["".join(filter(str.isalpha, name.family or name.literal)) for name in people]
    letters = "".join(name[:count] for name, count in zip(names, counts, strict=False))
    year = work.issued.year if work.issued else None
    return letters + (f"{abs(year) % 100:02d}" if year is not None else "")

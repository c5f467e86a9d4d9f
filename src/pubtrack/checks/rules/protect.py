"""Words of a title whose capitals styles would take away: acronyms, names with inner capitals, names of people."""

from __future__ import annotations

from collections.abc import Iterator

from pubtrack.bibtex import fields
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import View, content
from pubtrack.checks.rule import Hit, rule
from pubtrack.checks.rules.titles import is_all_caps
from pubtrack.checks.running_text import running_stretches

_WORD = pattern(r"[^\W_]+(?:[’'][^\W_]+)?")
_INNER = pattern(r"(?:[^\W\d_a-z]*+[a-z]|[^\W\d_]*+[0-9])[^\W\d_A-Z]*+[A-Z]|[A-Z]{2}")
_AFTER_COLON = pattern(r"(?:\A|[:.?!]\s+)\Z")
_CAPITALS = pattern(r"[A-Z]{2}|[a-z0-9][A-Z]|(?<![A-Za-z])[A-Z][a-z]")
PROPER = frozenset(
    "Abelian Bayes Bayesian Bernoulli Bessel Boltzmann Boolean Brownian Carlo Cartesian Cauchy Chebyshev Dirac "
    "Dirichlet Einstein Euclidean Euler Feynman Fourier Frobenius Galerkin Gauss Gaussian Gibbs Hamilton Hamiltonian "
    "Hawkes Hermite Hermitian Hessian Hilbert Jacobi Jacobian Kalman Kullback Lagrange Lagrangian Langevin Laplace "
    "Laplacian Lebesgue Legendre Lipschitz Lyapunov Markov Markovian Maxwell Navier Newton Newtonian Nyström Pareto "
    "Poisson Riemann Riemannian Schrödinger Shannon Shapley Sobolev Stokes Taylor Turing Wasserstein Wiener "
    "Africa African America American Asia Asian Australia Australian Brazil Brazilian Britain British Canada Canadian "
    "China Chinese Denmark Danish Dutch Egypt Egyptian England English Europe European Finland Finnish France French "
    "German Germany Greece Greek India Indian Iran Iranian Ireland Irish Israel Italian Italy Japan Japanese Korea "
    "Korean Mexican Mexico Netherlands Norway Norwegian Pakistan Portugal Portuguese Russia Russian Scotland "
    "Scottish Spain Spanish Sweden Swedish Swiss Switzerland Taiwan Turkey Turkish Ukraine Ukrainian Vietnam "
    "Vietnamese Alzheimer Parkinson Wikipedia Google Internet Python Java Linux Mars Jupiter Saturn Venus".split()
)
"""Names that stay names wherever they stand; none is a common noun too."""
_LOWERED = frozenset(
    "article inproceedings incollection misc online report thesis unpublished booklet dataset software inbook".split()
)


@rule(
    "ttl-protect",
    "warning",
    why="Styles that set titles in sentence case print “Nerf”, “mrna” and “bayesian”; braces keep the capitals.",
    source="btxdoc, 4 (change.case$); biblatex manual, \\MakeSentenceCase; JabRef's TitleChecker, which wants every "
    "capital in braces",
    bad="@misc{study2020, title = {Tea and mRNA}, year = 2020}",
    good="@misc{study2020, title = {Tea and {mRNA}: A Study in Long-Term Rain}, year = 2020}",
    fixes=True,
)
def ttl_protect(view: View, context: Context) -> Iterator[Hit]:
    """A word of a title has capitals that styles take away: an acronym, an inner capital, a name from a short list."""
    for item, field, latex in view.fields("title"):
        if not _CAPITALS.search(latex, 1) and latex[:1].islower():
            continue
        if (item.type in fields.PARENTS and item.type != "thesis") or item.type not in _LOWERED:
            continue
        inner = content(field)
        if inner is None or (latex.isupper() and is_all_caps(latex)):
            continue
        start, text = inner
        words = list(_unprotected(text, context.words))
        if not words:
            continue
        parts: list[str] = []
        done = 0
        for first, last in words:
            parts += (text[done:first], "{", text[first:last], "}")
            done = last
        shown = ", ".join(dict.fromkeys(text[first:last] for first, last in words))
        message = f"styles in sentence case take the capitals of {shown}; put braces around"
        fix = item.fix(field, "".join([*parts, text[done:]]))
        yield Hit(item, field, message, start + words[0][0], fix=fix)


def _unprotected(text: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the words are whose capitals are at risk."""
    for begin, end, depth in running_stretches(text):
        if depth:
            continue
        for match in _WORD.finditer(text, begin, end):
            word = match.group()
            if word in ("RETRACTED", "WITHDRAWN"):
                continue
            if _INNER.match(word) or (any(sign.isdigit() for sign in word) and word[-1].isupper() and len(word) < 4):
                yield match.span()
            elif word in known or word.removesuffix("’s").removesuffix("'s") in PROPER:
                # BibTeX and biblatex leave the first letter of a title and of what follows a colon.
                before = text[: match.start()]
                if not _AFTER_COLON.search(before) and before[-1:] != "{":
                    yield match.span()

"""Localise the state of a publication ("submitted")."""

from __future__ import annotations

from collections.abc import Callable, Mapping

# What CSL's locales have no term for; where a language lacks one here, too, the English word stays.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "submitted": {
        "de": "eingereicht", "fr": "soumis", "es": "enviado", "it": "inviato", "pt": "submetido", "nl": "ingediend",
        "sv": "inskickad", "da": "indsendt", "nb": "innsendt", "pl": "złożone do druku", "cs": "odesláno do tisku",
        "zh": "已投稿", "ja": "投稿中",
    },
    "accepted": {
        "de": "angenommen", "fr": "accepté", "es": "aceptado", "it": "accettato", "pt": "aceite", "nl": "geaccepteerd",
        "sv": "accepterad", "da": "accepteret", "nb": "akseptert", "pl": "przyjęte do druku", "cs": "přijato k tisku",
        "zh": "已录用", "ja": "採択済み",
    },
    "under review": {
        "de": "in Begutachtung", "fr": "en cours d’évaluation", "es": "en revisión", "it": "in fase di revisione",
        "pt": "em revisão", "nl": "onder review", "pl": "w recenzji", "zh": "审稿中", "ja": "査読中",
    },
    "revise and resubmit": {
        "de": "zur Überarbeitung angenommen", "fr": "à réviser et resoumettre", "es": "a revisar y reenviar",
        "zh": "修改后再审", "ja": "改訂再投稿",
    },
    "in revision": {
        "de": "in Überarbeitung", "fr": "en révision", "nl": "in revisie", "zh": "修改中", "ja": "改訂中",
    },
    "in preparation": {
        "de": "in Vorbereitung", "fr": "en préparation", "es": "en preparación", "it": "in preparazione",
        "pt": "em preparação", "nl": "in voorbereiding", "sv": "under arbete", "da": "under forberedelse",
        "nb": "under arbeid", "pl": "w przygotowaniu", "cs": "v přípravě", "zh": "准备中", "ja": "準備中",
    },
    "to appear": {
        "de": "erscheint demnächst", "fr": "à paraître", "es": "de próxima publicación", "it": "di prossima uscita",
        "pt": "a publicar", "nl": "te verschijnen", "pl": "w druku", "cs": "v tisku", "zh": "即将发表",
        "ja": "掲載予定",
    },
}  # fmt: skip


def localize_state(state: str, language: str, term: Callable[[str], str]) -> str:
    """`state` in `language` ("de-DE"): the term of CSL's locale, which `term` gives by its name, else our own words.

    A state that neither knows stays as it is.
    """
    ours = _WORDS.get(state, {}).get(language[:2].lower(), "")
    return term(state) or term(state.replace(" ", "-")) or ours or state

"""CSL-JSON (the exchange format of Zotero, Pandoc and citeproc) to `Work`s and back: text in, values out.

`load` and `dump` take whole documents, `work_from_item` and `item_from_work` one item each. The format is that of
csl-data.json in citation-style-language/schema.
"""

from pubtrack.csl_json.date_objects import date_from_csl, date_from_edtf, date_to_csl
from pubtrack.csl_json.items import dump, item_from_work, load, work_from_item
from pubtrack.csl_json.name_objects import name_from_csl, name_to_csl
from pubtrack.csl_json.text_markup import text_from_markup, text_to_markup
from pubtrack.model.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES, snake_case

__all__ = [
    "DATE_VARIABLES",
    "NAME_VARIABLES",
    "TEXT_VARIABLES",
    "date_from_csl",
    "date_from_edtf",
    "date_to_csl",
    "dump",
    "item_from_work",
    "load",
    "name_from_csl",
    "name_to_csl",
    "snake_case",
    "text_from_markup",
    "text_to_markup",
    "work_from_item",
]

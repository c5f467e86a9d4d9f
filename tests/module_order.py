"""The order of the modules within each room of more than ten files, from the ground up.

A module imports only modules of earlier lines of its room. Those that no line names are the room's doors and plug-ins
(its commands, rules, formats, services): they import what the lines name, and no module of the room imports them.
"""

from __future__ import annotations

from collections.abc import Mapping

ORDER: Mapping[str, tuple[str, ...]] = {
    "bibtex": (
        "fields gc_pause grammar latex_tables pubstate",
        "date_fields latex_decoder positions preprints",
        "blocks cursor latex latex_tokens stray_text user_macros",
        "block_parser inheritance name_lists",
        "document from_work",
        "macros references source_style",
        "dialect_fields to_work",
    ),
    "checks": (
        "_verdict_fields lazy_regex",
        "_verdict_search baseline running_text",
        "verdict",
        "context registry_check",
        "library_view online",
        "rule",
        "rule_table",
        "suppress",
        "__init__",
    ),
    "checks/rules": ("dois own titles unicode",),
    "citation_scan": (
        "_markdown_blocks _paths _tex_commands _tex_lexis _tex_slots _values",
        "_collector _missing_keys _tex_names",
        "_tex_files _tex_open _typst_text markdown",
        "_tex_text",
    ),
    "cli": (
        "options terminal user_config",
        "containment document_files wrong_file",
        "project",
        "compare list_remarks network refresh_report saves watch",
        "add_online lists refresh_edits store_edits",
        "add_listed export_run refresh_run",
    ),
    "csl": (
        "citation_label citations cite_context output_tree page_ranges style_options style_xml",
        "collapse content locale style_registry subsequent_author text_case variables",
        "flatten formatting",
        "name_rendering",
        "disambiguation group_frame",
        "node",
        "conditions date_rendering",
        "elements sort_keys",
        "names_element number_rendering",
        "compile",
        "layout",
        "document_citations",
        "style",
    ),
    "exports": (
        "_checksum_header _entries _json_layout _plain_markdown _reference_types _selection _shared_fields _yaml",
        "_xml_layout al_folio csl_json",
        "bib",
    ),
    "lists": (
        "links_and_remarks listing_model printed_names role_marks status_terms type_words venue_names",
        "filters printed_work",
        "sorting",
    ),
    "matching": (
        "_known_venues grades thresholds work_class work_identifiers",
        "_venue_words author_lists number_comparison titles",
        "venues",
        "comparison",
        "duplicate_rule match",
        "versions",
        "__init__",
    ),
    "model": (
        "digits errors findings name",
        "richtext",
        "work",
        "record",
        "identifiers",
        "name_annotations",
    ),
    "people": (
        "east_asian folding",
        "name_words",
        "given written_name",
        "name_likeness",
        "__init__",
        "owner",
    ),
    "refresh": (
        "bases field_kinds read_members",
        "field_equality proposal record_fields target undo",
        "apply data_loss field_pairs notices proposal_store record_acceptance",
        "field_spelling merge store_notes",
        "published",
        "plan",
        "responses",
    ),
    "sources": (
        "_clock _hosts _mathml _reply_cache _service _special_addresses _work_types _workers",
        "__init__ _json _markup _rate_limit _transport _url_policy _xml page_status",
        "_client _record_dates _sanitize",
        "_record_names http",
        "_queries _record_builder",
        "_lookup crossref",
        "doi",
        "_endpoints",
        "fetch",
        "search",
    ),
    "store": (
        "bib_file citation_keys disk_errors",
        "platform_files",
        "asides file_lock",
        "journal",
        "atomic_files",
        "store",
        "add_entries",
    ),
    "writers": (
        "_emphasis _latex_list _math _urls",
        "_inline",
        "html text typst",
    ),
}
"""A subfolder stands for all that is in it; `__init__` is the room's own."""

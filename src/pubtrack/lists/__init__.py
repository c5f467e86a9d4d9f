"""Works and the options of a list in; a `Listing` (selected, sorted, numbered, people marked) out.

Filters, sort orders, role marks, links and remarks, and the words for the state of a publication.
"""

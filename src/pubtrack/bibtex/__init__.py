"""BibTeX and biblatex text in; documents of blocks, `Work`s and edited text out.

The joined text of all blocks is the file; an edit changes the requested characters only.
"""

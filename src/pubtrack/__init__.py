"""An academic publication and BibTeX manager: one store, any citation style, the author's own name in bold."""

__version__ = "0.1.0"

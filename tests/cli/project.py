"""Projects for the tests of the command line."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

EXPECTED = """\
**Zhexiao Xiong**, Xin Wen, Xu Zhao\\*, Haiyun Guo, Chaoyang Zhao, Jinqiao Wang. **Two-level Iteration Method for \
Multi-task Learning with Task-isolated Labels**, International Conference on Computer Vision and Pattern Analysis, 2021.

Nanfei Jiang, **Zhexiao Xiong**, Hui Tian, Xiaojie Du, Xu Zhao, Chaoyang Zhao\\*, Jinqiao Wang. **PruneFaceDet: \
Pruning Lightweight Face Detection Network by Sparsity Training**, Cognitive Computation and Systems, 2021.
"""

BROKEN = """\
@book{first,
  author = {Doe, Jane},
  title = {First},
  year = {2001},
}

@book{broken,
  title = {Second
}

@book{third,
  author = {Doe, John},
  title = {Third},
  year = {2003},
}
"""


def make_project(folder: Path, bib: str, config: str = '[owner]\nname = "Doe, Jane"\n') -> None:
    """A pubtrack.toml and a bib/publications.bib in `folder`."""
    (folder / "bib").mkdir()
    (folder / "bib" / "publications.bib").write_text(bib, encoding="utf-8", newline="\n")
    (folder / "pubtrack.toml").write_text(config, encoding="utf-8")

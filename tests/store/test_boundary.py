"""Where paths lead: inside a project folder by whatever name, or out of it by configuration and symbolic links."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pubtrack.store import boundary
from pubtrack.store.boundary import Boundary, contains, is_same_file, symbolic_links

pytestmark = pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """`project` with `bib/a.bib`, beside it `else/b.bib`."""
    for name in ("project/bib/a.bib", "else/b.bib"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    return tmp_path / "project"


@pytest.mark.parametrize(
    "name", [".", "bib", "bib/a.bib", "bib/../bib/a.bib", "none/of/these", "../project/bib", "x/../../project/bib"]
)
def test_what_lies_in_the_folder_is_inside(root: Path, name: str) -> None:
    assert Boundary(root).outside(root / name) is None


@pytest.mark.parametrize(
    ("name", "leads_to"), [("..", ""), ("../else/b.bib", "else/b.bib"), ("../project2", "project2"), ("/", "/")]
)
def test_what_a_path_leads_to_outside_is_named(root: Path, name: str, leads_to: str) -> None:
    assert Boundary(root).outside(root / name) == (root.parent / leads_to).resolve()


def test_a_link_out_of_the_folder_leads_outside(root: Path) -> None:
    (root / "link").symlink_to("../else")
    (root / "again").symlink_to("link")
    for name in ("link/b.bib", "again/b.bib", "bib/../link/b.bib", "link/none.bib"):
        assert Boundary(root).outside(root / name) is not None
        assert Boundary(root).linked_outside(root / name) is not None


def test_a_link_within_the_folder_is_inside(root: Path) -> None:
    (root / "link").symlink_to("bib")
    (root / "absolute.bib").symlink_to(root / "bib" / "a.bib")
    for name in ("link/a.bib", "absolute.bib"):
        assert Boundary(root).outside(root / name) is None
        assert Boundary(root).linked_outside(root / name) is None


def test_a_path_outside_that_no_link_of_the_folder_leads_to_is_the_users(root: Path) -> None:
    (root.parent / "mine").symlink_to("else")
    for name in ("../else/b.bib", "../mine/b.bib"):
        assert Boundary(root).outside(root / name) is not None
        assert Boundary(root).linked_outside(root / name) is None


def test_a_link_behind_a_link_of_the_users_is_still_the_folders(root: Path) -> None:
    (root / "link").symlink_to("../else")
    (root.parent / "mine").symlink_to("project/link")
    assert Boundary(root).linked_outside(root.parent / "mine" / "b.bib") == (root.parent / "else/b.bib").resolve()


def test_a_folder_that_is_reached_by_a_link_has_its_own_inside(root: Path) -> None:
    (root.parent / "alias").symlink_to("project")
    alias = root.parent / "alias"
    assert Boundary(alias).outside(alias / "bib") is None
    assert Boundary(alias).outside(root / "bib") is None
    assert Boundary(root).outside(alias / "bib") is None


@pytest.mark.parametrize("allowed", ["else", "else/b.bib"])
def test_what_is_allowed_is_followed(root: Path, allowed: str) -> None:
    (root / "link.bib").symlink_to("../else/b.bib")
    boundary = Boundary(root, (root.parent / allowed,))
    assert boundary.outside(root / "link.bib") is None
    assert boundary.linked_outside(root / "link.bib") is None
    assert boundary.outside(root.parent / "else2") is not None


def test_a_folder_is_known_by_another_name(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a bind mount or a disk that ignores case: another string, the same device and inode."""
    same = root.stat()
    real_stat = Path.stat

    def stat(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        return same if self.name == "PROJECT" else real_stat(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    assert contains(root, root.parent / "PROJECT" / "bib" / "a.bib")
    assert not contains(root, root.parent / "OTHER" / "bib" / "a.bib")


def test_hard_links_are_one_file(root: Path) -> None:
    one, other = root / "bib" / "a.bib", root / "b.bib"
    other.hardlink_to(one)
    assert is_same_file(one, other)
    assert not is_same_file(one, root.parent / "else" / "b.bib")
    assert not is_same_file(one, root / "none")


def test_links_in_a_circle_end(root: Path) -> None:
    (root / "one").symlink_to("two")
    (root / "two").symlink_to("one")
    assert len(list(symbolic_links(root / "one"))) == boundary._MAX_LINKS + 1
    assert Boundary(root).outside(root / "one") is None


def test_the_links_on_the_way_are_named_with_their_real_folder(root: Path) -> None:
    (root / "link").symlink_to("bib")
    (root / "bib" / "up").symlink_to("../../else")
    links = [root.resolve() / "link", root.resolve() / "bib" / "up"]
    assert list(symbolic_links(root / "link" / "up" / "b.bib")) == links

"""Names of journals and conferences: one venue under many names, and others that only sound like it."""

from __future__ import annotations

import pytest

from pubtrack.matching import compare_venues
from pubtrack.matching.grades import Grade
from pubtrack.matching.venues import is_conference, is_workshop, venue_years


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("CVPR", "2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)"),
        ("CVPR'22", "Conference on Computer Vision and Pattern Recognition"),
        ("ICML", "Proceedings of the 38th International Conference on Machine Learning"),
        ("ICML", "Proc. 37th Int. Conf. Mach. Learn."),
        ("NIPS", "Advances in Neural Information Processing Systems 32"),
        ("Proceedings of the Thirty-Fifth AAAI Conference on Artificial Intelligence", "AAAI"),
        ("WWW", "Proceedings of the ACM Web Conference 2023"),
        ("Proc. of CHI '21", "CHI Conference on Human Factors in Computing Systems"),
        ("NAACL", "Proceedings of the 2019 Conference of the North"),
        ("J. Mach. Learn. Res.", "Journal of Machine Learning Research"),
        ("Phys Rev Lett", "Physical Review Letters"),
        ("Proc. Natl. Acad. Sci. U.S.A.", "Proceedings of the National Academy of Sciences"),
        ("J. Mech. Des.", "Journal of Mechanical Design"),
        ("PRL", "Physical Review Letters"),
        ("The Journal of Physics A", "Journal of Physics A: Mathematical and Theoretical"),
        ("ECCV", "Computer Vision – ECCV 2020"),
        ("Astronomy & Astrophysics", "Astronomy and Astrophysics"),
        ("ICML, Long Beach, CA, USA, June 9-15, 2019", "International Conference on Machine Learning"),
        ("A.M.A. Archives of Neurology", "AMA Archives of Neurology"),
    ],
)
def test_one_venue_has_many_names(mine: str, theirs: str) -> None:
    assert compare_venues([mine], [theirs]).grade.agrees
    assert compare_venues([theirs], [mine]).grade.agrees


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("ICML", "International Conference on Learning Representations"),
        ("ACL", "Proceedings of the AAAI Conference on Artificial Intelligence"),
        ("Nature", "Nature Communications"),
        ("Physical Review", "Physical Review Letters"),
        ("Machine Learning", "International Conference on Machine Learning"),
        ("European Conference on Computer Vision", "International Conference on Computer Vision"),
        ("International Conference on Quantum Machine Learning", "International Conference on Machine Learning"),
        ("Journal of Machine Learning Research", "Transactions on Machine Learning Research"),
        ("CVPR", "IEEE Conference on Computer Vision and Pattern Recognition Workshops (CVPRW)"),
        ("Symposium on Neural Scaling Laws", "Conference on Computer Vision and Pattern Recognition"),
        ("Physical Review Letters", "The Lancet"),
    ],
)
def test_names_that_are_understood_contradict_each_other(mine: str, theirs: str) -> None:
    assert compare_venues([mine], [theirs]).grade is Grade.CONTRADICTS


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("ECCV 2020", "Lecture Notes in Computer Science"),
        ("Lecture Notes in Computer Science", "Computer Vision – ECCV 2020"),
        ("TPDL", "Research and Advanced Technology for Digital Libraries"),
        ("SIGGRAPH", "ACM Transactions on Graphics"),
        ("Workshop on Data Acquisition", "ACM Conference on Embedded Networked Sensor Systems"),
        ("CISBAT 2021", "Journal of Physics: Conference Series"),
        ("", "Nature"),
    ],
)
def test_nothing_is_concluded_where_one_may_stand_for_the_other(mine: str, theirs: str) -> None:
    assert compare_venues([mine], [theirs]).grade is Grade.SILENT


@pytest.mark.parametrize(
    ("mine", "theirs", "grade"),
    [
        ("Slow Machines in Gardens", "Slow Kettles in Kitchens", Grade.CONTRADICTS),  # one word of five
        ("Symposium on Slow Machines in Gardens", "Slow Machines and Kettles in Kitchens", Grade.SILENT),  # two of five
    ],
)
def test_names_that_share_too_few_words_are_two_venues(mine: str, theirs: str, grade: Grade) -> None:
    """`COMMON_WORDS` is 0.3: half of it would let the first pass, half as much again would tell the second apart."""
    assert compare_venues([mine], [theirs]).grade is grade


def test_a_name_that_agrees_is_enough_beside_a_series() -> None:
    theirs = ["Lecture Notes in Computer Science", "Computer Vision – ECCV 2020"]
    assert compare_venues(["ECCV"], theirs).grade.agrees


def test_configured_short_names_stand_for_full_ones_both_ways() -> None:
    aliases = {"JUW": "Annals of Useful Work"}
    assert compare_venues(["JUW"], ["Annals of Useful Work"]).grade is Grade.SILENT
    assert compare_venues(["JUW"], ["Annals of Useful Work"], aliases=aliases).grade is Grade.SAME
    assert compare_venues(["Annals of Useful Work"], ["JUW"], aliases=aliases).grade is Grade.SAME


def test_the_title_of_a_book_contradicts_no_conference() -> None:
    assert compare_venues(["Symposium on Tea"], ["Rain and Cities"], certain=False).grade is Grade.SILENT


def test_what_a_name_says_besides() -> None:
    assert venue_years(["2022 IEEE Conference on Tea"]) == {2022}
    assert is_workshop(["NeurIPS Workshop on Tea"])
    assert is_workshop(["Conference on Computer Vision and Pattern Recognition (CVPRW)"])
    assert is_conference(["Proceedings of the AAAI Conference on Artificial Intelligence"])
    assert not is_conference(["Journal of Tea"])

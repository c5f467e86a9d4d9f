"""Good and bad rows for each rule beside its own examples: what it must find, and what it must leave alone.

A row is the fields of a `@misc` entry, or whole BibTeX where it begins with `@`. BAD rows give one finding or more of
the rule, GOOD ones none.
"""

from __future__ import annotations

from collections.abc import Mapping

_ARTICLE = "@article{study2020, author = {Roe, Ann}, title = {A study}, journal = {Tea}, year = 2020"
_ONLINE = "@online{study2020, title = {A study}, date = {2020}, url = {https://tea.org}"

BAD: Mapping[str, tuple[str, ...]] = {
    "syn-entry": (
        "@misc{, title = {A study}}",
        "@misc{a study, title = {A study}}",
        "@misc{study2020, title = {A study},, year = 2020}",
        "@misc{study2020, title = {A study} year = 2020}",
        "@misc{study2020,\n  title = {A study}, % checked\n  year = 2020}",
    ),
    "syn-braces": (
        '@misc{study2020, title = "A study, year = 2020}\n',
        "@misc{study2020, title = {A study}, year = 2020\n",
    ),
    "syn-stray": ("misc{study2020, title = {A study}, year = 2020}", '@misc{a1, title = "A"quoted" study"}\n"'),
    "syn-dup-key": ("@misc{Tea, title = {A}}\n@misc{tea, title = {B}}",),
    "syn-dup-field": ("Note = {A}, note = {A}", "note = {A}, note = {B}, note = {A}"),
    "syn-undef-string": (r"@article{a, journal = {\aap}}", "month = january", 'note = "A " # tea'),
    "syn-empty": ("note = {}", 'note = ""', "note = { }", "note = {{}}"),
    "fld-crossref": ("xdata = {none}", "related = {study2020, none}", "@misc{a, crossref = {a}}"),
    "txt-encoding": ("note = {caf\udce9}",),
    "tex-unescaped": (
        "note = {50% of tea}",
        "note = {tea_time}",
        "note = {tea #1}",
        "note = {10^3 cups}",
        "note = {costs 5$ a cup}",
        r"note = {salt \\& pepper}",
        r"note = {\emph{salt & pepper}}",
        'note = "salt & pepper"',
        "author = {Roe & Moe}",
    ),
    "tex-danger": (
        r"note = {\write18{ls}}",
        r"note = {\csname tea\endcsname}",
        r"note = {\catcode`\@=11}",
        "note = {^^5cinput}",
        r"note = {\def\tea{}}",
        r"note = {\immediate\openout1}",
        r"note = {\directlua{os.exit()}}",
    ),
    "txt-html": (
        "note = {caf&eacute;}",
        "note = {tea&#8217;s}",
        "note = {<b>Tea</b>}",
        "note = {<jats:p>Tea</jats:p>}",
        "note = {<mml:math>x</mml:math>}",
        r"note = {$\less$i$\greater$Tea$\less$/i$\greater$}",
        r"note = {A \&amp; B}",
        'note = {<span class="x">Tea</span>}',
    ),
    "txt-mojibake": (
        "note = {it isn\u00e2\u20ac\u2122t}",
        "note = {caf\ufffd}",
        "note = {\u0093tea\u0094}",
        "note = {20 \u00c2\u00b0C}",
    ),
    "txt-nfc": ("author = {Mu\u0308ller, J.}", "note = {20 \u212b}"),
    "txt-space": ("note = {A\u00a0study}", "note = { A study}", "note = {A study }", "note = {A\tstudy}"),
    "uni-bidi": ("note = {A\u2066study}", "note = {A\u200estudy}"),
    "uni-invisible": (
        "note = {stu\u00addy}",
        "note = {\ufeffstudy}",
        "note = {stu\u200ddy}",
        "note = {study\ufe0f}",
        "note = {stu\x08dy}",
        "note = {study\U000e0061}",
    ),
    "uni-mixed-script": ("author = {Sm\u0456th, Ann}", "note = {\u0391lpha}"),
    "fld-required": (
        "@book{study2020, title = {A study}, publisher = {Tea Press}, year = 2020}",
        "@phdthesis{study2020, author = {Roe, Ann}, title = {A study}, year = 2020}",
        "@inproceedings{study2020, author = {Roe, Ann}, title = {A study}, year = 2020}",
        "@online{study2020, title = {A study}, date = {2020}}",
        "@report{study2020, author = {Roe, Ann}, title = {A study}, institution = {Tea}, date = {2020}}",
        "@article{study2020, author = {Roe, Ann}, title = {A study}, journal = {}, year = 2020}",
    ),
    "fld-unknown": (
        "titel = {A study}",
        "auhtor = {Roe, Ann}",
        "@artcle{study2020, title = {A study}}",
        "colour = {green}",
    ),
    "fld-type-clash": (
        "@inproceedings{study2020, author = {Roe, Ann}, title = {A study}, journal = {Tea}, year = 2020}",
        "@article{study2020, author = {Roe, Ann}, title = {A study}, booktitle = {Tea}, year = 2020}",
        "@article{study2020, author = {Roe, Ann}, title = {A study}, journal = {CoRR}, year = 2020}",
        "@article{study2020, author = {Roe, Ann}, title = {A study}, journal = {bioRxiv}, year = 2020}",
    ),
    "fld-year": (
        "@misc{tea, title = {A}, year = {199}}",
        "@misc{tea, title = {A}, year = {2020a}}",
        "@misc{tea, title = {A}, date = {17 May 2020}}",
        "@misc{tea, title = {A}, date = {2020-13-01}}",
        "@misc{tea, title = {A}, date = {2021-02-29}}",
        "@misc{tea, title = {A}, date = {2020-05}, year = 2019}",
        "@misc{tea, title = {A}, year = {twenty}}",
    ),
    "fld-year-future": ("@misc{tea, title = {A}, date = {2031-05}}", "@misc{tea, title = {A}, year = {2028}}"),
    "fld-month": (
        "month = {jan}",
        "month = 3",
        "month = {Sept.}",
        "month = {3}",
        'month = "May"',
        "month = {Smarch}",
        "month = {13}",
    ),
    "fld-pages-dash": (
        "pages = {12–19}",
        "pages = {12 - 19}",
        "pages = {xi-xv}",
        "pages = {e12-e19}",
        "pages = {12-19, 30-35}",
        "pages = {12---19}",
        "pages = {1023-45}",
        '@misc{a, pages = "12-19"}',
    ),
    "fld-pages-reversed": (
        "pages = {19--12}",
        "pages = {1245--23}",
        "pages = {345-312}",
        "pages = {1--5, 9--7}",
        "pages = {e19--e12}",
    ),
    "fld-pages-eid": (
        "@article{a, author = {Roe, Ann}, title = {A}, journaltitle = {Tea}, date = {2020}, pages = {104829}}",
        "@article{a, author = {Roe, Ann}, title = {A}, journaltitle = {Tea}, date = {2020}, pages = {96973B}}",
    ),
    "fld-volume": (
        f"{_ARTICLE}, volume = {{Vol. 5}}}}",
        f"{_ARTICLE}, number = {{no. 3}}}}",
        f"{_ARTICLE}, volume = {{5(3)}}}}",
    ),
    "fld-edition": (
        "edition = {2nd edition}",
        "edition = {Second ed.}",
        "edition = {revised}",
        f"{_ONLINE}, edition = {{2nd}}}}",
    ),
    "fld-howpublished": ("howpublished = {available from the author}",),
    "fld-note": ("note = {see {Tea}}",),
    "fld-booktitle": tuple(
        f"@inproceedings{{a, author = {{Roe, Ann}}, title = {{A}}, year = 2020, booktitle = {{{title}}}}}"
        for title in (
            "Proceedings of the Workshop on",
            "Tea 2020, https://tea.org",
            "Proc. of Tea, pp. 12--19",
            "Proc. of Tea, Lisbon, May 3--5, 2020",
            "Proc. of Tea, 3-5 May 2020",
        )
    ),
    "fld-journal-style": (
        f"{_ARTICLE}}}\n@article{{b, author = {{Roe, Ann}}, title = {{B}}, journal = {{The Tea}}, year = 2020}}",
        "@article{a, journal = {Salt and Pepper}}\n@article{b, journal = {Salt \\& Pepper}}",
        "@article{a, journal = {Tea}, issn = {0378-5955}}\n@article{b, journal = {Tea Letters}, issn = {03785955}}",
        "@article{a, journal = {Natl. J. Rain}}\n@article{b, journal = {National Journal of Rain}}",
    ),
    "ttl-protect": (
        "@misc{a, title = {A NeRF for tea}}",
        "@misc{a, title = {Tea in 3D}}",
        "@misc{a, title = {The {G}PU}}",
        "@misc{a, title = {Tea: a Bayesian view}}",
        "@misc{a, title = {Teas of China}}",
        "@misc{a, title = {Tea and pH}}",
        '@misc{a, title = "Tea and DNA"}',
        "@misc{a, title = {Part II of {Tea}}}",
    ),
    "ttl-overprotect": ("@misc{a, title = {{On Tea}}}", '@misc{a, title = "{On {Tea} and Rain}"}'),
    "ttl-caps": ("@misc{a, title = {ON TEA AND RAIN}}",),
    "ttl-dot": ("@misc{a, title = {Tea and rain.}}",),
    "ttl-retracted": (
        "@misc{a, title = {Retracted: Tea}}",
        "@misc{a, title = {WITHDRAWN: Tea}}",
        "@misc{a, title = {[Retracted] Tea}}",
        "@misc{a, title = {RETRACTED ARTICLE: Tea}}",
        "@misc{a, title = {{RETRACTED}: Tea}}",
    ),
    "nam-syntax": (
        "author = {Roe, Ann and}",
        "author = {and Roe, Ann}",
        "author = {Roe, Ann and and Moe, Tim}",
        "author = {Roe, Ann et al.}",
        "author = {Roe, Ann and et al.}",
        "author = {Roe, Ann u. a.}",
        "author = {Roe, A., Moe, T., Doe, J.}",
        "author = {Roe, Ann ann@tea.org}",
        "author = {Roe1, Ann and Moe2, Tim}",
        "author = {Wei Wang 0001}",
        "editor = {Roe, Ann; Moe, Tim}",
    ),
    "nam-group": (
        "author = {Tea Research Institute}",
        "author = {Roe, Ann and The ATLAS Collaboration}",
        "author = {Tea Corporation Ltd}",
    ),
    "nam-placeholder": (
        "author = {John Doe and Roe, Ann}",
        "author = {Doe, Jane}",
        "author = {First Author and Second Author}",
        "author = {Author, A.}",
        "author = {Anonymous Authors}",
        "author = {{TBD}}",
    ),
    "nam-caps": ("author = {ROEBUCK, A.}", "editor = {Ann ROEBUCK}", "author = {Moe, Tim and MÜLLER, Jan}"),
    "nam-mark": (
        "author = {Roe, Ann}, author+an = {9=equal}",
        "author = {Roe, Ann}, author+an = {0=equal}",
        "author = {Roe, Ann}, author+an = {Roe=equal}",
        "author = {Roe, Ann}, author+an = {equal}",
        "author = {Roe, Ann}, author+an = {1=}",
        "author = {Roe, Ann}, author+an = {1=eqaul}",
        "author = {Roe, Ann}, author+an = {1=advisee}",
        "author = {Roe, Ann}, author+an:role = {1=coresponding}",
        'author = {Roe, Ann}, author+an:orcid = {2="0000-0002-1825-0097"}',
        "editor+an = {1=equal}",
    ),
    "nam-orcid": ("orcid = {0000-0002-1825-0096}", 'author = {Roe, Ann}, author+an:orcid = {1="0000-0001-0000-0000"}'),
    "id-doi-syntax": (
        "doi = {https://doi.org/10.1000/182}",
        "doi = {doi:10.1000/182}",
        r"doi = {10.1000/a\_b}",
        "doi = {10.1000/182.}",
        "doi = {10.1000 / 182}",
        "doi = {10.1000/(SICI)1:2&lt;3::A&gt;2}",
        "doi = {n/a}",
        "doi = {10.10/182}",
        "doi = {http://dx.doi.org/10.1000/182}",
    ),
    "id-doi-url": (
        "url = {https://doi.org/10.1000/182}",
        "doi = {10.1000/182}, url = {https://doi.org/10.1000/183}",
        "doi = {10.1000/182}, url = {http://doi.org/10.1000/182}",
    ),
    "id-doi-other": (
        "@inproceedings{a, year = 2010, doi = {10.1109/TEA.2020.12345}}",
        "@misc{a, year = 2010, doi = {10.1109/TEA12345.2020.12345}}",
        "@misc{a, year = 2010, doi = {10.18653/v1/2020.tea-main.1}}",
        "@misc{a, year = 2010, doi = {10.1609/aaai.v36i2.12345}}",
        "@inproceedings{a, year = 2022, booktitle = {ICML}, doi = {10.1109/CVPR52688.2022.00751}}",
        "@inproceedings{a, year = 2022, booktitle = {The Web Conference}, doi = {10.1609/AAAI.V36I2.20128}}",
    ),
    "id-isbn": ("isbn = {0-306-40615-3}", "isbn = {978-0-306-40615}", "isbn = {0306406152X}", "isbn = {123}"),
    "id-issn": ("issn = {0378-5954}", "issn = {0378-595}", "issn = {03785954}"),
    "id-arxiv": (
        "eprint = {2001.1}, archivePrefix = {arXiv}",
        "eprint = {0601.00001}, archivePrefix = {arXiv}",
        "eprint = {2001.0001}, archivePrefix = {arXiv}",
        "eprint = {2101.00001}, archivePrefix = {arXiv}, year = 2019",
        "eprint = {2001.00001}, archivePrefix = {arXiv}, doi = {10.48550/arXiv.2001.00002}",
        "doi = {10.48550/arXiv.2310.00001}, year = 2020",
        "eprint = {4001.00001}, archivePrefix = {arXiv}",
        "eprint = {math/0313001}, archivePrefix = {arXiv}",
    ),
    "id-url": (
        "url = {tea.org/study}",
        "url = {javascript:alert(1)}",
        "url = {data:text/html,x}",
        r"url = {\url{https://tea.org}}",
        "url = {https://}",
        "url = {https://a.org https://b.org}",
        "url = {see the shop}",
    ),
    "dup-doi": ("@misc{a, doi = {10.1000/1}}\n@misc{b, doi = {https://doi.org/10.1000/1}}",),
    "dup-arxiv": ("@misc{a, eprint = {2001.00001}}\n@misc{b, eprint = {arXiv:2001.00001v3}, archivePrefix = {arXiv}}",),
    "dup-fuzzy": (
        (
            "@book{a, author = {Roe, Ann}, title = {Growing Green Tea in Autumn Rain}, year = 2020}\n"
            "@book{b, author = {Ann Roe}, title = {Growing Green {Tea} in Autumn Rain}, year = 2020}"
        ),
    ),
    "dup-preprint": (
        (
            "@misc{a, author = {Roe, Ann}, title = {Growing Green Tea in Autumn Rain}, year = 2020,\n"
            "  eprint = {2001.00001}, archivePrefix = {arXiv}}\n"
            "@inproceedings{b, author = {Ann Roe}, title = {Growing Green {Tea} in Autumn Rain}, year = 2021,\n"
            "  booktitle = {Tea}}"
        ),
    ),
    "key-pattern": (
        "@misc{roe1999, title = {A}, year = 2009}\n@misc{a2001, title = {B}, year = 2001}\n@misc{c2001, year = 2001}",
    ),
    "key-chars": ("@misc{a~b, title = {A}}", "@misc{50%, title = {A}}"),
}
"""What each rule must find."""

GOOD: Mapping[str, tuple[str, ...]] = {
    "syn-entry": ("@misc(study2020, title = {A study})", "@misc{ study2020 ,title={A study} , }", "@comment{x}"),
    "syn-braces": (r"note = {a \{ b \} c}", 'note = "{"}"'),
    "syn-stray": ("Some words = running text.\n\n@misc{a, title = {A}}",),
    "syn-dup-key": ("@misc{tea1, title = {A}}\n@misc{tea2, title = {B}}",),
    "syn-dup-field": ("author = {Roe, Ann}, author+an = {1=me}",),
    "syn-undef-string": (
        "month = jan",
        "@string{tea = {Tea}}\n@misc{a, note = TEA}",
        r"@article{a, journal = {\LaTeX}}",
    ),
    "syn-empty": ("note = 0", "note = {0}", "OPTnote = {}"),
    "fld-crossref": (
        "@misc{a, ids = {b}}\n@misc{c, related = {b}}",
        "related = {}",
        "crossref = {STUDY2021}}\n@misc{study2021,",
    ),
    "tex-unescaped": (
        r"note = {50\% of \$5, \#1, a\_b \& c}",
        "note = {$x^2_1$}",
        r"note = {\url{https://a.org/b_c%20d#e}}",
        r"note = {\ce{H_2O} and \ensuremath{x_1}}",
        "abstract = {50% & more}",
        "url = {https://a.org/b_c&d}",
        "file = {a_b.pdf:a_b.pdf:PDF}",
        r"note = {\(x_1\) and \[y^2\]}",
        "doi = {10.1000/a_b}",
        "note = {&amp; only}",
        'note = "A" # " B"',
        r"note = {\href{https://a.org/b_c}{tea}}",
    ),
    "tex-danger": (r"note = {\emph{input} \defoe \letter}", "abstract = {^^ up}", r"url = {https://a.org/\input}"),
    "txt-html": (
        "note = {1 < 2 > 0}",
        r"note = {AT\&T; and more}",
        "url = {https://a.org/?a&lt;b}",
        "note = {<https://a.org>}",
    ),
    "txt-mojibake": (
        "note = {Â propos}",
        "author = {Ângelo, Ana}",
        "note = {SÃO}",
        "note = {«Ça»}",
        "note = {voilà\u00a0»}",
        "note = {»Ü«}",
        "note = {café\u00a0\u00a0x}",
    ),
    "txt-nfc": ("author = {Müller, J.}", "note = {日本語 が}", "note = {ﬁ}"),
    "txt-space": ("note = {A\n      study}", "abstract = {A  study}", r"note = {A~study}", "file = {a  b.pdf}"),
    "uni-bidi": ("note = {\u05d0\u200f\u05d1}",),
    "uni-invisible": (
        "note = {\u0646\u200c\u0645}",
        "note = {\u845b\U000e0100}",
        "note = {❤\ufe0f}",
        "note = {👩\u200d💻}",
    ),
    "uni-mixed-script": ("note = {β-carotene, μm, Δt}", "note = {Москва}", "note = {XIX век}", r"note = {$xα$}"),
    "fld-required": (
        "@conference{a, author = {Roe, Ann}, title = {A}, booktitle = {Tea}, year = 2020}",
        "@article{a, author = {Roe, Ann}, title = {A}, journaltitle = {Tea}, year = 2020}",
        "@phdthesis{a, author = {Roe, Ann}, title = {A}, institution = {Tea}, year = 2020}",
        "@article{a, author = {Roe, Ann}, title = {A}, journal = {Tea}, year = {in press}}",
        "@article{a, author = {Roe, Ann}, title = {A}, journal = {Tea}, pubstate = {forthcoming}}",
        "@thesis{a, author = {Roe, Ann}, title = {A}, type = {phdthesis}, school = {Tea}, date = {2020}}",
        (
            "@inproceedings{a, author = {Roe, Ann}, title = {A}, crossref = {b}}\n"
            "@proceedings{b, title = {Tea}, year = 2020}"
        ),
        "@tea{a, title = {A}}",
        "@xdata{a, title = {A}}",
    ),
    "fld-unknown": (
        "author+an = {1=me}, bdsk-url-1 = {x}, keywords = {tea}, pubtrack-ignore = {}",
        "DOI = {10.1000/1}",
    ),
    "fld-type-clash": (
        "@inproceedings{a, booktitle = {Tea}, journal = {Tea}}",
        f"{_ARTICLE}, booktitle = {{Tea}}}}",
        "@article{a, journal = {Journal of arXiv Studies}}",
    ),
    "fld-year": (
        "@misc{a, year = {n.d.}}",
        "@misc{a, year = {to appear}}",
        "@misc{a, date = {2020-05-17/2020-05-19}}",
        "@misc{a, date = {1990~}}",
        "@misc{a, date = {2020}, year = 2020}",
        r"@misc{a, year = {{\noopsort{b}}1999}}",
        "@misc{a, date = {199X}}",
        "@misc{a, date = {2020-21}}",
    ),
    "fld-year-future": (
        "@misc{a, year = 2026}",
        "@misc{a, year = {2027}, pubstate = {inpress}}",
        "@misc{a, note = {2099}}",
    ),
    "fld-month": (
        "month = may",
        'month = jan # "~1"',
        "month = {July/August}",
        f"{_ONLINE}, month = {{3}}}}",
        "month = {Spring}",
    ),
    "fld-pages-dash": ("pages = {12--19}", "pages = {A-12}", "pages = {101-1}", "pages = {10.1-10.9}"),
    "fld-pages-reversed": (
        "pages = {998--1002}",
        "pages = {199--201}",
        "pages = {5-2}",
        "pages = {iv--xi}",
        "pages = {e1--5}",
        "pages = {12:1--12:9}",
    ),
    "fld-pages-eid": (
        "@article{a, author = {Roe, Ann}, title = {A}, journaltitle = {Tea}, date = {2020}, pages = {12--19}}",
        f"{_ARTICLE}, pages = {{e012345}}}}",
    ),
    "fld-volume": (f"{_ARTICLE}, volume = {{34--35}}}}", f"{_ARTICLE}, volume = {{B12}}}}", "number = {Report No. 5}"),
    "fld-edition": ("edition = {Second}", f"{_ONLINE}, edition = {{2}}}}", "edition = {3}"),
    "fld-howpublished": (
        r"howpublished = {\url{https://tea.org}}",
        "howpublished = {https://tea.org}",
        f"{_ONLINE}, howpublished = {{online}}}}",
    ),
    "fld-note": ("note = {arXiv:2001.00001}", "note = {See Tea}", "note = {eBook}"),
    "fld-booktitle": ("@inproceedings{a, booktitle = {Proceedings of the 12th Conference on Tea (TEA 2020)}}",),
    "fld-journal-style": (
        "@article{a, journal = {Physical Review A}}\n@article{b, journal = {Physical Review B}}",
        "@article{a, journal = {J. Tea}}\n@article{b, journal = {Journal of Tea}}\n@article{c, journal = {Jar of Tea}}",
        "@article{a, journal = {{Tea}}}\n@article{b, journal = {Tea}}",
    ),
    "ttl-protect": (
        "@misc{a, title = {{NeRF} for tea}}",
        "@misc{a, title = {Multi-Task Learning: A Study}}",
        "@book{a, title = {DNA}}",
        "@misc{a, title = {Tea: Bayesian views}}",
        r"@misc{a, title = {The $DNA$ of \emph{DNA}}}",
        "@misc{a, title = {A STUDY OF TEA AND RAIN}}",
        "@misc{a, title = {Vitamin C and a T-shirt}}",
        "@misc{a, title = {10th Tea}}",
    ),
    "ttl-overprotect": ("@misc{a, title = {{Tea} and {Rain}}}", "@misc{a, title = {{Tea}}}"),
    "ttl-caps": ("@misc{a, title = {NASA}}", "@misc{a, title = {DNA, RNA}}", "@misc{a, title = {日本語 の 題}}"),
    "ttl-dot": ("@misc{a, title = {Tea et al.}}", "@misc{a, title = {Tea...}}", "@misc{a, title = {Made in the U.S.}}"),
    "ttl-retracted": ("@misc{a, title = {Retracted articles and their fate}}", "@misc{a, title = {Withdrawal}}"),
    "nam-syntax": (
        "author = {Roe, U. A.}",
        "author = {Moe, Tim and Roe, U.A.}",
        "author = {Roe, Ann and others}",
        "author = {{Tea; Rain}}",
        "author = {van der Roe, Jr., Ann}",
        "author = {Roe, A. and {Team 5}}",
        r"author = {M{\"u}ller, J. and Anderson, B.}",
        "author = {family=Roe, given=Ann, prefix=von der, useprefix=true}",
        "author = {Fernand and Ferdinand}",
    ),
    "nam-group": (
        "author = {{Tea Institute}}",
        "author = {Institute, Ann}",
        "author = {Team, Tim}",
        "author = {Networks, Ann}",
    ),
    "nam-placeholder": (
        "author = {Doe, Janet}",
        "author = {Smith, John}",
        "author = {Last, Ann}",
        "author = {First, Ruth}",
    ),
    "nam-caps": (
        "author = {LI, Wei}",
        "author = {{NASA}}",
        "author = {O'Neill, Ann}",
        "author = {{UNESCO} and Roe, A.}",
    ),
    "nam-mark": (
        "author = {Roe, Ann}, author+an = {1=equal,corresponding,highlight,me}",
        "author = {Roe, Ann and Doe, Tim}, author+an = {1-2=equal; 2:family=student}",
        "author = {Roe, Ann}, author+an = {=equal}",
        'author = {Roe, Ann}, author+an = {1="first author"}',
        "author = {Roe, Ann}, author+an:role = {1=director}",
        'author = {Roe, Ann}, author+an:affiliation = {1="Tea, Inc."}',
        "title+an = {1=equal}",
    ),
    "nam-orcid": ("orcid = {0000-0002-1825-0097}", "orcid = {https://orcid.org/0000-0002-1694-233X}"),
    "id-doi-syntax": (
        "doi = {10.1000/182}",
        "doi = {10.1002/(SICI)1097(199)1:2<3::AID-T>3.0.CO;2-9}",
        "doi = {10.1000.10/x}",
    ),
    "id-doi-url": ("url = {https://tea.org}, doi = {10.1000/182}",),
    "id-doi-other": (
        "@misc{a, year = 2021, doi = {10.1109/TEA12345.2020.12345}}",
        "@misc{a, year = 1990, doi = {10.1000/2020.123}}",
        "@article{a, year = 2022, journal = {IEEE TPAMI}, doi = {10.1109/TPAMI.2018.12345}}",
        (
            "@inproceedings{a, year = 2022, doi = {10.1109/CVPR52688.2022.00751},\n"
            "  booktitle = {2022 Conference on Computer Vision and Pattern Recognition (CVPR)}}"
        ),
        ("@inproceedings{c, year = 2022, booktitle = {CVPR}, doi = {10.1109/CVPR52688.2022.00751}}"),
        (
            "@inproceedings{a, year = 2022, doi = {10.1609/AAAI.V36I2.20128},\n"
            "  booktitle = {Proceedings of the AAAI Conference on Artificial Intelligence}}"
        ),
    ),
    "id-isbn": ("isbn = {9780306406157}", "isbn = {0-8044-2957-X}", "isbn = {978 0 306 40615 7}", "isbn = {none}"),
    "id-issn": ("issn = {0378-5955}", "issn = {2434561X}", "issn = {0378-5955 (print), 2434-561X (online)}"),
    "id-arxiv": (
        "eprint = {math/0309136}, archivePrefix = {arXiv}",
        "eprint = {0704.0001v2}, archivePrefix = {arXiv}",
        "eprint = {2001.00001}, archivePrefix = {arXiv}, year = 2019",
        "eprint = {123}, archivePrefix = {HAL}",
        "eprint = {https://arxiv.org/abs/2001.00001}, archivePrefix = {arXiv}",
        "eprint = {10.1000/1}",
        f"{_ARTICLE}, eprint = {{2101.00001}}, archivePrefix = {{arXiv}}}}",
    ),
    "id-url": (
        "url = {http://tea.org}",
        r"url = {https://tea.org/a\_b}",
        "url = {ftp://tea.org/x}",
        "url = {doi:10.1000/1}",
    ),
    "dup-doi": (
        "@misc{a, doi = {10.1000/1}}\n@misc{b, doi = {10.1000/2}}",
        "@proceedings{a, doi = {10.1000/1}}\n@inproceedings{b, title = {B}, doi = {10.1000/1}, crossref = {a}}",
    ),
    "dup-arxiv": ("@misc{a, eprint = {2001.00001}}\n@article{b, journal = {Tea}, eprint = {2001.00001}}",),
    "dup-fuzzy": (
        (
            "@proceedings{a, title = {Proceedings of the Annual Conference on Green Tea}, year = 2020}\n"
            "@proceedings{b, title = {Proceedings of the Annual Conference on Green Tea}, year = 2021}"
        ),
        (
            "@book{a, author = {Roe, Ann}, title = {Growing Green Tea in Autumn Rain}, year = 2020}\n"
            "@book{b, author = {Moe, Tim}, title = {Growing Green Tea in Autumn Rain}, year = 2020}"
        ),
        (
            "@book{a, author = {Roe, Ann}, title = {On Tea, Part 1}, year = 2020}\n"
            "@book{b, author = {Roe, Ann}, title = {On Tea, Part 2}, year = 2020}"
        ),
        (
            "@book{a, author = {Roe, Ann}, title = {Growing Green Tea in Autumn Rain}, year = 2020}\n"
            "@book{b, author = {Roe, Ann}, title = {Growing Green Tea in Autumn Rain}, year = 1990}"
        ),
    ),
    "dup-preprint": ("@misc{a, title = {Tea}, eprint = {2001.00001}}\n@article{b, title = {Rain}, journal = {Tea}}",),
    "key-pattern": ("@misc{roe2009, title = {A}, year = 2009}", "@misc{arXiv:2001.01234, title = {A}, year = 2021}"),
    "key-chars": ("@misc{a:b-c/d_e+2020, title = {A}}", "@misc{müller2020, title = {A}}"),
}
"""What each rule must leave alone."""


def entry(row: str) -> str:
    """The BibTeX of a row."""
    return row if row.startswith(("@", "misc{", "Some")) else f"@misc{{study2020, title = {{A study}}, {row}}}"

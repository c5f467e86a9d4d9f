"""Venues that are cited under names which no rule derives from each other: acronym to full names.

Each line is one venue: its acronyms, then its names, `|` between. The list holds what computer science cites most; a
venue that is not in it is compared by its words alone.
"""

from __future__ import annotations

_VENUES = """
aaai | conference on artificial intelligence of the association for the advancement of artificial intelligence | aaai conference on artificial intelligence | national conference on artificial intelligence
acl | annual meeting of the association for computational linguistics | meeting of the association for computational linguistics | association for computational linguistics
aij | artificial intelligence
aistats | conference on artificial intelligence and statistics | workshop on artificial intelligence and statistics
bmvc | british machine vision conference
cav | computer aided verification
ccs | conference on computer and communications security
chi | conference on human factors in computing systems | human factors in computing systems
cikm | conference on information and knowledge management | conference on information knowledge management
coling | conference on computational linguistics
colt | conference on learning theory | conference on computational learning theory | workshop on computational learning theory
conll | conference on computational natural language learning | conference on natural language learning
corl | conference on robot learning
crypto | annual international cryptology conference | advances in cryptology crypto
cvpr | conference on computer vision and pattern recognition | computer society conference on computer vision and pattern recognition
dmkd | data mining and knowledge discovery
eacl | conference of the european chapter of the association for computational linguistics
eccv | european conference on computer vision | computer vision eccv
ecml pkdd, ecml, pkdd | european conference on machine learning and principles and practice of knowledge discovery in databases | machine learning and knowledge discovery in databases | european conference on machine learning
emnlp | conference on empirical methods in natural language processing | empirical methods in natural language processing | empirical methods in natural language processing and international joint conference on natural language processing
focs | symposium on foundations of computer science | foundations of computer science
icalp | colloquium on automata languages and programming | automata languages and programming
icassp | conference on acoustics speech and signal processing
iccv | conference on computer vision
icde | conference on data engineering
icdm | conference on data mining
iclr | conference on learning representations | learning representations
icml | conference on machine learning
icra | conference on robotics and automation
icse | conference on software engineering
icwsm | conference on web and social media | conference on weblogs and social media
ijcai | joint conference on artificial intelligence | joint conferences on artificial intelligence
ijcnn | joint conference on neural networks
interspeech | conference of the international speech communication association
iros | conference on intelligent robots and systems
jmlr | journal of machine learning research
kdd, sigkdd | conference on knowledge discovery and data mining | conference on knowledge discovery data mining
miccai | medical image computing and computer assisted intervention
mlsys, sysml | conference on machine learning and systems | machine learning and systems
mlj | machine learning
mm, acm mm | conference on multimedia
naacl, naacl hlt | conference of the north | conference of the north american chapter of the association for computational linguistics | conference of the north american chapter of the association for computational linguistics human language technologies | north american chapter of the association for computational linguistics
ndss | network and distributed system security symposium
neurips, nips | conference on neural information processing systems | neural information processing systems | advances in neural information processing systems
nn | neural networks
nsdi | symposium on networked systems design and implementation
osdi | symposium on operating systems design and implementation
pldi | conference on programming language design and implementation
pnas | proc natl acad sci u s a | proc natl acad sci usa | proc natl acad sci | proceedings of the national academy of sciences usa | proceedings of the national academy of sciences | proceedings of the national academy of sciences of the united states of america
pods | symposium on principles of database systems
popl | symposium on principles of programming languages
pr | pattern recognition
pvldb, vldb | proceedings of the vldb endowment | conference on very large data bases | very large data bases | conference on very large databases
rss | robotics science and systems
sigcomm | conference on applications technologies architectures and protocols for computer communications
siggraph | conference on computer graphics and interactive techniques | special interest group on computer graphics and interactive techniques conference
sigir | conference on research and development in information retrieval
sigmod | conference on management of data
soda | symposium on discrete algorithms
sosp | symposium on operating systems principles
s&p, ieee s&p, oakland | symposium on security and privacy
stoc | symposium on theory of computing
tacl | transactions of the association for computational linguistics
tmlr | transactions on machine learning research
tods | transactions on database systems
tog | transactions on graphics
tpami, pami | transactions on pattern analysis and machine intelligence
uai | conference on uncertainty in artificial intelligence | uncertainty in artificial intelligence
uist | symposium on user interface software and technology
usenix security | security symposium
wacv | winter conference on applications of computer vision
wsdm | conference on web search and data mining
www, thewebconf, web conference | world wide web conference | conference on world wide web | web conference
"""  # noqa: E501
# One line a venue, however many names it has: broken lines would hide what belongs together.

VENUES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (tuple(word.strip() for word in acronyms.split(",")), tuple(name.strip() for name in names))
    for acronyms, *names in (line.split("|") for line in _VENUES.strip().splitlines())
)
"""The acronyms and the full names of each, in small letters without years and ordinals."""

KIN: frozenset[frozenset[str]] = frozenset(
    frozenset(name.strip() for name in pair.split("="))
    for pair in """
    siggraph = tog; sigmod = proceedings acm management data; pvldb = vldb journal; ecml pkdd = mlj; ecml pkdd = dmkd;
    popl = proceedings acm programming languages; pldi = proceedings acm programming languages;
    icfp = proceedings acm programming languages; oopsla = proceedings acm programming languages;
    cscw = proceedings acm human computer interaction; icra = robotics automation letters;
    iros = robotics automation letters; ismb = bioinformatics; ieee vis = tvcg;
    ches = transactions cryptographic hardware embedded systems""".split(";")
)
"""Pairs of venues, by their first acronym or their words, whose papers appear in each other's pages: one for the other
is not a contradiction."""

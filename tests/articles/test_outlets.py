"""Whether a page or feed is the outlet that it says it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import outlets
from bot.articles.lookalikes import fold
from bot.articles.outlets import MAX_HOST_LENGTH, find_outlet, find_outlet_by_domain, one_per_outlet
from bot.config import KnownName
from bot.search.engine.words import name_words
from tests.samples import card

KNOWN = (
    KnownName("Reuters", aliases=("rtrs",), domains=("reuters.com",)),
    KnownName("BBC", aliases=("beeb", "bbc news"), domains=("BBC.co.uk", "bbc.com")),
    KnownName("Associated Press", aliases=("ap", "the ap"), domains=("apnews.com",)),
    KnownName("The New York Times", aliases=("nyt", "new york times"), domains=("nytimes.com",)),
    KnownName("Le Quai", domains=("le-quai.example", "quaï.example", "medium.com/@quai")),
    KnownName("Halyard"),
    KnownName("Quay-Lock Press"),
    KnownName("Ναύς"),
)
BLANK = "\u2800"
THAI_MARK = "\u0e47"
ELSEWHERE = "https://www.rogue.example/a"


@pytest.mark.parametrize(
    ("address", "outlet"),
    [
        ("https://www.bbc.co.uk/news/1", "BBC"),
        ("https://bbc.com", "BBC"),
        ("http://Reuters.com.:8443/a", "Reuters"),
        ("https://uk.reuters.com/a", "Reuters"),
        ("https://xn--qua-1ma.example/", "Le Quai"),
        ("https://quaï.example/", "Le Quai"),
        ("https://notbbc.com/", None),
        ("https://bbc.com.rogue.example/", None),
        ("https://rogue.example/reuters.com", None),
        ("https://rogue.example?reuters.com", None),
        ("https://reuters.com@rogue.example/", None),
        ("https://rogue.example#@reuters.com", None),
        ("https://xn--ruters-4of.com/", None),
        ("https://rеuters.com/", None),  # with a Cyrillic letter
        ("https://www-reuters-com.cdn.example/c/s/www.reuters.com/a", None),
        ("https://medium.com/@rogue", None),
        *((none, None) for none in ("", "a.html", "http://[", "https:///", "https://.com/")),
    ],
)
def test_an_outlet_is_known_by_its_domains(address: str, outlet: str | None) -> None:
    assert find_outlet_by_domain(address, KNOWN) == outlet


@pytest.mark.parametrize(
    "named",
    [
        *(
            "Reuters",
            "reuters",
            "REUTERS",
            "Rtrs",
            "BBC News",
            "AP",
            "A.P.",
            "The AP",
            "The Halyard",
        ),
        *("New York Times", "the new york times", "Associated  Press", "LE QUAI", "Lé Quai"),
        *("Reuters®", "Reuters™", "Reuters.", "“Reuters”", "@Reuters", "Reuter's", "🌐 Reuters"),
        *("Reuters | World", "World – Reuters", "Reuters: Markets", "Reuters - UK", "(Reuters)"),
        *(
            "Reuters/AP",
            "Home » BBC News",
            "Reuters\N{NO-BREAK SPACE}",
            "Reuters\u3000｜\u3000World",
        ),
        *("Reuters.com", "www.reuters.com", "https://www.reuters.com/world", "uk.reuters.com"),
        *("AP News", "APNews", "NYTimes"),
        *(
            "Ｒｅｕｔｅｒｓ",
            "Reu\u200bters",
            "\u2066Reuters\u2069",
            "R e u t e r s",
            "Reu\u00adters",
        ),
        *(
            "Rеutеrs",
            "Rεuτεrs",
            "ʀᴇᴜᴛᴇʀs",
            "𝐑𝐞𝐮𝐭𝐞𝐫𝐬",
            "Ɍeuters",
            "R̲e̲u̲t̲e̲r̲s̲",
            "Reut℮rs",
            "Reu\u3164ters",
            "ВВС",
            "ΑΡ",
            "Associated Preß",
            "ΝΑΎΣ",
        ),
        *("@reuters.com", "✔ Reuters.com", "Reuters.com!", "Reuters com.", "medium com quai"),
        *(
            "Reuters’s",
            "Reutersʼ",
            "Reutersʼs",
            "Reutersˑ",
            "BBC's\u0903News",
            "‘Reuters’ World",
            "Reuters. World",
        ),
        *(f"Reuters {char} World" for char in "│∣ǀ¦∙⋅‧●→~+−‐▸_*丨ㅣ一lI˗"),
        *("Reuters -World", "World-Reuters", "Reuters丨World", "Quay-Lock Press-World"),
        *("Reutersᵀᴹ", "Reutersⓡ", "Reuters²", "Reuters🅡", "ᴿᵉᵘᵗᵉʳˢ", "Ⓡⓔⓤⓣⓔⓡⓢ", "🅱🅱🅲"),
        *("Reuters Inc.", "Reuters, Ltd", "Reuters Co. LLC", "REUTERS GMBH", "Reuters S.A."),
        *("Reսters", "Reuტers", "Reuteɾs", "ꓣꓰꓴꓔꓰꓣꓢ", "ꓐꓐꓚ", "ᏴᏴᏟ", "ᖇEᑌTEᖇᔕ", "ВᏴС"),
        *("Reuters" + 220 * blank for blank in "\u2800\u200b\u3164\ufe0f\u0301"),
        f"Reuters{220 * THAI_MARK}Gazette",
    ],
)
def test_a_known_name_counts_only_at_home(named: str) -> None:
    assert find_outlet(named, ELSEWHERE, KNOWN) == "rogue.example"
    assert find_outlet(named, "https://reuters.com.rogue.example/", KNOWN) == (
        "reuters.com.rogue.example"
    )
    assert find_outlet(named, "http://127.0.0.1:8080/a", KNOWN) == "127.0.0.1"
    assert find_outlet(named, "https://www.reuters.com/a", KNOWN) == "Reuters"
    assert find_outlet(named, "", KNOWN) is None


def test_a_long_host_is_shown_by_its_domain() -> None:
    address = f"https://www.reuters.com.{'a' * 40}.rogue.example/"
    assert find_outlet("Reuters", address, KNOWN) == "rogue.example"


@pytest.mark.parametrize("domain", ["medium.com", "substack.com", f"{'b' * 60}.example"])
def test_of_a_long_domain_the_end_is_shown(domain: str) -> None:
    outlet = find_outlet("Reuters", f"https://reuters.com.{'a' * 40}.{domain}/", KNOWN)
    assert outlet is not None
    assert len(outlet) == MAX_HOST_LENGTH
    assert outlet.startswith("…")
    assert domain.endswith(outlet[-8:])


@pytest.mark.parametrize("host", ["associated.press", "bbc.news", "bbc", "the.bbc"])
def test_a_host_resembling_an_outlet_is_shown_as_address(host: str) -> None:
    assert find_outlet("Reuters", f"https://{host}/a", KNOWN) == f"https://{host}"


@pytest.mark.parametrize(
    ("named", "seen"),
    [
        (f"Reuters{220 * BLANK}Gazette", "Reuters Gazette"),
        ("Tide\u200bwater \u2066Post\u2069", "Tidewater Post"),
        ("T̲i̲d̲e̲w̲a̲t̲e̲r̲", "Tidewater"),
        ("Cafe\u0301 Post", "Café Post"),
        ("همشهری\u200cآنلاین", "همشهری\u200cآنلاین"),
        ("\u200b", None),
    ],
)
def test_a_name_is_kept_as_it_is_seen(named: str, seen: str | None) -> None:
    assert find_outlet(named, ELSEWHERE, KNOWN) == seen


def test_the_host_of_an_outlets_feeds_gives_it_no_name() -> None:
    known = (KnownName("Halyard", domains=("halyard.example", "feeds.quay.example")),)
    assert find_outlet_by_domain("https://feeds.quay.example/rss", known) == "Halyard"
    assert find_outlet_by_domain("https://quay.example/rss", known) is None
    assert [find_outlet(named, ELSEWHERE, known) for named in ("Quay", "Feeds")] == [
        "Quay",
        "Feeds",
    ]


@pytest.mark.parametrize(
    "named",
    [
        *("The Tidewater Post", "Reuterswerk", "Cap", "Press Association", "York Times", "The"),
        *("Irish Times", "BBC Good Food", "Правда", "新华社", "|", "🌐", "Associated", "Quai"),
        *("A股", "BBC中文", "Halyard & Star", "Известия", "Ազգ", "Τα Νέα", "आज तक", "조선일보"),
        *("L’Équipe", "Süddeutsche Zeitung", "St. Louis Post-Dispatch", "Press Inc."),
    ],
)
def test_every_other_name_is_kept(named: str) -> None:
    assert find_outlet(named, ELSEWHERE, KNOWN) == named
    assert find_outlet(named, "", KNOWN) == named


def test_without_a_name_the_outlet_is_unknown() -> None:
    assert find_outlet(None, ELSEWHERE, KNOWN) is None
    assert find_outlet(None, "https://apnews.com/1", KNOWN) == "Associated Press"


NAMES = [name for one in KNOWN for name in (one.name, *one.aliases)]
ODD = st.text(st.sampled_from("\u200b\u200c\u00ad\ufeff\u2060\u00a0 \u3000.!®™*’"), max_size=3)
LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)


@given(st.sampled_from(NAMES), ODD, ODD, ODD, st.lists(LABELS, min_size=1, max_size=3))
def test_no_host_but_its_own_makes_an_outlet_known(
    name: str, before: str, within: str, behind: str, labels: list[str]
) -> None:
    dressed = f"{before}{name[:2]}{within}{name[2:]}{behind}"
    host = ".".join((*labels, "example"))
    outlet = find_outlet(dressed, f"https://{host}/{name}?{name}#{name}", KNOWN)
    at_home = find_outlet_by_domain(f"https://{host}", KNOWN)
    assert outlet == (at_home or host.removeprefix("www."))


BETWEEN = st.text(
    st.sampled_from(" .-_|&'’ʼˈˊ´˂ßſǀ\u200b\u0301\u0903\ua670\u3164™ᵀsS®·$℮🅐\U0001f310"), max_size=3
)
DOTTED = [".".join(name_words(name)) for name in NAMES]


@st.composite
def spoofed(draw: st.DrawFn) -> str:
    """A known name or domain with anything between some of its letters."""
    name = draw(st.sampled_from([*NAMES, *(own for one in KNOWN for own in one.domains)]))
    name = draw(st.sampled_from([name, name.upper(), name.title()]))
    at = draw(st.integers(0, len(name)))
    return "".join((draw(BETWEEN), name[:at], draw(BETWEEN), name[at:], draw(BETWEEN)))


@given(spoofed(), st.sampled_from(["rogue.example", *DOTTED, *(f"the.{one}" for one in DOTTED)]))
def test_no_kept_name_is_found_by_a_known_one(named: str, host: str) -> None:
    known = {name_words(name) for one in KNOWN for name in (one.name, *one.aliases, *one.domains)}
    outlet = find_outlet(named, f"https://{host}/", KNOWN)
    assert outlet is None or name_words(outlet) not in known


@given(st.text(), st.text())
def test_any_name_and_address_can_be_judged(named: str, address: str) -> None:
    known = {one.name for one in KNOWN}
    outlet = find_outlet(named, address, KNOWN)
    if outlet in known:
        assert outlet == find_outlet_by_domain(address, KNOWN)


SITE, OTHER = "https://a.rogue.example/feed", "https://b.other.example/feed"


@pytest.mark.parametrize(
    ("articles", "counted"),
    [
        # outlet, claimed outlet, origin
        ([("One", "One", SITE), ("Two", "Two", SITE)], ["One"]),
        ([("One", "One", SITE), ("Two", "Two", OTHER)], ["One", "Two"]),
        ([("One", "One", SITE), ("One", "One", OTHER)], ["One"]),
        ([("One", "One", SITE), ("Two", None, SITE)], ["One", "Two"]),
        ([("One", "One", SITE), ("b.rogue.example", "Reuters", SITE)], ["One"]),
        ([("One", "One", SITE), ("Two", "Two", SITE), ("Two", "Two", OTHER)], ["One", "Two"]),
        ([("One", "One", "in/a.eml"), ("Two", "Two", "in/b.eml")], [None]),
        ([("One", "One", "in/a.eml"), ("Two", "Two", "out/b.eml")], [None, None]),
        ([("One", None, "in/a.jsonl#1"), ("Two", None, "in/a.jsonl#2")], ["One", "Two"]),
        ([(None, "Reuters", "in/a.eml"), (None, None, SITE)], [None, None]),
        ([("Corrected", "One", SITE), ("Two", "Two", SITE)], ["Corrected", "Two"]),
    ],
)
def test_outlets_count_by_name_and_by_publisher(
    articles: list[tuple[str | None, str | None, str]], counted: list[str | None]
) -> None:
    cards = [
        card(id=str(number), outlet=outlet, claimed_outlet=claimed, origin=origin)
        for number, (outlet, claimed, origin) in enumerate(articles)
    ]
    assert [one.outlet for one in one_per_outlet(cards)] == counted


@pytest.mark.parametrize(
    "part", ["a inc. ltd. ", "a | ", "re\u0435\ua4d0|", "\ufdfa", "™x", "é", THAI_MARK + "a"]
)
def test_of_a_long_name_little_is_compared(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[str] = []
    monkeypatch.setattr(outlets, "fold", lambda text: (folded.append(text), fold(text))[1])
    find_outlet(part * (2_000 // len(part)), ELSEWHERE, KNOWN)
    assert max(map(len, folded)) <= 201


@pytest.mark.parametrize("hidden", [THAI_MARK, "\u0301", "\u0e31"])
def test_hidden_characters_do_not_push_a_name_out(hidden: str) -> None:
    assert find_outlet(f"{hidden * 1_000}Reuters", ELSEWHERE, KNOWN) == "rogue.example"

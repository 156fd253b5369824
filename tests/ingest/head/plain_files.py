"""Plain files as newsrooms write them, each with what a person reads as its title, byline, date."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

STORY = (
    "The ferry to Osk stayed in port on Monday after its rudder jammed, the operator said.\n\n"
    '"We will sail when the part arrives," said Lina Obrecht, who runs the line.\n'
)
LONG = (
    "Councillors in Marrick voted late on Tuesday to keep the swimming baths open "
    "for another year, though the roof needs repairs that the town says it cannot afford.\n"
)
TWELFTH = date(2026, 11, 12)


class PlainFile(NamedTuple):
    """A file's text, and how a person reads what stands above the story."""

    what: str
    text: str
    title: str | None = None
    byline: str | None = None
    on: date | None = None
    is_markdown: bool = False


_HEADED = [
    PlainFile("a headline", f"Ferry stays in port\n\n{STORY}", "Ferry stays in port"),
    PlainFile("no headline", STORY),
    PlainFile("one paragraph", "The ferry to Osk stayed in port on Monday, the operator said"),
    PlainFile("one line that could be a headline", "Ferry stays in port"),
    PlainFile("a headline and nothing below", "Ferry stays in port\n\n"),
    PlainFile(
        "everything",
        f"Ferry stays in port\n\nBy Priya Nair\n\n12 November 2026\n\n{STORY}",
        "Ferry stays in port",
        "Priya Nair",
        TWELFTH,
    ),
    PlainFile(
        "everything in one block, with Windows line ends",
        "Ferry stays in port\r\nBy Priya Nair\r\nNovember 12, 2026\r\n\r\n"
        + STORY.replace("\n", "\r\n"),
        "Ferry stays in port",
        "Priya Nair",
        TWELFTH,
    ),
    PlainFile(
        "blank lines first", f"\n  \n\nFerry stays in port\n\n\n{STORY}", "Ferry stays in port"
    ),
    PlainFile("a question", f"Who will mend the ferry?\n\n{STORY}", "Who will mend the ferry?"),
    PlainFile("a cry", f"Hands off our ferry!\n\n{STORY}", "Hands off our ferry!"),
    PlainFile(
        "an abbreviation within",
        f"U.S. to act on St. Osk ferry\n\n{STORY}",
        "U.S. to act on St. Osk ferry",
    ),
    PlainFile(
        "an abbreviation at the end",
        f"Ferry part held up in U.S.\n\n{STORY}",
        "Ferry part held up in U.S.",
    ),
    PlainFile(
        "a quotation in the headline",
        f"“We will sail”: ferry line sets a date\n\n{STORY}",
        "“We will sail”: ferry line sets a date",
    ),
    PlainFile(
        "a headline that names who said it",
        f"Ferry will sail by Friday, operator says\n\n{STORY}",
        "Ferry will sail by Friday, operator says",
    ),
    PlainFile(
        "two lines, the second in small letters",
        f"Ferry to Osk stays in port while\nits operator waits for a part\n\n{STORY}",
        "Ferry to Osk stays in port while its operator waits for a part",
    ),
    PlainFile(
        "a headline with a deck directly below",
        f"Ferry stays in port\nOperator waits for a part from abroad\n\nBy Priya Nair\n\n{STORY}",
        "Ferry stays in port",
        "Priya Nair",
    ),
    PlainFile(
        "a headline with a deck that is a sentence",
        f"Ferry stays in port\n\nThe operator waits for a part.\n\nBy Priya Nair\n\n{STORY}",
        "Ferry stays in port",
        "Priya Nair",
    ),
    PlainFile(
        "an underlined headline",
        f"Ferry stays in port\n===================\n\n{STORY}",
        "Ferry stays in port",
    ),
]

_FURNITURE = [
    PlainFile(
        "a section above", f"OPINION\n\nFerry folly\nat Osk\n\n{STORY}", "Ferry folly at Osk"
    ),
    PlainFile("only a section", f"Local news\n\n{STORY}"),
    PlainFile(
        "a section in the headline's line",
        f"OPINION | Let the ferry rust\n\n{STORY}",
        "OPINION | Let the ferry rust",
    ),
    PlainFile(
        "the outlet above",
        f"The Meridian Post\n\nFerry stays in port\n\n{STORY}",
        "Ferry stays in port",
    ),
    PlainFile("only the outlet", f"THE MERIDIAN POST\n\n{STORY}"),
    PlainFile(
        "an embargo above",
        f"EMBARGOED UNTIL 00:01 12 NOVEMBER 2026\n\nFerry stays in port\n\n{STORY}",
        "Ferry stays in port",
    ),
    PlainFile(
        "a press release",
        "PRESS RELEASE\nFor immediate release\n12 November 2026\n\n"
        f"Ferry line orders a new rudder\n\nOSK — {STORY}\nENDS\n",
        "Ferry line orders a new rudder",
        on=TWELFTH,
    ),
    PlainFile(
        "a word before the headline",
        f"BREAKING: Ferry adrift off Osk\n\n{STORY}",
        "BREAKING: Ferry adrift off Osk",
    ),
    PlainFile("only a word", f"BREAKING:\n\n{STORY}"),
    PlainFile(
        "a slug and a word count",
        f"ferry-osk-1211\nWords: 420\n\nFerry stays in port\n\n{STORY}",
        "Ferry stays in port",
    ),
    PlainFile(
        "named fields",
        "Headline: Ferry stays in port\nByline: Priya Nair\nDate: 2026-11-12\nDesk: Local\n\n"
        + STORY,
        "Ferry stays in port",
        "Priya Nair",
        TWELFTH,
    ),
    PlainFile(
        "an e-mail's head",
        "From: Press Office <press@osk.example>\nTo: newsdesk@post.example\n"
        f"Subject: FW: Ferry stays in port\nDate: Thu, 12 Nov 2026 09:30:00 +0000\n\n{STORY}",
        "Ferry stays in port",
        on=TWELFTH,
    ),
    PlainFile(
        "a note to editors",
        f"(Updates with quote from the operator)\n\nFerry stays in port\n\n{STORY}",
        "Ferry stays in port",
    ),
]

_BYLINES = [
    PlainFile("a byline alone", f"By Priya Nair\n\n{STORY}", byline="Priya Nair"),
    PlainFile(
        "two names and their roles",
        f"Ferry stays in port\n\nBy Priya Nair and Tom Okafor, Transport Correspondents\n\n{STORY}",
        "Ferry stays in port",
        "Priya Nair and Tom Okafor",
    ),
    PlainFile(
        "a place or a name in capitals",
        f"Ferry stays in port\n\nLOWER ARLE\n\n{STORY}",
        "Ferry stays in port",
    ),
    PlainFile(
        "words by, pictures by",
        f"Ferry stays in port\n\nWords: Priya Nair | Pictures: Tom Okafor\n\n{STORY}",
        "Ferry stays in port",
        "Priya Nair",
    ),
    PlainFile(
        "a byline with a place and a day",
        f"Ferry stays in port\n\nBy Priya Nair in Port Sellan | Nov. 12, 2026\n\n{STORY}",
        "Ferry stays in port",
        "Priya Nair",
        TWELFTH,
    ),
    PlainFile(
        "a story that begins with By",
        f"By Tuesday the ferry will sail again, its operator hopes.\n\n{STORY}",
    ),
    PlainFile(
        "a headline that begins with By",
        f"By sea or by air, Osk is cut off\n\n{STORY}",
        "By sea or by air, Osk is cut off",
    ),
]

_DATES = [
    PlainFile("a dateline without its year", f"PORT SELLAN, Nov. 12 (Meridian) — {STORY}"),
    PlainFile("a dateline", f"PORT SELLAN, Nov. 12, 2026 /Meridian/ -- {STORY}", on=TWELFTH),
    PlainFile(
        "a dateline of a press release",
        f"PRESS RELEASE\n\nFerry stays in port\n\nPort Sellan, 12 November 2026 – {STORY}",
        "Ferry stays in port",
        on=TWELFTH,
    ),
    PlainFile("a day that the story tells of", f"Berlin, 9 November 1989 – {STORY}"),
    PlainFile(
        "a dateline without a full stop below",
        f"PORT SELLAN, 12 November 2026 – The ferry stays in port\n\n{STORY}",
        on=TWELFTH,
    ),
    PlainFile(
        "a day without its year",
        f"Ferry stays in port\n\n12 November\n\n{STORY}",
        "Ferry stays in port",
    ),
    PlainFile("a day that could be two", f"11/12/2026\n\n{STORY}"),
    PlainFile("a day in dots", f"12.11.2026\n\n{STORY}", on=TWELFTH),
    PlainFile(
        "published, with a time",
        f"Ferry stays in port\nPublished: Thursday, 12th November 2026 at 10.30am GMT\n\n{STORY}",
        "Ferry stays in port",
        on=TWELFTH,
    ),
    PlainFile(
        "published and updated",
        f"Ferry stays in port\n\nUpdated 13 November 2026\nPublished 12 November 2026\n\n{STORY}",
        "Ferry stays in port",
        on=TWELFTH,
    ),
    PlainFile("no such day", f"31 November 2026\n\n{STORY}"),
]

_NO_HEADLINE = [
    PlainFile("a letter", f"Dear Editor,\n\n{STORY}\nYours,\nLina Obrecht\n"),
    PlainFile(
        "a letter with an address",
        f"14 Quay Street\nPort Sellan\n12 November 2026\n\nDear Ms Obrecht,\n\n{STORY}",
        on=TWELFTH,
    ),
    PlainFile(
        "a transcript",
        "REPORTER: Will it sail\n\nOBRECHT: It will, on Friday.\n\nREPORTER: Why not now?\n",
    ),
    PlainFile(
        "questions and answers", "Q: Will it sail?\n\nA: It will.\n\nQ: When?\n\nA: Friday.\n"
    ),
    PlainFile("a list", "- Rudder\n- Crew\n- Tickets\n\nAll of it is late.\n"),
    PlainFile("a list of lines", "Rudder late\n\nCrew at home\n\nTickets unsold\n"),
    PlainFile(
        "wrapped lines",
        "The ferry to Osk stayed in port on Monday after its rudder jammed, and\n"
        "nobody could say when it would sail, the operator said.\n\nIt waits for a part.\n",
    ),
    PlainFile(
        "a blank line between wrapped lines",
        "The ferry to Osk stayed in port on Monday after its rudder\n\njammed, and nobody could "
        "say when it would sail.\n\nIt waits for a part.\n",
    ),
    PlainFile(
        "a long first sentence without its full stop",
        "The ferry to Osk stayed in port on Monday after its rudder jammed, and nobody could say "
        f"when it would sail\n\n{STORY}",
    ),
    PlainFile(
        "a first line with a sentence directly below",
        f"The ferry to Osk stayed in port on Monday\n{STORY}",
    ),
    PlainFile("a first line that ends in a colon", f"This is what we know so far:\n\n{STORY}"),
    PlainFile("a first line of 160 characters", LONG.replace(".\n", "\n\n") + STORY),
    PlainFile(
        "a story of two sentences without an end",
        "The ferry is stuck. Nobody knows why it\n\n" + STORY,
    ),
]

_MORE = [
    PlainFile(
        "a wire's slug",
        f"OSK-FERRY\n1st lead\n\nFerry stays in port\n\n{STORY}",
        "Ferry stays in port",
    ),
    PlainFile(
        "a press release with its sender",
        "Osk Harbour Authority\n14 Quay Street\n\nPRESS RELEASE\n12 November 2026\n\n"
        f"Ferry to sail on Friday\n\n{STORY}",
        "Ferry to sail on Friday",
        on=TWELFTH,
    ),
    PlainFile(
        "a forwarded e-mail",
        "---------- Forwarded message ----------\nFrom: Lina Obrecht <l@osk.example>\n"
        f"Date: Thu, Nov 12, 2026 at 9:14 AM\nSubject: Ferry stays in port\n\nHi all,\n\n{STORY}",
        "Ferry stays in port",
        on=TWELFTH,
    ),
    PlainFile(
        "two words above a byline",
        f"FERRY STUCK\n\nBy Priya Nair\n\n{STORY}",
        "FERRY STUCK",
        "Priya Nair",
    ),
    PlainFile(
        "a day, and by whom",
        f"Ferry stays in port\n\nPublished on 12 November 2026 by Priya Nair\n\n{STORY}",
        "Ferry stays in port",
        "Priya Nair",
        TWELFTH,
    ),
    PlainFile(
        "headings in the story",
        f"Ferry stays in port\n\n{STORY}\nHigh Hopes\n\nIt will sail.\n\n{LONG}",
        "Ferry stays in port",
    ),
    PlainFile(
        "a headline with a day",
        f"Ferry to sail on 14 November 2026\n\n{STORY}",
        "Ferry to sail on 14 November 2026",
    ),
]

_MARKDOWN = [
    PlainFile("a heading", f"# Ferry stays in port\n\n{STORY}", "Ferry stays in port"),
    PlainFile(
        "a heading without a blank line", f"# Ferry stays in port\n{STORY}", "Ferry stays in port"
    ),
    PlainFile(
        "everything in marks",
        "# **Ferry** stays in [port](https://a.example)\n\n*By Priya Nair*\n\n"
        f"_12 November 2026_\n\n{STORY}",
        "Ferry stays in port",
        "Priya Nair",
        TWELFTH,
    ),
    PlainFile(
        "a heading below a section's name", f"OPINION\n\n# Let it rust\n\n{STORY}", "Let it rust"
    ),
    PlainFile("a heading of a section only", f"{STORY}\n## What comes next\n\n{STORY}"),
    PlainFile(
        "an underlined heading", f"Ferry stays in port\n---\n\n{STORY}", "Ferry stays in port"
    ),
    PlainFile("a heading that is a sentence", f"# The ferry stays.\n\n{STORY}", "The ferry stays."),
]

PLAIN_FILES = [
    *(_HEADED + _FURNITURE + _BYLINES + _DATES + _NO_HEADLINE + _MORE),
    *(one._replace(is_markdown=True) for one in _MARKDOWN),
    PlainFile("notes as plain text", f"# Notes\n\n## Let it rust\n\n{STORY}", "Let it rust"),
]

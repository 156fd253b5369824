"""Quotation marks, sentences and paragraphs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract.paragraphs import is_furniture, paragraphs_of
from bot.extract.speakers.kinds import source_kind
from bot.extract.speakers.names import Names
from bot.languages.table import cue_verbs
from bot.text.quotes import quotation_mask, quotations
from bot.text.sentences import sentences

MARKED = st.text(st.sampled_from("ab .?!…\n“”\"'«»„()U.S"), max_size=60)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “no” and left", ["“no”"]),
        ('He said "no" and "yes"', ['"no"', '"yes"']),
        ("He said ''no'' twice", ["''no''"]),
        ("„Nein“, he said", ["„Nein“"]),
        ("“He said ‘no’ to me”", ["“He said ‘no’ to me”"]),
        ('“He called it "mad" twice” and left', ['“He called it "mad" twice”']),
        ("He said “no and left", ["“no and left"]),
        ("no” he said", []),
    ],
)
def test_quotations(text, inside):
    assert [text[start:end] for start, end in quotations(text)] == inside


@given(MARKED)
def test_quotations_are_in_order_and_agree_with_the_mask(text):
    found = quotations(text)
    assert list(found) == sorted(found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    assert sum(quotation_mask(text)) == sum(end - start for start, end in found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Falk met Dr. Roe at 5 p.m. on Jan. 5.", 1),
        ("He moved to the U.S. in May. She did not.", 2),
        ("He moved to the U.S. The move failed.", 2),
        ("Prices rose 3.5 percent. Wages fell.", 2),
        ("“We lost. We know.” He left.", 2),
        ("“We lost”.. He left.", 2),
        ("Is it safe? It is!", 2),
        ("Asked if it leaks, Roe said no. Ida Falk left.", 2),
        ("He lives at No. 10 Lock Street.", 1),
    ],
)
def test_sentences(text, count):
    assert len(sentences(text)) == count


@given(MARKED)
def test_sentences_cover_all_words_once(text):
    found = sentences(text.strip())
    assert list(found) == sorted(found)
    outside = list(text.strip())
    for start, end in found:
        outside[start:end] = " " * (end - start)
    assert not "".join(outside).strip()


@given(st.text(max_size=300))
def test_paragraphs_cover_all_text_once(text):
    outside = list(text)
    last = 0
    for paragraph in paragraphs_of(text):
        assert last <= paragraph.start < paragraph.end
        last = paragraph.end
        outside[paragraph.start : paragraph.end] = " " * (paragraph.end - paragraph.start)
    assert not "".join(outside).strip()


@pytest.mark.parametrize(
    "line",
    [
        "Sign up to receive our latest news!",
        "By submitting this form, I agree to the terms.",
        "Subscribe to our newsletter",
        "This site uses cookies.",
        "Share this article",
        "Read more: ten lakes to see",
        "Advertisement",
        "Photo: Norton Echo",
        "Photo by Ida Falk / Norton Echo",
        "Image via Getty",
        "Getty Images",
        "Reuters/Ida Falk",
        "The lock on Monday. Ida Falk/AP",
        "Follow us on Mastodon",
        "Watch now",
        "This article first appeared in the Norton Echo.",
        "Copyright 2031 Norton Echo",
    ],
)
def test_furniture(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "Signs of life were found on Monday.",
        "By signing the treaty, the two sides agreed to talk.",
        "Subscribers said they would leave.",
        "Shares fell by 3 percent.",
        "Read more than twice, the letter still puzzles its owner.",
        "Copyright law was changed in May.",
        "More stories of the flood emerged on Friday.",
        "Photographers said the light was poor.",
        "Advertisement spending fell 3 percent.",
        "Advertisement spending fell 3 percent, the agency said.",
        "Images via satellite showed the base had been destroyed, the Pentagon said.",
        "Video by a bystander shows police firing, Amnesty International said.",
        "A joint AFP/Reuters analysis found that 300 people had died, officials said.",
        "Follow us into the war and you will pay, the king warned.",
        "Follow us on this road and you will pay, the king warned.",
        "Watch: police said the man had fled.",
        "Register now or pay a fine, the ministry told foreigners.",
        "This article was published by the ministry's own magazine, the minister said.",
    ],
)
def test_news_is_not_page_furniture(sentence):
    assert not is_furniture(sentence)


def kinds(text: str) -> list[str]:
    return [paragraph.kind for paragraph in paragraphs_of(text)]


@pytest.mark.parametrize("line", ["Lock to close in May", "# The lock.", "Mayor says lock is safe"])
def test_headings(line):
    assert kinds(line) == ["heading"]


@pytest.mark.parametrize(
    "line",
    [
        "- Ida Falk said 30 locks were shut overnight.",
        "• Ida Falk said 30 locks were shut overnight",
        "> “We will not yield,” Ida Falk said.",
        "— We will not leave, said Ida Falk, a teacher.",
        "* 30 locks were shut overnight.",
        "#lockdown is over.",
        "Ida Falk said 30 locks were shut overnight",
    ],
)
def test_lines_of_text_are_not_headings(line):
    assert kinds(line) == ["text"]


@pytest.mark.parametrize(
    "lines",
    [
        "Tallis says the lock is safe\nwhy Falk says it is not\nthe mayor denies all",
        "Tallis said on Monday that the lock is safe for barges.\nnobody knows.\nFalk left.",
    ],
)
def test_deliberate_line_breaks_separate_paragraphs(lines):
    assert len(paragraphs_of(lines)) == 3


RUNS = [
    *(".", "”", "“", '"', "'", "''", "«", "(", ")", "[", "-", "—", "— ", " ", "\n", "\n ", "?!"),
    *("”.", ". ", "“a.” ", "A", "A ", "A-", "A’", "A.", "U.S. ", "A and B, ", "the ", "of "),
    "/ap ",
    *("(photo", "quoted by ", ", citing ", "said ", "on May 5 ", "President Bo ", "a\n", "1 "),
]


@pytest.mark.parametrize("run", RUNS)
def test_long_runs_take_linear_time(run):
    """With quadratic time this would not finish."""
    long = run * (10_000 // len(run))
    for text in (f"Chapter one {long}5 and more", long, f"Ida Falk said {long} that it leaks."):
        covered = sum(paragraph.end - paragraph.start for paragraph in paragraphs_of(text))
        assert covered <= len(text)
        assert sum(end - start for start, end in sentences(text)) <= len(text)
        names = Names(text)
        names.subject_pair(0, len(text))
        assert names.person("Nobody Else") is None
        for source in (text, long):
            source_kind(source)


def test_inflections():
    assert cue_verbs.forms(["deny"]) == {"deny", "denies", "denied", "denying"}
    assert cue_verbs.forms(["announce"]) == {"announce", "announces", "announced", "announcing"}
    assert cue_verbs.forms(["stress"]) == {"stress", "stresses", "stressed", "stressing"}
    assert cue_verbs.forms(["agree"]) == {"agree", "agrees", "agreed", "agreeing"}
    assert cue_verbs.forms(["lie"]) == {"lie", "lies", "lied", "lying"}

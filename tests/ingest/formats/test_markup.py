"""Markup to text: paragraphs, line ends, quotation marks, and what is furniture."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.formats import markup, xml


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("Bare &amp; simple", "Bare & simple"),
        ("<p>One<p>Two", "One\n\nTwo"),
        ("<p>One<br>two<br/><br>three</p>", "One\ntwo\n\nthree"),
        ("<p>  A\n  line\t folded </p>", "A line folded"),
        ("<p>8&nbsp;%</p>", "8\u00a0%"),
        ("<h2>Head</h2>text<ul><li>a<li>b</ul>tail", "Head\n\ntext\n\na\n\nb\n\ntail"),
        ("<blockquote>Said.</blockquote>so", "Said.\n\nso"),
        ("He said <q>no</q>.", "He said “no”."),
        ("He said “<q>no</q>”.", "He said “no”."),
        ("He said <q>“no”</q>.", "He said “no”."),
        ("<q>One <q>two</q></q>", "“One “two””"),
        ("<q>never closed<p>next", "never closed\n\nnext"),
        ("a<script>x</script><style>y</style><!-- z -->b", "ab"),
        ("<figure><img alt=x><figcaption>cap</figcaption></figure>after", "after"),
        ('<div class="wp-caption"><p>cap</p></div>after', "after"),
        ('<div class="with-caption"><p>story</p></div>', "story"),
        ("<aside>Related</aside>story", "story"),
        ("AT&T, 5 < 6", "AT&T, 5 < 6"),
        ("&#146;tis &#0; \0", "’tis \ufffd"),
        ("<b>un<i>closed", "unclosed"),
        ("said<sup>1</sup> on 9 km<sup>2</sup>", "said on 9 km²"),
        ('said<sup><a href="#f">[2]</a></sup>', "said"),
        ('said<a class="footnote-ref" href="#f">3</a> <a href="/">no</a>', "said no"),
        ("said<sup>1<p>next</sup>", "said\n\nnext"),
    ],
)
def test_html(source: str, text: str) -> None:
    assert markup.extract_text(source) == text


def test_a_tree_reads_as_html_does() -> None:
    source = "<div><p>One <q>two</q><br/>three</p><table><tr><td>4</td></tr></table>five</div>"
    assert markup.extract_tree_text(xml.parse(source)) == markup.extract_text(source)
    without = markup.extract_tree_text(xml.parse(source), skipped=frozenset({"table"}))
    assert without == "One “two”\nthree\n\nfive"


def test_plain_text() -> None:
    assert markup.clean_plain_text("\ufeffA\r\n b \r\n\r\n\r\nc\0\ud800") == "A\nb\n\nc"


def test_a_headline_is_a_line() -> None:
    assert markup.extract_line("<b>A</b> head<br>line <p>more") == "A head line more"


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))))
def test_every_word_is_kept(paragraphs: list[list[str]]) -> None:
    source = "".join(f"<p>{html.escape(' '.join(words))}</p>" for words in paragraphs)
    kept = [words for words in paragraphs if words]
    assert [text.split() for text in markup.extract_text(source).split("\n\n") if text] == kept


@given(st.text(st.sampled_from("<>/ &;\"'pqabr!-")))
def test_any_tag_soup_is_read(source: str) -> None:
    text = markup.extract_text(source)
    assert "\n\n\n" not in text
    assert text == text.strip()

"""The extractor from article to claims, on small made-up articles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.extract.extractor import Extractor
from bot.extract.spans.transcripts import find_turns
from bot.model import Article, Attribution, Extraction, Spans, pieces
from bot.text.spans import shifted
from tests.soak import examples


def test_direct_indirect_and_mixed(read):
    found = read(
        "The pump had failed twice, Ida Falk said. “Nobody listened,” she said. "
        "Falk said the repair was “a waste of money.”"
    )
    kinds = {found.content(a): (a.type, a.speaker) for a in found.attributions}
    assert kinds == {
        "The pump had failed twice": ("indirect", "Ida Falk"),
        "“Nobody listened,”": ("direct", "Ida Falk"),
        "the repair was “a waste of money.”": ("mixed", "Ida Falk"),
    }


def test_content_in_pieces_is_one_attribution(read):
    found = read("“The lake is rising,” said Ida Falk, “and it will not stop.”")
    (only,) = found.attributions
    assert found.content(only) == "“The lake is rising,” … “and it will not stop.”"
    assert only.type == "direct"


def test_the_subject_of_another_clause_is_not_content(read):
    found = read(
        "Russia and Norland have long been at odds. In recent years, this common goal has received "
        "more attention and the two countries increasingly believe in the possibility of a canal."
    )
    assert found.claims == [("Russia and Norland", "the possibility of a canal")]


def test_is_said_to_has_no_source(read):
    (found,) = read("The old bridge is said to have been built in a single night.").attributions
    assert (found.speaker, found.source, found.source_kind) == (None, (), "none")


def test_reports_of_what_others_said_are_nested(read):
    found = read("Officials said that Ida Falk had warned the council that the dam would fail.")
    outer, inner = found.attributions
    assert (outer.speaker, outer.inside, outer.via) == ("officials", None, ())
    assert (inner.speaker, inner.inside, inner.via) == ("Ida Falk", outer.id, ("officials",))
    assert inner.stance == "warned"


def test_a_pronoun_refers_to_the_person_before(read):
    found = read(
        "President Omar Tallis opened the canal in 2019. He told reporters, “It will last.”\n\n"
        "The canal has leaked since spring."
    )
    assert found.one("“It will last.”").speaker == "Omar Tallis"


def test_a_pronoun_without_antecedent_is_nobody(read):
    (found,) = read("He said the canal would leak.").attributions
    # Nobody hides: it is only not known who is meant.
    assert (found.speaker, found.source_kind, found.unsure) == (None, "described", True)


def test_headings_and_page_furniture_claim_nothing(read):
    found = read(
        "The canal was closed on Monday.\n\n"
        "Mayor says canal will be closed\n\n"
        "Sign up to receive our latest news!\n\n"
        "By submitting this form, I agree to the terms.\n\n"
        "Read more: the mayor said no.\n"
        "Photo: Ida Falk at the canal / Norton Echo\n"
        "© 2031 The Norton Echo. All rights reserved."
    )
    assert found.attributions == ()
    assert found.stated == ["The canal was closed on Monday."]


def test_page_furniture_in_a_paragraph_claims_nothing(read):
    found = read("The canal was closed on Monday. Subscribe to the Echo for more.")
    assert found.attributions == ()
    assert found.stated == ["The canal was closed on Monday."]


def test_a_quotation_left_open_ends_with_its_paragraph(read):
    found = read(
        "“The canal is finished, Ida Falk said.\n\n"
        "The council met on Tuesday for three hours and passed its budget for the year."
    )
    assert found.stated == [
        "The council met on Tuesday for three hours and passed its budget for the year."
    ]


def test_a_quotation_over_two_paragraphs_is_one_content(read):
    found = read(
        "“The canal is finished,” Ida Falk said. “We have no money left.\n\n“We never had any.”\n\n"
        "The council did not vote."
    )
    assert found.one("“The canal").type == "direct"
    assert found.content(found.one("“The canal")).endswith("“We never had any.”")


def test_a_continued_quotation_has_an_unsure_first_speaker(read):
    """A closing mark may be missing, and the first paragraph may be somebody else's."""
    found = read("“The canal is finished. We have no money.\n\n“We never had any,” Falk said.")
    assert [(a.speaker, found.content(a), a.unsure) for a in found.attributions] == [
        ("Falk", "“The canal is finished. We have no money.", True),
        ("Falk", "“We never had any,”", False),
    ]


def test_an_open_quotation_keeps_its_speaker(read):
    found = read("Falk said, “The canal is closed.\n\n“It will reopen soon,” said Omar Tallis.")
    assert found.claims == [
        ("Falk", "“The canal is closed."),
        ("Omar Tallis", "“It will reopen soon,”"),
    ]


def test_doubled_apostrophes_are_quotation_marks(read):
    found = read("''The canal is finished,'' Ida Falk said.")
    (only,) = found.attributions
    assert (found.content(only), only.type) == ("''The canal is finished,''", "direct")


@pytest.mark.parametrize(
    ("text", "stance", "negative"),
    [
        ("The ministry denied that the canal leaks.", "denied", False),
        ("Ida Falk believes that the canal leaks.", "believes", False),
        ("Ida Falk understands that the canal leaks.", "believes", False),
        ("The Echo understands that the canal leaks.", "said", False),
        ("The Guardian believes that the canal leaks.", "believes", False),
        ("The mayor told staff to keep quiet about the leak.", "ordered", False),
        ("The mayor told them not to say that the canal leaks.", "ordered", False),
        ("The mayor told the crowd to his left that the canal leaks.", "said", False),
        ("Ida Falk warned that the canal would leak.", "warned", False),
        ("Ida Falk claimed that the canal leaks.", "claimed", False),
        ("The ministry confirmed that the canal leaks.", "confirmed", False),
        ("Ida Falk did not say when the canal would open.", "said", True),
        ("The ministry declined to comment on the leak.", "said", True),
        ("The ministry refused to say when the canal would open.", "said", True),
    ],
)
def test_stance(read, text, stance, negative):
    (found,) = read(text).attributions
    assert (found.stance, found.negative) == (stance, negative)


@pytest.mark.parametrize(
    ("text", "published_on", "day", "guess"),
    [
        ("Ida Falk said on 14 March 2030 that it leaks.", None, date(2030, 3, 14), False),
        ("Ida Falk said on March 14, 2030 that the lock leaks.", None, date(2030, 3, 14), False),
        ("Ida Falk said on March 14 that it leaks.", date(2031, 2, 1), date(2030, 3, 14), False),
        ("Ida Falk said on Tuesday that it leaks.", date(2031, 1, 9), date(2031, 1, 7), False),
        ("Ida Falk said on Tuesday that it leaks.", None, None, False),
        ("Ida Falk said on March 14 that it leaks.", None, None, False),
        # Undated: only a year that the article prints as not yet over is taken for its own.
        ("The canal opened in 2030. Ida Falk said on March 14 that it leaks.", None, None, False),
        (
            "It opened in 1950. By the end of 2030 it will close. Falk said on May 4 it leaks.",
            None,
            date(2030, 5, 4),
            True,
        ),
        (
            "By the end of 2030 it will close, and open in 2050. Falk said on May 4 it leaks.",
            None,
            None,
            False,
        ),
        ("Ida Falk said that it leaked on 14 March 2030.", None, None, False),
        ("The report, which is dated 14 March 2030, says that it leaks.", None, None, False),
        ("Ida Falk said on 31 February 2030 that it leaks.", None, None, False),
        ("Ida Falk said on 10 January that it leaks.", date(2031, 1, 9), None, False),
    ],
)
def test_the_day_on_which_it_was_said(read, text, published_on, day, guess):
    (found,) = read(text, published_on).attributions
    assert (found.said_on, found.said_on_inferred) == (day, guess)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On Tuesday, Ida Falk said it leaks badly.", 7),
        ("On Tuesday evening the mayor said it leaks badly.", 7),
        ("Ida Falk on Tuesday said it leaks badly.", 7),
        ("“It leaks badly,” Ida Falk said on Tuesday.", 7),
        ("It leaks badly, the council said in a statement on Tuesday.", 7),
        ("According to the mayor on Tuesday, it leaks badly.", 7),
        ("Ida Falk issued a statement on Tuesday, declaring that it leaks badly.", 7),
        ("On Tuesday, Ida Falk sent a letter to the club, saying that it leaks badly.", 7),
        ("NORTON, Jan 6 - It leaks badly, the council said on Tuesday.", 7),
        ("At a meeting in the capital on Tuesday, Ida Falk said, the lock was closed.", None),
        ("Ida Falk said after the vote on Tuesday that it leaks badly.", None),
        ("Ida Falk said of the vote on Tuesday that it leaks badly.", None),
        ("On Tuesday, the lock was closed, Ida Falk said.", None),
        ("The lock was closed on Tuesday, Ida Falk said.", None),
        ("Ida Falk came on Tuesday and said it leaks badly.", None),
        ("Ida Falk said on Monday and again on Tuesday that it leaks badly.", None),
    ],
)
def test_a_day_must_be_near_its_cue(read, text, day):
    found = read(text, date(2031, 1, 9)).attributions[0]
    assert found.said_on == (day and date(2031, 1, day))


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("“It leaks,” lock keeper Ida Falk said this week.", "said"),
        ("The lock leaks, the Norton News Agency reported on Tuesday.", "reported"),
    ],
)
def test_time_phrases_are_cut_from_cues(read, text, cue):
    found = read(text)
    (only,) = found.attributions
    assert pieces(found.text, only.cue) == cue


def test_a_denial_of_it_is_a_claim(read):
    assert read("The council says it is shut. Norton denies it.").claims[-1] == ("Norton", "it")


def test_somebody_who_was_asked_is_not_asking(read):
    found = read(
        "Ida Falk, asked if the lock leaks, said no. The mayor, Omar Roe, asked if it leaks."
    )
    assert ("Ida Falk", "if the lock leaks") not in found.claims
    assert ("Omar Roe", "if it leaks") in found.claims


def test_as_saying_is_not_content(read):
    found = read("The guard was quoted by the Norton Echo as saying: “The lock leaks.”")
    assert found.contents == ["“The lock leaks.”"]


def test_another_sentence_keeps_its_own_speaker(read):
    found = read(
        "A woman told police that her husband, Mark Dunn, hit her. Dunn denies the charge."
    )
    assert found.claims == [
        ("a woman", "her husband, Mark Dunn, hit her"),
        ("Mark Dunn", "the charge"),
    ]
    assert found.attributions[1].stance == "denied"


def test_unattributed_sentences_have_their_nearest_attribution(read):
    found = read(
        "The canal opened in 1950.\n\n"
        "Ida Falk said it leaks.\n\n"
        "About 4,000 barges pass through it each year. Is it safe?\n\n"
        "The council\n\n"
        "The council owns both banks."
    )
    (said,) = found.attributions
    near = {found.content(statement): statement.near for statement in found.unattributed}
    assert near == {
        "The canal opened in 1950.": None,
        "About 4,000 barges pass through it each year.": said.id,
        "The council owns both banks.": None,
    }


def test_lines_broken_by_a_text_editor_are_one_paragraph(read):
    wrapped = (
        "Ida Falk, who has worked at the canal since she left school\n"
        "thirty years ago, said on the radio that the lower lock\nleaks."
    )
    found = read(wrapped)
    assert found.paragraphs == [wrapped]
    (only,) = found.attributions
    assert only.speaker == "Ida Falk"
    assert found.content(only).replace("\n", " ") == "the lower lock leaks"


def test_ids_are_in_reading_order(read):
    found = read("Ida Falk said it leaks.\n\nThe ministry denied that it leaks.")
    assert [a.id for a in found.attributions] == ["a1", "a2"]
    starts = [a.source[0][0] for a in found.attributions]
    assert starts == sorted(starts)


def test_paragraphs_are_counted_with_headings_and_furniture(read):
    found = read("Canal leaks\n\nIda Falk said it leaks.\n\n\n\nSubscribe\n\nIt opened in 1950.")
    assert found.paragraphs == [
        "Canal leaks",
        "Ida Falk said it leaks.",
        "Subscribe",
        "It opened in 1950.",
    ]


# Text that looks enough like news to make every rule fire, and any other character.
WORDS = st.sampled_from(
    [
        *("said", "that", "“", "”", '"', "''", "‘", "’", ".", ",", ":", "…", "\n", "\n\n", "5"),
        "é",
        *("ß", "𝒳", "\u2028", "\x00", "Ida Falk", "he", "the advisers", "according to", "it leaks"),
        *("is said to", "quoted", "citing", "as saying", "warned officials", "on March 14", "and"),
        *("believes", "denied", "who", "Sign up to", "The Echo", "I think", "FALK:", "ROE:"),
    ]
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=200)
FEW = settings(
    max_examples=examples(80), suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def article(text: str) -> Article:
    return Article(origin="test", id="test", text=text)


def all_spans(extractor: Extractor, text: str) -> Iterator[Spans]:
    extraction = extractor.extract(article(text))
    for found in extraction.attributions:
        yield from (found.source, found.cue, found.content)
    for statement in extraction.unattributed:
        yield statement.content


@FEW
@given(TEXTS)
def test_spans_are_slices_without_white_space_around_them(extractor, text):
    for spans in all_spans(extractor, text):
        assert list(spans) == sorted(spans)
        for start, end in spans:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
        for (_, end), (start, _) in pairwise(spans):
            assert end <= start


@FEW
@given(TEXTS)
def test_cue_and_source_are_not_in_their_content(extractor, text):
    for found in extractor.extract(article(text)).attributions:
        assert found.content
        content = {at for start, end in found.content for at in range(start, end)}
        for start, end in (*found.source, *found.cue):
            assert content.isdisjoint(range(start, end))
        assert 0 <= found.confidence <= 1


@FEW
@given(st.lists(TEXTS, max_size=4))
def test_a_batch_gives_the_same_as_single_articles(extractor, texts):
    articles = [article(text) for text in texts]
    assert list(extractor.extract_many(articles)) == [extractor.extract(a) for a in articles]


@FEW
@given(TEXTS)
def test_extraction_is_deterministic(extractor, text):
    assert extractor.extract(article(text)) == extractor.extract(article(text))


def far(found: Extraction, start: int, end: int) -> list[tuple[object, ...]]:
    """Return the attributions within a part of a text, with offsets relative to its start.

    Speakers are left out, because they may be named outside the part.
    """

    def lies(found: Attribution) -> bool:
        spans = (*found.source, *found.cue, *found.content)
        return all(start <= first and last <= end for first, last in spans)

    near = {a.id for a in found.attributions if not lies(a)}
    return [
        (a.type, *(shifted(spans, -start) for spans in (a.source, a.cue, a.content)))
        for a in found.attributions
        if a.id not in near and a.inside not in near
    ]


@FEW
@given(st.lists(TEXTS, max_size=5), st.lists(TEXTS, max_size=5))
def test_distant_paragraphs_do_not_change_results(extractor, first, second):
    """The two paragraphs before and after the joint may change: a quotation left open, or a colon,
    connects a paragraph with the next."""
    one, other = ("\n\n".join(texts).strip() for texts in (first, second))
    joined = f"{one}\n\n{other}"
    alone, behind = extractor.extract(article(one)), extractor.extract(article(other))
    both = extractor.extract(article(joined))
    last = alone.paragraphs[-2:][0][0] if alone.paragraphs else 0
    after = behind.paragraphs[:2][-1][1] if behind.paragraphs else 0
    begin = len(one) + 2
    assert far(both, 0, last) == far(alone, 0, last)
    assert far(both, begin + after, len(joined)) == far(behind, after, len(other))


@FEW
@given(TEXTS)
def test_nested_attributions_refer_to_earlier_ones(extractor, text):
    seen = set()
    for found in extractor.extract(article(text)).attributions:
        assert found.inside is None or found.inside in seen
        seen.add(found.id)


def test_articles_are_extracted_lazily(extractor):
    taken = []

    def articles() -> Iterator[Article]:
        for count in range(1000):
            taken.append(count)
            yield article("Ida Falk said that the lower lock leaks. " * 200)

    next(extractor.extract_many(articles()))
    assert len(taken) < 20


def test_a_failing_article_raises_at_its_result(extractor, monkeypatch):
    def failing(text, parts):
        if "breaks" in text:
            raise ZeroDivisionError
        return find_turns(text, parts)

    monkeypatch.setattr("bot.extract.extractor.find_turns", failing)
    good, bad = article("Ida Falk said the lock leaks."), article("Ida Falk said the lock breaks.")
    found = extractor.extract_many([good, bad, good])
    assert next(found).attributions
    with pytest.raises(ZeroDivisionError):
        next(found)
    assert extractor.extract(good).attributions


def test_a_long_paragraph_is_read_to_its_end(read):
    found = read(
        "The canal was closed on Monday for repairs. " * 600 + "Ida Falk said that it leaks."
    )
    assert found.one("it leaks").speaker == "Ida Falk"

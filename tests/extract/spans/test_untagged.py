"""Speakers of headlines, questions, quoted blocks, signed quotations, interviews."""

from __future__ import annotations

import pytest

STORY = "\n\nThe boat lay on the quay for a week. It was raining."
QUOTATION = "“We waited nine weeks for an answer.”"
BEFORE = "The ferry runs twice a day, and the pier is open again this week.\n\n"
AFTER = "\n\nThe kiosk at the pier has been closed since the winter of 2019."
INTRODUCTION = "Ida Falk has looked after the lock for 20 years. Falk is about to retire."
ANSWERS = ["I was nine. We had no boat.", "Only on Sundays.", "I shall sleep for a week."]
QUESTIONS = ["How did you start?", "Do you still dive?", "What is next?"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Asked whether the lock would hold, Ida Falk said she was no engineer.",
            "whether the lock would hold",
        ),
        (
            "Ida Falk laughed. Asked on Monday why she had left, she said: “Rope.”",
            "why she had left",
        ),
    ],
)
def test_a_question_before_its_answer_is_nobody_s(read, text, question):
    found = read(text).one(question)
    assert (found.speaker, found.act, found.stance) == (None, "speech", "asked")


def test_an_asker_who_is_named_asked_once(read):
    assert read("Ida Falk asked whether the lock would hold, and left.").claims == [
        ("Ida Falk", "whether the lock would hold")
    ]


def test_a_question_inside_a_quotation_stays_there(read):
    text = "“Asked whether it leaks, the mayor went home,” Ida Falk said."
    assert [a.speaker for a in read(text).attributions if not a.inside] == ["Ida Falk"]


@pytest.mark.parametrize(
    ("headline", "claim"),
    [
        ("Man stole same canoe three times, deputies say", "Man stole same canoe three times"),
        ("Divers say lock leaks; council sends boat", "lock leaks"),
        ("Harbour closed for a week; mayor urges residents to stay home", "residents to stay home"),
        ("Tallis: ‘I sold the boat and would do it again’", "‘I sold the boat"),
    ],
)
def test_a_headline_reports_speech(read, headline, claim):
    found = read(headline + STORY).one(claim)
    assert (found.act, bool(found.speaker)) == ("speech", True)


def test_a_headline_s_speaker_may_come_last(read):
    headline = read("Man stole same canoe three times, deputies say" + STORY).one("Man stole")
    assert (headline.speaker, headline.act) == ("deputies", "speech")


@pytest.mark.parametrize(
    "headline",
    [
        "Lower harbour told to leave as river rises",
        "Divers vote to strike over ropes",
        "The old lock at the end of the road",
    ],
)
def test_headlines_that_name_no_speaker_report_nothing(read, headline):
    assert read(headline + STORY).attributions == ()


def test_later_headings_report_nothing(read):
    assert read(f"The lock{STORY}\n\nDivers say lock leaks{STORY}").attributions == ()


@pytest.mark.parametrize(
    ("article", "speaker", "content"),
    [
        (
            "The vicar, Ida Falk, wrote to the ringers.\n\nIda Falk, the vicar, writes:\n\n"
            "> I love the bells. I wonder if we might love them a little less.",
            "Ida Falk",
            "I love the bells. I wonder if we might love them a little less.",
        ),
        (
            '> "We got this one wrong. A review follows." — Ida Falk, 6:14 p.m.',
            "Ida Falk",
            '"We got this one wrong. A review follows."',
        ),
    ],
)
def test_a_block_has_the_speaker_who_signs_or_introduces_it(read, article, speaker, content):
    found = read(BEFORE + article + AFTER)
    block = found.one(content[:12])
    assert (block.speaker, found.content(block), block.act) == (speaker, content, "speech")


def test_a_list_of_links_is_no_quotation(read):
    found = read(BEFORE + "> Ferry strike: what to know\n> Pier reopens in May" + AFTER)
    assert not found.attributions


@pytest.mark.parametrize(
    ("signature", "source"),
    [
        (" – Omar Tallis, kiosk owner", "Omar Tallis"),
        (" — Omar Tallis", "Omar Tallis"),
    ],
)
def test_a_signature_names_the_speaker(read, signature, source):
    found = read(f"{BEFORE}{QUOTATION}{signature}\n\nThe ferry runs twice a day.")
    (quoted,) = (a for a in found.attributions if "We waited" in found.content(a))
    assert "Tallis" in quoted.speaker
    assert [found.text[start:end] for start, end in quoted.source] == [source]
    assert quoted.type == "direct"


@pytest.mark.parametrize(
    "following",
    ["– but the ferry did not come.", "- The ferry runs twice a day.", "— Five boats were lost:"],
)
def test_other_lines_with_a_dash_are_no_signature(read, following):
    found = read(f"{BEFORE}{QUOTATION}\n\n{following}")
    assert not [a for a in found.attributions if "We waited" in found.content(a)]


def test_a_signature_wins_over_the_speaker_before(read):
    found = read(
        f"Ida Falk said the pier was safe.\n\n{QUOTATION} – Omar Tallis\n\n“It is fine.” – Jo Lie"
    )
    assert [speaker for speaker, _ in found.claims] == ["Ida Falk", "Omar Tallis", "Jo Lie"]


def interview(question: str, answer: str, answers: list[str]) -> str:
    turns = [
        f"{question.format(asked)}\n\n{answer.format(answered)}"
        for asked, answered in zip(QUESTIONS, answers, strict=True)
    ]
    return "\n\n".join([INTRODUCTION, *turns, "The lock is shut on Mondays."])


@pytest.mark.parametrize(
    ("question", "answer"), [("**{}**", "{}"), ("__{}__", "{}"), ("Q: {}", "A: {}")]
)
def test_answers_are_the_interviewee_s(read, question, answer):
    found = read(interview(question, answer, ANSWERS))
    assert found.claims == [("Ida Falk", answered) for answered in ANSWERS]
    assert {a.act for a in found.attributions} == {"speech"}


def test_what_others_said_is_inside_an_answer(read):
    answers = ["My mother told me that divers never drown.", *ANSWERS[1:]]
    inner = read(interview("**{}**", "{}", answers)).one("divers never drown")
    assert (inner.speaker, inner.via) == ("my mother", ("Ida Falk",))


def test_what_others_say_in_the_first_person_makes_no_interview(read):
    answers = ["“I was nine,” says Omar Lund.", "Nobody knows.", "“We leave,” said Lund."]
    found = read(interview("**{}**", "{}", answers))
    assert {speaker for speaker, _ in found.claims} == {"Omar Lund"}


def test_headings_in_bold_are_no_questions(read):
    answers = ["It leaks at night.", "Nobody knows.", "Divers found a crack in May."]
    assert read(interview("**{}**", "{}", answers)).claims == []


def test_one_question_makes_no_interview(read):
    assert read(f"{INTRODUCTION}\n\n**How did you start?**\n\nI was nine.").claims == []

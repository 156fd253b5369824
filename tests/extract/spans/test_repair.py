"""Edges of contents, subjects of passive verbs, and drafts that claim nothing."""

from __future__ import annotations

import pytest

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft
from bot.extract.spans.repair import claims_nothing, mark_doubtful, repair
from bot.extract.speakers.names import Names
from bot.extract.speakers.resolution import SpeakerResolver
from bot.extract.tagger.decoding import TaggedAttribution
from bot.model import Spans, pieces


@pytest.mark.parametrize(
    "text",
    [
        "Nobody said the bridge was safe.",
        "No one said the bridge was safe.",
        "No official said the bridge was closed.",
        "None of the witnesses said the bridge was safe.",
        "Neither Ida Falk nor Omar Tallis said the bridge was safe.",
        "It is not clear whether the mayor said the wall was safe.",
        "It is unclear if the mayor said the wall was safe.",
        "Unless the minister says the port is shut, the ships will come.",
        "This suggests that the wall is unsafe.",
    ],
)
def test_statements_by_nobody_are_unattributed(read, text):
    found = read(text)
    assert found.attributions == ()
    assert found.stated == [text]


@pytest.mark.parametrize(
    "content",
    [
        "If the minister says the port is shut, we will leave",
        "Had the minister said the port was shut, we would have left",
        "The senator should say that the wall is safe",
    ],
)
def test_hypothetical_speech_is_not_nested(read, content):
    assert read(f"{content}, Hale said.").claims == [("Hale", content)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("No. 10 said the talks had failed.", "No. 10"),
        ("The mayor said if it rained the talks had failed.", "the mayor"),
        ("The mayor said nobody knew why the talks had failed.", "the mayor"),
    ],
)
def test_real_statements_are_kept(read, text, speaker):
    (only,) = read(text).attributions
    assert only.speaker == speaker


def test_a_noun_cue_has_no_source_in_another_sentence(read):
    found = read(
        "Ana Lund said the bank was sound. "
        "Reports that it had failed were spread, claiming that depositors had fled."
    )
    assert found.claims[0] == ("Ana Lund", "the bank was sound")
    # The reports claim it, whoever they come from; nobody who is named does.
    assert {speaker for speaker, _ in found.claims[1:]} <= {"reports"}


def test_a_leading_participle_has_no_source(read):
    assert read("Prosecutors charged Ana Lund. Accused of lying, she left.").claims == []


def test_a_name_alone_is_not_content(read):
    assert read("Omar Tallis criticized Ana Lund.").attributions == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ida Falk signed the order.",
        "Ida Falk promised an inquiry.",
        "The authority did not answer questions.",
        "The official asked not to be named because the talks are private.",
        "The official declined to be named.",
    ],
)
def test_a_topic_alone_is_not_content(read, text):
    assert read(text).attributions == ()


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ida Falk denied the allegations.", "the allegations"),
        ("Ida Falk promised “an inquiry”.", "“an inquiry”"),
        ("Ida Falk promised that it would close.", "it would close"),
        ("“Yes,” said Ida Falk.", "“Yes,”"),
    ],
)
def test_few_words_may_be_content(read, text, content):
    assert read(text).contents == [content]


def test_people_who_only_act_can_be_antecedents(read):
    found = read("Lock keeper Ida Falk signed the order. “It leaks badly,” she told the council.")
    assert found.claims == [("Ida Falk", "“It leaks badly,”")]


def test_sentences_about_the_reporting_are_not_statements(read):
    found = read("Two dockers said the lock leaks. Both spoke on condition of anonymity.")
    assert found.stated == []


def draft(
    text: str, source: str, cue: str, content: str, is_guessed: bool, confidence: float
) -> Draft:
    def spans(words: str) -> Spans:
        return ((text.index(words), text.index(words) + len(words)),)

    paragraph = Paragraph(0, len(text), "text")
    return Draft(spans(source), spans(cue), spans(content), confidence, is_guessed, paragraph)


def test_unquoted_content_ends_with_its_sentence():
    text = "The mayor praised the old lock. Built in 1950, it leaks."
    whole = draft(text, "The mayor", "praised", text[18:], False, 0.9)
    tagged = TaggedAttribution(whole.source, whole.cue, whole.content, 0.9, False)
    (found,) = repair(text, whole.paragraph, [tagged], 0)
    assert pieces(text, found.content) == "the old lock."


@pytest.mark.parametrize(("sure", "unsure"), [(0.9, False), (0.1, True)])
def test_a_weak_source_is_unsure(sure, unsure):
    text = "Falk claimed that it leaks badly."
    marked = mark_doubtful(text, draft(text, "Falk", "claimed", "it leaks badly", False, sure))
    assert marked.is_unsure is unsure


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Falk came. Then it was claimed that it leaks badly.", False),
        ("Then it was claimed that it leaks badly. Falk came.", False),
        ("Then it was claimed before Falk that it leaks badly.", False),
        ("Falk, it was claimed, said that it leaks badly.", True),
        ("Then claimed Falk that it leaks badly.", True),
    ],
)
def test_guessed_sources_in_unlikely_positions_are_dropped(text, kept):
    guess = draft(text, "Falk", "claimed", "it leaks badly", True, 0.9)
    assert not claims_nothing(text, guess)
    found = mark_doubtful(text, guess)
    assert (found.source == guess.source, found.is_guessed, found.is_unsure) == (kept, kept, False)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Falk came. Reports that it leaks badly were spread.", "Reports", "it leaks badly"),
        ("Accused of it when it leaks badly, Falk left.", "Accused", "it leaks badly"),
        ("Falk came. It was claimed. Now it leaks badly.", "claimed", "it leaks badly"),
        ("Falk, it was claimed, spoke of leaks.", "claimed", "leaks"),
    ],
)
def test_implausible_guesses_are_no_claims(text, cue, content):
    assert claims_nothing(text, draft(text, "Falk", cue, content, True, 0.9))


def test_a_speaker_right_after_the_cue_is_sure(read):
    found = read("“Nobody was hurt,” said Omar Tallis, citing health reasons.")
    assert not found.one("“Nobody").unsure


@pytest.mark.parametrize(
    ("inner", "speaker", "is_sure"),
    [
        ("they", "they", False),
        ("he", "Omar Tallis", False),
    ],
)
def test_a_pronoun_in_a_quotation_is_its_speaker_or_a_guess(inner, speaker, is_sure):
    text = f"Ida Falk said, “Omar Tallis knows that {inner} warned you: it leaks.”"
    outer = draft(text, "Ida Falk", "said", text[text.index("“") :], False, 0.9)
    quoted = draft(text, f"{inner} ", "warned", "it leaks", False, 0.9)
    speakers = SpeakerResolver(text, Names(text), [outer.paragraph])
    assert speakers.resolve(outer).name == "Ida Falk"
    found = speakers.resolve(quoted)
    assert (found.name, found.is_sure) == (speaker, is_sure)


@pytest.mark.parametrize(
    "text",
    [
        "It is a debate about how the lock is run.",
        "The holiday is observed as a day of rest.",
        "There was much speculation about the lock.",
    ],
)
def test_talk_of_nobody_is_no_attribution(read, text):
    assert read(text).attributions == ()


def test_a_passive_report_has_no_source_and_counts(read):
    assert read("The lock is said to be leaking.").attributions[0].speaker is None


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Ida Falk told the board that the lock leaked; a diver looked at it on Friday.",
            "the lock leaked",
        ),
        (
            "Ida Falk said that the lock leaked; that it would fail; and that nobody cared.",
            "the lock leaked; that it would fail; and that nobody cared",
        ),
        ("Ida Falk said “the lock leaks; the dam does not”.", "“the lock leaks; the dam does not”"),
    ],
)
def test_a_semicolon_ends_what_somebody_said_unless_it_goes_on(read, text, content):
    assert read(text).claims == [("Ida Falk", content)]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Falk was told by the mayor that the lock leaks.", "the mayor", "the lock leaks"),
        ("The diver had been warned by Ida Falk that it was late.", "Ida Falk", "it was late"),
        ("The mayor was urged by doctors to close the lock.", "doctors", "to close the lock"),
        ("Omar Tallis was told by engineers that the lock leaks.", "engineers", "the lock leaks"),
        ("The crew was told that the lock leaks.", None, "the lock leaks"),
        ("Omar Tallis was told of the leak by a diver.", "a diver", "the leak"),
        ("Omar Tallis was told by email that the lock leaks.", None, "the lock leaks"),
        ("A fan, told that Ida Falk might go, wept.", None, "Ida Falk might go"),
        ("She was told that the lock leaks.", None, "the lock leaks"),
        ("Told that growth was slow, he smiled.", None, "growth was slow"),
        ("Omar Tallis told that story.", "Omar Tallis", "story"),
        ("Omar Tallis was warned that the lock leaks.", None, "the lock leaks"),
        ("Ida Falk was repeatedly assured that she would be paid.", None, "she would be paid"),
        ("“It leaks,” Ida Falk was told, “at night.”", None, "“It leaks,” … “at night.”"),
        ("Falk wasn’t informed that the lock leaks.", None, "the lock leaks"),
    ],
)
def test_a_passive_verb_s_subject_did_not_speak(read, text, speaker, content):
    assert read(text).claims == [(speaker, content)]


def test_whoever_is_only_spoken_to_is_no_claim(read):
    assert read("Minister denies ministry was warned").contents == ["ministry was warned"]


def test_the_agent_of_a_passive_verb_is_found_inside_a_content(read):
    found = read("Omar Tallis said she had been told by the mayor that the lock was sound.")
    assert found.claims[1] == ("the mayor", "the lock was sound")


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("The mayor disagreed. “We priced everything,” she said.", None, "“We priced everything,”"),
        ("Ida Falk confirmed the sale, denied the theft and left.", "Ida Falk", "the sale"),
        ("Ida Falk thanked the divers.", "Ida Falk", "the divers"),
        ("The mayor’s office denied that.", "the mayor’s office", "that"),
    ],
)
def test_whoever_stands_before_the_cue_speaks(read, text, speaker, content):
    assert (speaker, content) in read(text).claims

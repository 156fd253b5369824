"""Resolving the words of a source to a speaker."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("Omar Tallis arrived late. Tallis said it leaks.", "Omar Tallis", "named"),
        ("Canal Minister Omar Tallis said it leaks.", "Omar Tallis", "named"),
        ("Omar Tallis, head of the canal trust, said it leaks.", "Omar Tallis", "named"),
        ("The mayor, Omar Tallis, said it leaks.", "Omar Tallis", "named"),
        ("Omar Tallis and Ida Falk said it leaks.", "Omar Tallis and Ida Falk", "named"),
        (
            "Ida Falk, a senator from Norton, Ohio, left. The senator said it leaks.",
            "Ida Falk",
            "named",
        ),
        ("The mayor of Norton left. The mayor said it leaks.", "the mayor", "described"),
        ("Ida Falk, a spokeswoman, left. The spokeswoman said it leaks.", "Ida Falk", "named"),
        ("Deputy Mayor Ida Falk left. The mayor said it leaks.", "the mayor", "described"),
        ("They met Deputy Mayor Ida Falk. The mayor said it leaks.", "the mayor", "described"),
        ("Deputy Mayor Ida Falk left. The deputy mayor said it leaks.", "Ida Falk", "named"),
        ("Ida Falk, a former mayor, left. The mayor said it leaks.", "the mayor", "described"),
        ("The Canal Trust (CT) met. The CT said it leaks.", "the Canal Trust", "named"),
        (
            "Members of the Lock Keepers’ League (LKL) met. The LKL said it leaks.",
            "the Lock Keepers’ League",
            "named",
        ),
        (
            "The Institute for the Study of Locks (ISL) met. The ISL said it leaks.",
            "the Institute for the Study of Locks",
            "named",
        ),
        (
            "The World Health Office (WHO) met. The WHO said it leaks.",
            "the World Health Office",
            "named",
        ),
        ("The US said it leaks.", "The US", "named"),
        ("US officials said it leaks.", "US officials", "described"),
        ("Two canal engineers said it leaks.", "two canal engineers", "described"),
        ("A source said it leaks.", "a source", "unnamed"),
        ("People close to the talks said it leaks.", "people close to the talks", "unnamed"),
        ("An official who asked not to be named said it leaks.", "an official", "unnamed"),
        (
            "Those who asked not to be named said it leaks.",
            "those who asked not to be named",
            "unnamed",
        ),
        ("A clerk who did not want to be identified said it leaks.", "a clerk", "unnamed"),
        ("Residents who fled the town said it leaks.", "residents who fled the town", "described"),
        ("The transport ministry said it leaks.", "the transport ministry", "named"),
        ("The harbour authority said it leaks.", "the harbour authority", "named"),
        ("Insurers believe it leaks.", "insurers", "described"),
        ("Sanders believes it leaks.", "Sanders", "named"),
        ("Mr Falk met Mrs Falk. Omar Falk left. Mrs Falk said it leaks.", "Mrs Falk", "named"),
        (
            "Shopkeepers on the east bank fear it leaks.",
            "shopkeepers on the east bank",
            "described",
        ),
        ("Did Tallis know? Tallis said it leaks.", "Tallis", "named"),
        ("A baker from Springfield, Ohio, said it leaks.", "a baker from Springfield", "described"),
        ("The firm, a unit of Canalco, said it leaks.", "the firm", "described"),
        ("The receiver, K. L. Wynn, said it leaks.", "K. L. Wynn", "named"),
        ("Omar Tallis of the anglers’ league said it leaks. Tallis left.", "Omar Tallis", "named"),
        ("The Norton Canal article says it leaks.", "the Norton Canal article", "described"),
        ("The council’s letter says it leaks.", "the council’s letter", "described"),
        ("A statement by the council says it leaks.", "a statement by the council", "described"),
        ("Town archives show it leaks.", "Town archives", "described"),
        ("An internal document says it leaks.", "an internal document", "described"),
        ("A document seen by the Echo says it leaks.", "a document seen by the Echo", "described"),
        ("The Pentagon said it leaks.", "The Pentagon", "named"),
        ("The ministry said it leaks.", "the ministry", "described"),
        ("The local council said it leaks.", "the local council", "described"),
        ("Officials said it leaks.", "officials", "described"),
        ("A spokesman said it leaks.", "a spokesman", "described"),
        ("Two dockers said it leaks.", "two dockers", "described"),
        ("Then-Mayor Omar Tallis said it leaks.", "Omar Tallis", "named"),
        ("Vice-President Omar Tallis said it leaks.", "Omar Tallis", "named"),
        ("Omar al-Tallis said it leaks.", "Omar al-Tallis", "named"),
        ("Prosecutor Omar Tallis said it leaks.", "Omar Tallis", "named"),
        ("The stoker ran. Stoker Omar Tallis said it leaks.", "Omar Tallis", "named"),
        ("Dr. Omar Tallis arrived late. Tallis said it leaks.", "Omar Tallis", "named"),
        ("Anna de Vries arrived late. De Vries said it leaks.", "Anna de Vries", "named"),
        ("The Canal Party’s Omar Tallis said it leaks.", "Omar Tallis", "named"),
        ("The mayor, Omar Tallis, 58, said it leaks.", "Omar Tallis", "named"),
        ("The mayor of Norton, Ida Falk, left. The mayor said it leaks.", "Ida Falk", "named"),
        ("Trade minister Ida Falk left. The trade minister said it leaks.", "Ida Falk", "named"),
        ("Her sister, the novelist Ida Falk, said it leaks.", "Ida Falk", "named"),
        ("Her father and coach, Omar Tallis, said it leaks.", "Omar Tallis", "named"),
        (
            "Ida Falk and her deputy, Omar Tallis, said it leaks.",
            "Ida Falk and Omar Tallis",
            "named",
        ),
        (
            "Ida Falk, the mayor, and Omar Tallis, the governor, said it leaks.",
            "Ida Falk and Omar Tallis",
            "named",
        ),
        (
            "The head of the bank, Ida Falk, and the minister, Omar Tallis, said it leaks.",
            "Ida Falk and Omar Tallis",
            "named",
        ),
        ("The Dockers’ Trade Union (DTU) met. DTU said it leaks.", "Dockers’ Trade Union", "named"),
        ("Her brother said it leaks.", "her brother", "described"),
    ],
)
def test_speaker(read, text, speaker, kind):
    found = read(text).one("it leaks")
    assert (found.speaker, found.source_kind) == (speaker, kind)


def test_an_organisation_is_not_a_person(read):
    found = read(
        "The council’s chairman, Omar Tallis, thanked the divers and criticised the ministry. "
        "The ministry has denied that it was warned. He said it leaks."
    )
    assert found.one("it was warned").speaker == "the ministry"
    assert found.one("it leaks").speaker == "Omar Tallis"


def test_quoted_requests_for_anonymity_are_ignored(read):
    found = read(
        "Two dockers said the lock leaks. “They spoke on condition of anonymity,” Ida Falk said."
    )
    assert found.one("the lock leaks").source_kind == "described"


def test_the_statement_belongs_to_its_author(read):
    made = "The harbour authority said in a statement that the lock is old."
    assert read(f"{made} It leaks, according to the statement.").one("It leaks").speaker == (
        "the harbour authority"
    )
    apart = read(f"{made} Ida Falk said it is sound. It leaks, according to the statement.")
    assert apart.one("It leaks").speaker == "the statement"


def test_a_description_resolves_to_an_earlier_longer_one(read):
    found = read("Two canal engineers said the lock is old.\n\nThe engineers said it leaks.")
    assert found.one("it leaks").speaker == "two canal engineers"


def test_the_two_countries_resolve_to_the_pair_before(read):
    found = read("Norland and Sudmark signed a pact. The two countries said it would hold.")
    assert found.one("it would hold").speaker == "Norland and Sudmark"


@pytest.mark.parametrize("they", ["The two", "Both", "They"])
def test_they_may_be_the_two_subjects_of_a_sentence(read, they):
    found = read(f"Omar Tallis and Ida Falk met on Monday. {they} said it leaks.").one("it leaks")
    assert (found.speaker, found.unsure) == ("Omar Tallis and Ida Falk", False)


@pytest.mark.parametrize(
    "text",
    [
        "Omar Tallis met Ida Falk after visits to Moscow and Beijing. The two said it leaks.",
        "The road between Moscow and Beijing was shut. The two said it leaks.",
        "Omar Tallis and Ida Falk met on Monday. The two countries said it leaks.",
        "Officials closed the lock. They said it leaks.",
    ],
)
def test_unclear_pairs_stay_as_printed(read, text):
    found = read(text).one("it leaks")
    assert found.speaker in ("The two", "The two countries", None)
    assert (found.source_kind, found.unsure) == ("described", True)


def test_they_resolves_to_plural_speakers(read):
    found = read("Two officials said the lock is old. They said it leaks.").one("it leaks")
    assert (found.speaker, found.unsure) == ("two officials", False)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("US officials said no. Russian officials said yes. The officials said", "the officials"),
        (
            "US officials met Russian officials. US officials said it is old. The officials said",
            "the officials",
        ),
        ("The Foreign Ministry met. The Health Ministry met. The ministry said", "the ministry"),
        (
            "The foreign ministry said no. The health ministry said yes. The ministry said",
            "the ministry",
        ),
        ("The Norton Authority met. The water authority left. The authority said", "the authority"),
    ],
)
def test_a_noun_for_several_organisations_stays_as_printed(read, text, speaker):
    assert read(f"{text} it leaks.").one("it leaks").speaker == speaker


def test_an_ambiguous_surname_stays_as_printed(read):
    found = read("Omar Tallis met Rita Tallis. Tallis said it leaks.")
    assert found.one("it leaks").speaker == "Tallis"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Nobody else of the name has been introduced yet.
        ("Omar Tallis left. Tallis said it leaks. His cousin, Rita Tallis, left.", "Omar Tallis"),
        ("Alex Tallis met Robin Tallis. Mr Tallis said it leaks.", "Mr Tallis"),
    ],
)
def test_titles_distinguish_people_with_one_surname(read, text, speaker):
    assert read(text).one("it leaks").speaker == speaker


@pytest.mark.parametrize(
    ("before", "pronoun", "speaker"),
    [
        ("Ida Falk said it is old. A neighbour said it was loud.", "She", "a neighbour"),
        ("Ida Falk said it is old. The council’s spokesman denied it.", "She", "Ida Falk"),
        ("The mayor said it is old. The mayor was late.", "He", "the mayor"),
        ("Omar Tallis said it is old. Ida Falk, of Norton College, was late.", "She", "Ida Falk"),
        ("Omar Tallis said it is old.\n\nA wet spring\n\nThe lock is shut.", "He", "Omar Tallis"),
        (
            "“Ida Falk promised us that it was sound,” said Omar Tallis, who owns a boat.",
            "He",
            "Omar Tallis",
        ),
        (
            "Omar Tallis lost his key, and Tallis was angry. Tallis took his coat. "
            "Ida Falk lost her key, and Falk was angry. Falk took her coat.",
            "He",
            "Omar Tallis",
        ),
        (
            "Omar Tallis said it is old. But Tallis’s deputy Ida Falk, who left, is ill.",
            "She",
            "Ida Falk",
        ),
        ("The canal trust said it is old.", "They", "the canal trust"),
        (
            "Ida Falk said it is old. The night guard told police it was shut.",
            "He",
            "the night guard",
        ),
        ("Ida Falk said it is old. The coast guard told police it was shut.", "She", "Ida Falk"),
        (
            "Ida Falk said it is old. The baker’s apprentice told police it was shut.",
            "He",
            "the baker’s apprentice",
        ),
        ("The survey results showed that it is old.", "They", None),
    ],
)
def test_pronouns_resolve_to_people(read, before, pronoun, speaker):
    found = read(f"{before} {pronoun} said it leaks.").one("it leaks")
    assert (found.speaker, found.unsure) == (speaker, speaker is None)


def test_a_person_has_one_gender_per_paragraph(read):
    found = read(
        "The firm’s chief, Omar Tallis, met the mayor, Ida Falk, on Monday. "
        "“We agreed on nothing,” he said. “It was a waste of tea,” she said."
    )
    speakers = {content: speaker for speaker, content in found.claims}
    assert speakers["“We agreed on nothing,”"] == "Omar Tallis"
    assert speakers["“It was a waste of tea,”"] == "Ida Falk"


def test_speakers_do_not_refer_to_themselves_by_name(read):
    found = read("Omar Tallis said the lock is old. Ida Falk, he said, was warned that it leaks.")
    assert found.one("Ida Falk").speaker == "Omar Tallis"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ron Hill, 24, of Norton, who said it leaks, left the room.", "Ron Hill"),
        ("Ron Hill, the head of Norton College, who said it leaks, left the room.", "Ron Hill"),
        ("The rain stopped. A docker, who said it leaks, left the room.", "a docker"),
    ],
)
def test_who_resolves_to_the_words_before(read, text, speaker):
    assert read(text).one("it leaks").speaker == speaker


def test_she_does_not_resolve_to_a_man(read):
    found = read(
        "Spokeswoman Ida Falk arrived with Sir Omar Tallis. "
        "Sir Omar Tallis was late. She said it leaks."
    )
    assert found.one("it leaks").speaker == "Ida Falk"


def test_who_resolves_to_the_name_before(read):
    found = read("Omar Tallis, who said it leaks, left the room. Tallis was tired.")
    assert found.one("it leaks").speaker == "Omar Tallis"


def test_a_spokesperson_is_a_person(read):
    found = read(
        "Omar Tallis said the lock is old. Tallis left. "
        "Ida Falk for the Canal Trust said it is sound. She said it leaks."
    )
    assert found.one("it leaks").speaker == "Ida Falk"


@pytest.mark.parametrize(
    ("before", "speakers"),
    [
        ("Spokesman Alex Lund met Robin Roe on Monday.", {"Alex Lund"}),
        ("Alex Lund was in Norton on Monday.", {"Alex Lund"}),
        ("Alex Lund was in Nova Linda on Monday.", {"Alex Lund"}),
        ("Alex Lund met Robin Roe on Monday.", {"Alex Lund", "Robin Roe", "He"}),
    ],
)
def test_he_is_somebody_named_before(read, before, speakers):
    found = read(f"{before} He said the lock leaks.").one("the lock leaks")
    assert found.speaker in speakers


@pytest.mark.parametrize(
    ("text", "speaker", "unsure"),
    [
        ("“It is sound,” said Vance, whose lawyer says it leaks.", "Vance’s lawyer", False),
        ("The nurses, whose union says it leaks, left.", "the nurses’ union", False),
        ("It rained in May. His lawyer, whose clerk said it leaks, left.", "whose clerk", True),
    ],
)
def test_whose_lawyer_resolves_to_a_possessive(read, text, speaker, unsure):
    found = read(text).one("it leaks")
    assert (found.speaker, found.unsure) == (speaker, unsure)


@pytest.mark.parametrize(
    "wife", ["His wife, Jo Smith,", "Smith’s wife Jo Smith", "Jo Smith, his wife,"]
)
def test_relatives_with_one_surname_are_distinguished(read, wife):
    found = read(f"Smith, who said the dam was old, now says it leaks. {wife} said she would move.")
    assert found.one("the dam").speaker == "Smith"
    assert found.one("it leaks").speaker == "Smith"
    assert found.one("she would").speaker == "Jo Smith"


@pytest.mark.parametrize(
    "body", ["the ministry of science", "the Department of Public Works", "the Office for Locks"]
)
def test_which_resolves_to_an_organisations_full_name(read, body):
    found = read(f"On Monday {body}, which has said that the lock leaks, was shut.")
    assert found.one("the lock leaks").speaker == body


def test_a_word_with_a_capital_inside_is_nobody(read):
    claim = read("Ida Falk waited all day. BrightLamp sent an engineer. She said nobody came.").one(
        "nobody came"
    )
    assert (claim.speaker, claim.unsure) == ("Ida Falk", False)


@pytest.mark.parametrize(
    "printed", ["danah Falk", "Ḥasan Falk", "Eric “Rick” Falk", "Eric zu Falk"]
)
def test_an_odd_given_name_is_not_a_known_namesake(read, printed):
    found = read(f"Ida Falk, the mayor, left. The lock leaks, said {printed}, a diver.")
    assert "Ida Falk" not in [attribution.speaker for attribution in found.attributions]


LEAD = "It was a cold week for everybody who keeps a boat on the canal at Norton. "


def test_no_body_says_i(read):
    text = (
        f"{LEAD}Omar Tallis, who keeps the lock, said it leaks.\n\nThe Norton Canal Trust said that"
        " the lock was safe.\n\n“I have mended it twice. I would not put my own boat in there.”"
    )
    found = read(text).one("“I have")
    assert found.speaker == "Omar Tallis"
    assert found.unsure

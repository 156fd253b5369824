"""Whose a quotation is that stands alone, after a paragraph about somebody else."""

from __future__ import annotations

LEAD = "It was a cold week for everybody who keeps a boat on the canal at Norton. "


def test_a_quotation_about_her_is_not_hers(read):
    text = (
        f"{LEAD}“It leaks,” said Omar Tallis, who keeps the lock.\n\nIda Falk, the mayor, denied"
        " that the lock was old. She has agreed to be photographed beside it, but not in a boat on"
        " the canal.\n\n“She can’t swim, bless her. I offered to teach her in May.”"
    )
    found = read(text).one("“She can’t")
    assert found.speaker == "Omar Tallis"
    assert found.unsure


def test_no_body_says_i(read):
    text = (
        f"{LEAD}Omar Tallis, who keeps the lock, said it leaks.\n\nThe Norton Canal Trust said that"
        " the lock was safe.\n\n“I have mended it twice. I would not put my own boat in there.”"
    )
    found = read(text).one("“I have")
    assert found.speaker == "Omar Tallis"
    assert found.unsure


def test_who_is_asked_answers(read):
    text = (
        f"{LEAD}Dr Ida Falk has kept the lock since June. Falk says it leaks.\n\nAt one o’clock"
        " Falk locks up. I ask what she will do on her first free morning.\n\n“I’ll sleep. After"
        " that I have no plans at all.”"
    )
    assert read(text).one("“I’ll sleep").speaker == "Ida Falk"


def test_a_letter_is_by_who_signs_it(read):
    text = (
        f"{LEAD}Ida Falk wrote to the canal trust in May, and had no answer.\n\nThe lock"
        " was mended last week, and all the boats have left.\n\n> Dear all, thank you. The lock"
        " is dry. I have sold the boat. Yours, Ida Falk"
    )
    assert read(text).one("Dear all").speaker == "Ida Falk"


def test_she_is_who_is_interviewed(read):
    text = (
        "Ida Falk on her third lock\n\nINTERVIEW BY GRETA LUND\n\nThe keeper of the lock at Norton"
        " is early. Falk has a cold.\n\n**Do you like the lock?**\n\nI do. I paint it every"
        " year.\n\n**Does it leak?**\n\nIt does. My helper, August Quist, told me to sell"
        " it.\n\nI mention that Quist has called her a bad painter. She laughs. “August has no"
        " brush,” she says.\n\n**What’s next?**\n\nI’ll sleep."
    )
    assert read(text).one("“August").speaker == "Ida Falk"

"""Words that show that a line above a story is a label or a field."""

from pathlib import Path

from bot.languages.en.lexicon.lists import load_phrases, word_set

LISTS = load_phrases(Path(__file__).with_name("heads.yml"))
TITLE_LABELS = word_set("title headline hed head subject re betreff")
BYLINE_LABELS = word_set("byline author authors reporter reporters story writer words text by")
"""A line with such a label and no name is neither a byline nor a title."""

DATE_LABELS = word_set("date published publication-date posted sent")
OTHER_LABELS = word_set(
    """
    abstract attachments attendees bcc caption categories category cc contact contacts content-type
    copyright dateline deck dek desk e-mail edition editor email embargo embargoed episode filed
    from guest guests host id image interviewee interviewer issue keywords language last-updated
    length link location media-contact message-id mime-version modified number outlet page part
    participants phone photo photos picture pictures place present press-contact priority project
    publication recorded ref reference reply-to section sender series slug source standfirst status
    strap strapline subhead summary tags tel telephone time to topic topics twitter updated url
    venue version web website word-count wordcount words
    """
)
"""Fields that hold neither title, byline nor date."""

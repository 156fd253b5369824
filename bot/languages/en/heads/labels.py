"""Words that show that a line above a story is a label or a field."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SECTION_WORDS = _words(
    """
    a about advisory agriculture analysis and art article arts at audio background books breaking
    brief briefing briefs business cities city clean climate column columns comment commentary
    community contents copy corrections council courts crime culture debate defence defense
    developing diary dispatch draft economics economy edited editorial editorials education
    elections energy entertainment environment essay exclusive explained explainer extra fact
    factcheck feature features film final finance first flash focus food football for foreign from
    front full gardening glance guest health hed home homes housing immediate in industry insight
    international interview interviews investigation investigations justice key latest law letter
    letters life lifestyle live local long longread magazine markets media metro money motoring
    music nation national new news newsdesk newsfeed now obituaries obituary of on op-ed opinion
    outlook page people perspective podcast points policy politics press profile property q&a read
    recap region regional release report review reviews science second section society special sport
    sports state statement stories story style summary takeaways tech technology the theatre today
    top transcript transport travel tv uk unedited update updated updates urgent us video view
    viewpoint views voices weather week weekend world your
    & + | / > - – — · •
    """
)
"""The words in names of sections ("world news") and types of story ("exclusive")."""

CONNECTING_WORDS = _words("a about and at first for from in new now of on the your & + | / > - – —")
"""Words that are not a section name on their own."""

TITLE_LABELS = _words("title headline hed head subject re betreff")
BYLINE_LABELS = _words("byline author authors reporter reporters story writer words text by")
"""A line with such a label and no name is neither a byline nor a title."""

DATE_LABELS = _words("date published publication-date posted sent")
OTHER_LABELS = _words(
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

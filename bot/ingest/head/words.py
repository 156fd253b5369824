"""The words by which a line above a story is known for a label or a field."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SECTIONS = _words(
    """
    a about advisory agriculture analysis and art article arts at audio background books breaking
    brief briefing briefs business cities city climate column columns comment commentary community
    corrections council courts crime culture debate defence defense developing diary dispatch draft
    economics economy education editorial editorials elections energy entertainment environment
    essay exclusive explained explainer extra fact factcheck feature features film final finance
    first flash focus food football foreign for from front gardening guest health hed home homes
    housing immediate in industry insight international interview interviews investigation
    investigations justice latest law letter letters life lifestyle live local long longread
    magazine markets media metro money motoring music nation national new news newsdesk newsfeed
    now obituaries obituary of on op-ed opinion outlook page people perspective podcast policy
    politics press profile property q&a read recap region regional release report review reviews
    science second section society special sport sports state statement stories story style tech
    technology the theatre today top transcript transport travel tv uk update updated updates
    urgent us video view viewpoint views voices weather week weekend world your
    & + | / > - – — · •
    """
)
"""Names of sections and kinds of stories are made of these."""

JOINING = _words("a about and at first for from in new now of on the your & + | / > - – —")
"""Of these alone, none is."""

TITLES = _words("title headline hed head subject re betreff")
BYLINES = _words("byline author authors reporter reporters story writer words text by")
"""Where no name follows, they are only not the title."""

DATES = _words("date published publication-date posted sent")
OTHERS = _words(
    """
    abstract attachments bcc caption categories category cc contact contacts content-type copyright
    dateline deck dek desk edition editor embargo embargoed from id image keywords language
    last-updated length link location message-id mime-version modified outlet page photo photos
    picture pictures place priority publication ref reference reply-to section sender slug source
    standfirst status strap strapline subhead summary tags to topic topics updated url version
    word-count wordcount words
    """
)
"""What is called so above a story is none of the three."""

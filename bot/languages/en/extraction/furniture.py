"""Patterns for page furniture, and for telling a line of text from a heading."""

import re

from bot.languages.en.lexicon.cue_verbs import PAST_REPORTING_VERBS

# A line with such a verb is text even without a full stop; "told to leave" is no reported speech.
REPORTED_SPEECH = re.compile(
    rf"\b(?:{'|'.join(sorted(PAST_REPORTING_VERBS))})\b(?!\s+to\b)", re.IGNORECASE
)
# A line that consists of page furniture only.
FURNITURE = re.compile(
    r"""\W*(?:
      (?:sign|log)[ -]?(?:up|in) | subscribe | unsubscribe | register\s+(?:now|here)
    | (?:privacy|terms|cookies?)\s+(?:policy|settings|notice|of\s+(?:use|service)|and\s+conditions)
    | (?:accept|manage|reject)\s+(?:all\s+)?cookies | follow\s+us | advertis(?:e)?ments?
    | sponsored\s+(?:content|post) | \d+\s+comments? | comments\s+are\s+closed
    | (?:listen|watch)\s+(?:now|here) | all\s+rights\s+reserved
    | (?:related|recommended|more)\s+(?:articles?|stories|coverage|reading|content|topics)(?::.*)?
    | (?:read|see|learn)\s+(?:more|also|next)(?::.*)?
    | (?:©|\(c\)\s*\d{4}|copyright\s*(?:©|\(c\)|\d{4})).*
    | (?:photo|photograph|image|picture|caption|credit)s?
      (?:\s+(?:credit|courtesy|source|caption))?s?\s*(?::|/|©).*
    | (?:photo|photograph|image|picture|video|illustration|graphic)s?
      \s+(?:by|via|courtesy\s+of)(?:\s+(?:(?-i:[A-Z])[\w.’'-]*|/|and|for|of|the))+
    | (?:getty|ap|afp|epa|reuters|shutterstock|file)\s*(?:images?|photos?)?
      (?:\s*/\s*(?-i:[A-Z])[\w.’'-]*(?:\s+(?-i:[A-Z])[\w.’'-]*)*)?
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)
# The start of a line of page furniture; the rest must not contain a verb of reporting.
FURNITURE_START = re.compile(
    r"""\W*(?:
      (?:sign|log)[ -]?(?:up|in)\s+(?:to|for|with|here|now|today|and)\b
    | (?:un)?subscribe\s+(?:to|now|here|today|at|for)\b
    | register\s+(?:now\s+|here\s+)?to\s+(?:read|continue)\b
    | (?:please\s+)?(?:enter|confirm)\s+your\s+(?:e-?mail|name|password)
    | by\s+(?:submitting|signing|subscribing|clicking|continuing|registering|using|entering)\b
      .*\b(?:I|you|we)\s+(?:agree|accept|consent|confirm|acknowledge)
    | I\s+(?:agree|accept|consent)\s+to\s+the\b | you\s+(?:can|may)\s+unsubscribe\b
    | (?:this|our|the)\s+(?:web\s?)?(?:site|page)\s+uses?\s+cookies | we\s+use\s+cookies
    | share\s+(?:this\s+(?:article|story|page|post|video)|on|via|article)\b
    | (?:follow|like|join)\s+us\s+(?:on|at)\b
    | (?:read|see|learn|find\s+out)\s+(?:more|also|next)\b(?!\s+than)
    | (?:video|illustration|graphic)s?\s*:
    | (?:click|tap)\s+here\b | (?:story|article)\s+continues\s+below | continue\s+reading\b
    | skip\s+to\b | (?:support|donate\s+to)\s+(?:our\s+(?:journalism|work|newsroom|reporting)|us\b)
    | thank(?:s|\s+you)\s+for\s+(?:reading|subscribing)
    | get\s+(?:the|our|your)\b.*\b(?:newsletter|inbox|app)\b | download\s+(?:the|our)\b.*\bapp\b
    | (?:leave|post)\s+a\s+comment\b | have\s+(?:a|any)\s+(?:news\s+)?(?:tip|question|story)\b.*\?
    | (?:this|a\s+version\s+of\s+this)\s+(?:article|story)\s+(?:was\s+)?
      (?:first\s+|originally\s+)(?:appeared|published)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
PHOTO_CREDIT = re.compile(
    r"\((?:photo|image|picture|credit)[^()]*\)\s*$|/(?:getty|afp|ap|reuters)(?: images)?\s*$", re.I
)

"""Words that are printed in several ways, and words that change how firm a report is."""

import re

from bot.languages.en.lexicon.lists import word_set

ABBREVIATED = {
    "%": "percent", "pc": "percent", "m": "million", "mn": "million", "bn": "billion",
    "tn": "trillion", "&": "and", "an": "a", "1": "one", "ok": "okay", "amongst": "among",
    "whilst": "while", "grey": "gray", "mom": "mum", "ageing": "aging", "vs": "versus",
    "km": "kilometers", "kg": "kilograms", "jan": "january", "feb": "february", "mar": "march",
    "apr": "april", "jun": "june", "jul": "july", "aug": "august", "sep": "september",
    "sept": "september", "oct": "october", "nov": "november", "dec": "december",
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th",
    "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
    "eleventh": "11th", "twelfth": "12th",
}  # fmt: skip
"""Other forms of words."""
SCALES = word_set("dozen hundred thousand million billion trillion half quarter percent")
"""Words that make a figure with or without digits."""
HUNDREDS = {"hundred": 100, "thousand": 1000}
ORDINAL_ENDINGS = word_set("st nd rd th")
SPELLINGS = (
    (re.compile(r"(?<=[a-z]{2}[aeiou]l)l(?=(?:ed|ing|er|ers|s|ment|ments)?$)"), ""),
    (
        re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|er|ers|ful|able|al|ite|ites|hood|hoods)?$)"),
        "or",
    ),
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|es|ed|ing|er|ers|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=ward)s$"), ""),
    (re.compile(r"^enquir"), "inquir"),
    (re.compile(r"^skeptic"), "sceptic"),
)
"""What is spelled in two ways: "travelled", "colour", "organise"."""
ENDINGS = {
    "": "", "s": "s", "es": "s", "d": "ed", "ed": "ed", "ing": "ing", "r": "er", "er": "er",
    "ly": "ly",
}  # fmt: skip
"""Endings of words that are listed without them, each as one of its forms."""

NEGATIONS = word_set("not no never none nobody nothing neither nor without cannot nowhere hardly")
CONTRACTED_NOT = re.compile(r"n't$")
DOUBTFUL = word_set("may might could can perhaps possibly probably allegedly reportedly likely")
FIRM = word_set("will shall must is are was were would has have definitely certainly")
INTENDED = word_set("to")
"""What stands before a verb for what will be: "is to sell"."""
FACTIVE = re.compile(
    r"\b(?:reveal|admit|acknowledg|accept|conced|confirm|prove|show|establish|disclos|expos)\w*",
    re.IGNORECASE,
)
CONFIRM = re.compile(r"\bconfirm\w*", re.IGNORECASE)
"""Verbs by which a report takes over what somebody says."""
PREPOSITION = re.compile(r",|\b(?:of|in|at|for|with|from|to|on|by|who|whose|that|close|familiar)\b")
SPOKESPERSON = re.compile(r"\bspokes(?:man|woman|person|people)\b", re.IGNORECASE)
"""Who speaks for a body on the record."""
ANYBODY = word_set(
    "a an the one two three several some many people person persons source sources insider insiders"
    " someone somebody them those they he she it unnamed anonymous"
)
"""Words that say nothing of who somebody is."""
QUOTE_OR_STOP = re.compile(r"[“”\"]|[.!?](?:\s|$)|\n")
OUTLET_NAME = re.compile(
    r"\b(?:[A-Z][\w&’'-]*\s+)*(?:News|Times|Post|Herald|Gazette|Chronicle|Courier|Journal|Radio|TV"
    r"|Television|Tribune|Telegraph|Guardian|Mail|Mirror|Observer|Press|Broadcasting|BBC|CNN"
    r"|Reuters|AFP|Bloomberg|Today|Tonight|Morning|Echo|Standard|Globe|Star|Sun|Review|Weekly|Daily"
    r"|Podcast|FM)\b"
)
"""A name that looks like that of an outlet."""
THE_OUTLET = re.compile(
    r"\bthe (?:news)?(?:paper|programme|program|broadcaster|station|website|magazine|podcast"
    r"|agency)\b"
)
UNNAMED_WORDS = re.compile(
    r"\b(?:sources|insiders?|a source|the source|anonym\w+|unnamed|familiar with|briefed on"
    r"|(?:people|person|officials?|somebody|someone) (?:close|with)|knowledge of"
    r"|(?:not (?:to )?|declined to )be (?:named|identified))\b",
    re.IGNORECASE,
)
"""What a text says of a source whose name it withholds."""

"""Words that are printed in several ways, and words that change how firm a report is."""

import re

from bot.languages.en.lexicon.lists import word_set

ABBREVIATED = {
    "%": "percent", "pc": "percent", "m": "million", "mn": "million", "bn": "billion",
    "tn": "trillion", "&": "and", "ok": "okay", "towards": "toward", "amongst": "among",
    "whilst": "while", "grey": "gray",
}  # fmt: skip
"""Other forms of words."""
SCALES = word_set("dozen hundred thousand million billion trillion half quarter third percent")
"""Words that make a figure with or without digits."""
DOUBLED_L = re.compile(r"(?<=[a-z]{2}[aeiou]l)l(?=ed$|ing$|er$|ers$)")
ISE = re.compile(r"(?<=[a-z]{3})is(?=(?:e|es|ed|ing|er|ers|ation|ations)$)")
"""Endings that are spelled in two ways: "travelled", "organise"."""
ENDINGS = {
    "": "", "s": "s", "es": "s", "d": "ed", "ed": "ed", "ing": "ing", "r": "er", "er": "er",
    "ly": "ly",
}  # fmt: skip
"""Endings of words that are listed without them, each as one of its forms."""

NEGATIONS = word_set("not no never none nobody nothing neither nor without cannot nowhere hardly")
CONTRACTED_NOT = re.compile(r"n't$")
DOUBTFUL = word_set("may might could can perhaps possibly probably allegedly reportedly likely")
FIRM = word_set("will shall must is are was were would has have definitely certainly")
FIRMER = {
    "claimed": ("confirmed",), "believes": ("confirmed",), "asked": ("confirmed", "said"),
    "said": ("confirmed",), "warned": ("confirmed",),
}  # fmt: skip
"""By the stance that is printed, the stances that would make it firmer."""
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
    r"\b(?:sources?|insiders?|anonym\w+|unnamed|familiar with|close to|briefed on|not to be"
    r" (?:named|identified)|not be (?:named|identified)|declined to be (?:named|identified))\b",
    re.IGNORECASE,
)
"""What a text says of a source whose name it withholds."""

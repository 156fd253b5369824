"""Patterns that show that a name is an outlet, organisation or place, not a person."""

import re

OUTLET_ENDING = re.compile(
    r"\b(?:advertiser|agency|argus|broadcasting|bulletin|chronicle|citizen|courier|daily|dispatch"
    r"|echo|enquirer|examiner|express|gazette|globe|guardian|herald|independent|inquirer|journal|ledger"
    r"|mail|mercury|mirror|newspapers?|news|newswire|observer|post|press|radio|sentinel|standard|telegraph|times"
    r"|tribune|weekly|wire)$",
    re.IGNORECASE,
)
ORGANISATION_ENDING = re.compile(
    r"\b(?:agency|association|authority|bank|board|college|commission|committee|company|council"
    r"|department|federation|foundation|group|hospital|inc|institute|limited|ltd|ministry|museum"
    r"|office|party|plc|police|service|services|society|trust|union|university)\.?$",
    re.IGNORECASE,
)
PLACE_NAME = re.compile(
    r"(?:abu|addis|buenos|cape|east|fort|hong|kuala|lake|las|los|lower|mount|new|north|phnom|port|rio"
    r"|saint|san|santa|south|sri|st\.?|tel|upper|west)\s.*"
    r"|.*\s(?:airport|avenue|bay|beach|city|county|district|falls|harbou?r|islands?|peninsula"
    r"|province|quay|region|road|springs|square|street|town|valley)",
    re.IGNORECASE,
)
# Words in a name that are not capitalised: "Bank of Norton".
LOWERCASE_WORDS = ("of", "and", "the", "&", "for")

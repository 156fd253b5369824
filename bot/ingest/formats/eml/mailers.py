"""What mail programs print around a message, in the languages that they speak."""

from __future__ import annotations

import re

HEADER = re.compile(
    r"[\s*_]*(?:(?P<sender>from|von|de|da|van|från|fra|od|от)"
    r"|(?P<date>sent|date|gesendet|datum|envoyé|enviado(?: el)?|enviada(?: em)?|fecha|inviato|data"
    r"|verzonden|skickat|sendt|dato|wysłano|отправлено|дата)"
    r"|(?P<subject>subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|тема)"
    r"|(?P<to>to|an|à|para|a|aan|till|til|do|кому|b?cc|reply-to|attachments|importance)"
    r")[\s*_]*[:：][*_]*(?:\s+|$)(?P<value>.*)",
    re.IGNORECASE,
)
"""A header of a quoted mail in one of the languages that most mail here is in."""
ANY_HEADER = re.compile(r"\s*[*_]*[^\W\d_][\w -]{0,15}[*_]*\s?[:：][*_]*(?:\s+(?P<value>.*)|$)")
"""A line that may be a header in any language."""
ONE_LINE_HEADERS = re.compile(r"\s*\*?[^\W\d_]{2,4}\*?: .{3,150}?(?:\s\*?[^\W\d_]{2,9}\*?: .*?){3}")
"""Headers of a quoted mail that a program has joined to one line."""
RULED = re.compile(r"[\s*_]*-{2,}\s*[^\W\d_].{1,80}?-{2,}[\s*_]*")
"""Words between dashes: "-----Original Message-----"."""
FORWARDED = re.compile(
    r"\b(?:forwarded|weitergeleitet|transféré|réexpédié|reenviado|(?:re)?encaminhada|inoltrato"
    r"|doorgestuurd|vidarebefordra|videresend|przekazan|пересылаем)",
    re.IGNORECASE,
)
RULE = re.compile(r"[\s_=*–—-]{3,}")
"""A line drawn above a quoted mail."""

INTRO_START = re.compile(
    r"(?:on|am|le|el|il|em|op|den|dne|w dniu|dnia|в|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
    r"|\d{1,2} \w+ \d{4}|(?:mon|tue|wed|thu|fri|sat|sun)\w*,)(?=\s|,|$)",
    re.IGNORECASE,
)
"""How the line above a quotation starts: "On 3 November …", "Am …", "2026-11-03 …"."""
INTRO_VERB = re.compile(
    r"\b(?:wrote|writes|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|napisał\S*"
    r"|pisze|napsala?|пишет|написала?)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.\w+")
CLOCK_TIME = re.compile(r"\b\d{1,2}\s?[:.h]\s?\d{2}\b")
DAY = re.compile(r"\b\d{1,4}[./-]\d{1,2}\b|\b(?:19|20)\d\d\b|\d月")

DEVICE = re.compile(
    r"\s*(?:sent (?:from|via|with)|get outlook for|gesendet (?:von|mit)|von meinem .{1,30} gesendet"
    r"|envoyé (?:de(?:puis)?|à partir)|enviado (?:desde|do)|inviato da|verzonden (?:vanaf|met)"
    r"|skickat från|sendt fra|wysłan[eo] z|отправлено (?:с|из)) "
    r"[^,;?!.\n]{0,60}\.?(?:\s*[<\[(]?https?:\S+)?\s*",
    re.IGNORECASE,
)
"""The line that a telephone or a program adds below a mail: "Sent from my iPhone"."""
LIST_FOOTER = re.compile(r"\b(?:mailing list|listinfo|lists?\.\S+|unsubscribe)\b", re.IGNORECASE)
SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:kind|best|warm)(?:est)? (?:regards|wishes)|regards|yours (?:sincerely"
    r"|faithfully|truly)|(?:many )?thanks|(?:mit )?(?:freundliche|beste|viele)[nr]? grüßen?"
    r"|(?:bien )?cordialement|saludos|(?:cordiali |distinti )?saluti)[,.!]?(?: \w+){0,2}",
    re.IGNORECASE,
)
"""The line above a signature."""
BOILERPLATE = re.compile(
    r"\b(?:view|read|open|see|trouble|problems?)\b.{0,60}\b(?:browser|online)\b|\bunsubscribe\b"
    r"|\A[^\n]{0,40}:? ?https?://\S+\Z",
    re.IGNORECASE,
)
"""What mailing programs print above and below a text, and bare links."""
NOTICE = re.compile(
    r"\bthis (?:e-?mail|message)\b.{0,300}\b(?:addressee|intended recipient|in error|solely for)\b"
    r"|\bdiese (?:e-?mail|nachricht)\b.{0,300}\b(?:empfänger|irrtümlich|adressat)"
    r"|\bconfidentiality notice\b|\bfrom outside (?:of )?(?:the|your|our) organi[sz]ation\b"
    r"|\A(?:you|some people who received this message) don[’']t often\b|\A\[external\]\Z",
    re.IGNORECASE | re.DOTALL,
)
"""Disclaimers, and what a mail system puts above a mail from outside."""

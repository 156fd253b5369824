"""What mail programs print around a message, in the languages that they speak."""

from __future__ import annotations

import re

FORWARDED_SUBJECT = re.compile(r"\s*(?:fwd?|wg|tr|vs|i|rv|enc|doorst)\s*:", re.IGNORECASE)
REPLIED_SUBJECT = re.compile(r"\s*(?:re|aw|antw|sv|odp|ref)\s*(?:\[\d+\])?:", re.IGNORECASE)
SUBJECT_PREFIX = re.compile(
    rf"^(?:{FORWARDED_SUBJECT.pattern}|{REPLIED_SUBJECT.pattern}|\[external\])*\s*", re.IGNORECASE
)
HEADER = re.compile(
    r"\s*[*_]*(?P<label>[^\W\d_][\w -]{0,15}?)[\s*_]*[:：][*_]*(?:\s+(?P<value>.*)|$)"
)
"""A line that may be a header of a quoted mail, in any language."""
_LABELS = {
    "sender": "from, von, de, da, van, från, fra, od, от",
    "date": "sent, date, gesendet, datum, envoyé, enviado, enviado el, enviada, enviada em, fecha,"
    " inviato, data, verzonden, skickat, sendt, dato, wysłano, отправлено, дата",
    "subject": "subject, betreff, objet, asunto, assunto, oggetto, onderwerp, ämne, emne, temat,"
    " тема",
    "to": "to, an, à, para, a, aan, till, til, do, кому, cc, bcc, reply-to, attachments",
}
KINDS = {label: kind for kind, labels in _LABELS.items() for label in labels.split(", ")}
"""What the headers of a quoted mail are, by their labels."""
RULED = re.compile(r"[\s*_]*-{2,}\s*[^\W\d_].{1,80}?-{2,}[\s*_]*")
"""Words between dashes: "-----Original Message-----"."""
FORWARDED = (
    *("forwarded", "weitergeleitet", "transféré", "réexpédié", "reenviado", "encaminhada"),
    *("inoltrato", "doorgestuurd", "vidarebefordra", "przekazan", "пересылаем"),
)
"""Words above a mail that was sent on."""

ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.\w+")
CLOCK_TIME = re.compile(r"\b\d{1,2}\s?[:.h]\s?\d{2}\b")
WROTE = ("wrote", "writes", "schrieb", "a écrit", "escribió", "ha scritto", "schreef", "пишет")
DAY = re.compile(r"\b\d{1,4}[./-]\d{1,2}\b|\b(?:19|20)\d\d\b|\d月")

DEVICES = (
    *("sent from ", "sent via ", "sent with ", "get outlook for ", "von meinem ", "gesendet von "),
    *("envoyé de", "enviado desde ", "inviato da ", "verzonden vanaf ", "skickat från "),
)
"""How the line starts that a telephone or a program adds below a mail: "Sent from my iPhone"."""
SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:kind|best|warm)(?:est)? (?:regards|wishes)|regards|yours \w+|(?:many )?thanks"
    r"|(?:mit )?\w+ grüßen?|(?:bien )?cordialement|(?:\w+ )?salu\w+)[,.!]?(?: \w+){0,2}",
    re.IGNORECASE,
)
"""The line above a signature."""
BOILERPLATE = re.compile(
    r"\b(?:view|read|open|see|trouble|problems?)\b.{0,60}\b(?:browser|online)\b|\bunsubscribe\b"
    r"|\A.{0,40}https?://\S+\Z|don.t often get email|\A-----begin pgp",
    re.IGNORECASE,
)
"""What mailing programs print above and below a text, and bare links."""
NOTICES = ("this email", "this e-mail", "this message", "diese e-mail", "diese nachricht")
NOTICE_REASONS = (
    *("addressee", "intended recipient", "in error", "solely for", "empfänger", "irrtümlich"),
    *("from outside of the organi", "from outside the organi", "from outside your organi"),
)
"""Disclaimers, and what a mail system puts above a mail from outside, have one of each list."""

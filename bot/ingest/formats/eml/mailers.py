"""What mail programs print around a message, in the languages that they speak."""

from __future__ import annotations

import re

_HEADER_NAMES = {
    "from": "from|von|de|da|van|från|fra|od|от|lähettäjä|kimden|gönderen|feladó|发件人|寄件者"
    "|差出人|보낸 사람"
    "|від|από|de la|מאת|من|expeditor|podal|nadawca|saatja|siuntėjas",
    "date": "sent|date|gesendet|datum|envoyé|enviado(?: el)?|enviada(?: em)?|fecha|inviato|data"
    "|verzonden|skickat|sendt|dato|wysłano|отправлено|дата|lähetetty|päivämäärä|gönderildi|tarih"
    "|elküldve|dátum|odesláno|发送时间|日期|送信日時|日時|보낸 날짜"
    "|надіслано|στάλθηκε|ημερομηνία|trimis|נשלח|תאריך|تم الإرسال|التاريخ|saadetud|išsiųsta",
    "to": "to|an|à|para|a|aan|till|til|do|кому|vastaanottaja|kime|címzett|komu|收件人|宛先"
    "|받는 사람"
    "|προς|către|אל|إلى|saaja|kam",
    "subject": "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|тема|aihe"
    "|konu|tárgy|předmět|主题|主旨|件名|제목"
    "|θέμα|subiect|נושא|الموضوع|teema|tema",
    "other": "cc|kopie|copie|kopia|bcc|reply-to|antwort an|répondre à|importance|priority"
    "|wichtigkeit|attachments|anlagen|organi[sz]ation|resent-\\w+|抄送",
}
HEADER_KINDS = tuple(_HEADER_NAMES)
_WROTE = (
    r"\b(?:wrote|writes|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|kirjoitti"
    r"|napisał(?:\(a\)|a)?|pisze|napsala?|írta|пишет|написала?|napísal|yazdı)\b|写道|さんは"
)
_ON = (
    r"(?:on|am|le|el|il|em|op|den|dne|dňa|w dniu|dnia|в|在|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
    r"|\d{1,2} \w+ \d{4}|(?:mon|tue|wed|thu|fri|sat|sun)\w*,)(?=\s|,|$)"
)
_ORIGINAL = (
    "original message|original-nachricht|ursprüngliche nachricht|message d[’']origine"
    "|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht"
    "|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|wiadomość oryginalna"
    "|исходное сообщение|alkuperäinen viesti|původní zpráva|原始邮件|元のメッセージ"
)
_FORWARDED = (
    "forwarded (?:message|by .{1,80})|weitergeleitete nachricht|message transféré|mensaje reenviado"
    "|mensagem (?:encaminhada|reencaminhada)|messaggio inoltrato|doorgestuurd bericht"
    "|vidarebefordrat meddelande|vidare(?:be)?sendt (?:meddelelse|melding)|przekazana wiadomość"
    "|пересылаемое сообщение|välitetty viesti|转发的邮件"
)
_BEGIN_FORWARDED = (
    "begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)"
    "|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado"
    "|inizio messaggio inoltrato|begin doorgestuurd bericht|início da mensagem (?:re)?encaminhada"
    "|vidarebefordrat brev|start på videresendt besked"
)

HEADER = re.compile(
    r"[\s*_]*(?:"
    + "|".join(f"(?P<{kind}>{names})" for kind, names in _HEADER_NAMES.items())
    + r")[\s*_]*[:：][*_]*(?:\s+|$)(?P<value>.*)",
    re.IGNORECASE,
)
"""A header of a quoted mail; the group of HEADER_KINDS that matches is its kind."""
ANY_HEADER = re.compile(r"\s*\*?[^\W\d_][\w -]{0,15}\*?\s?[:：]\*?(?:\s|$)")
"""A line that may be a header in any language."""
ONE_LINE_HEADERS = re.compile(
    r"\s*\*?(?:From|Von|De|Da|Van|Från|Fra)\*?: .{3,150}?\s\*?(?:Sent|Gesendet|Date|Datum|Envoyé"
    r"|Enviado(?: el)?|Inviato|Verzonden|Skickat|Sendt)\*?: "
)
"""Headers of a quoted mail that a program has joined to one line."""
ORIGINAL = re.compile(
    rf"[\s*_]*(?:-{{2,}}\s*(?:{_ORIGINAL})\s*-{{2,}}"
    rf"|-{{2,}}\s.{{1,100}}\s(?:{_WROTE})\s*-{{2,}})[\s*_]*",
    re.IGNORECASE,
)
FORWARDED = re.compile(
    rf"[\s*_]*(?:-{{2,}}\s*(?:{_FORWARDED})\s*-{{2,}}|(?:{_BEGIN_FORWARDED})\s?:)[\s*_]*",
    re.IGNORECASE,
)
RULE = re.compile(r"[\s_=*–—-]{3,}")
"""A line drawn above a quoted mail."""

INTRO_START = re.compile(_ON, re.IGNORECASE)
"""How the line above a quotation starts: "On 3 November …", "Am …", "2026-11-03 …"."""
INTRO_VERB = re.compile(_WROTE, re.IGNORECASE)
ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.\w+")
CLOCK_TIME = re.compile(r"\b\d{1,2}\s?[:.h]\s?\d{2}\b")
DAY = re.compile(r"\b\d{1,4}[./-]\d{1,2}\b|\b(?:19|20)\d\d\b|\d月")

DEVICE = re.compile(
    r"\s*(?:sent (?:from|via|with|using)|get outlook for|gesendet (?:von|mit)"
    r"|von meinem .{1,30} gesendet|diese nachricht wurde von meinem|outlook für .{1,20} beziehen"
    r"|envoyé (?:de(?:puis)?|à partir) |télécharger outlook|enviado (?:desde|do|a partir|via)"
    r"|obtener outlook|inviato da|ottieni outlook|verstuurd vanaf|verzonden (?:vanaf|met)"
    r"|skickat från|sendt fra|lähetetty|wysłan[eo] z|отправлено (?:с|из))\b"
    r"[^,;?!.\n]{0,60}\.?(?:\s*[<\[(]?https?:\S+)?\s*",
    re.IGNORECASE,
)
"""The line that a telephone or a program adds below a mail: "Sent from my iPhone"."""
LIST_FOOTER = re.compile(
    r"\bmailing list\b|\blistinfo\b|\blists?\.\S+|\bunsubscribe\b", re.IGNORECASE
)

SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:kind|best|warm)(?:est)? (?:regards|wishes)|regards|yours (?:sincerely"
    r"|faithfully|truly)|(?:mit )?(?:freundliche|beste|viele|herzliche|liebe)[nr]?"
    r" gr(?:ü|ue)(?:ß|ss)en?|(?:bien )?cordialement|(?:med )?v[äe]nliga hälsningar"
    r"|(?:med )?venn?lig hilsen|met (?:vriendelijke|hartelijke) groet(?:en)?|cordiali saluti"
    r"|distinti saluti|с уважением|з повагою|z poważaniem|s pozdravem|saygılarımla)\b",
    re.IGNORECASE,
)
"""The start of the line above a signature."""
SHORT_SIGN_OFF = re.compile(
    r"(?:(?:many )?thanks(?: again| in advance)?|thank you|thx|cheers|best|all (?:the|my) best"
    r"|warmly|sincerely|yours|br|rgds|mfg|lg|vg|viele grüße|gruß|merci|bien à vous|salutations"
    r"|(?:un )?(?:cordial )?saludos?|atentamente|gracias|saluti|grazie|atenciosamente|abraços?"
    r"|hälsningar|mvh|hilsen|groet(?:en|jes)?|pozdrawiam|pozdrav|terveisin|ystävällisin terveisin"
    r"|üdvözlettel|спасибо|дякую|cu stimă|με εκτίμηση|בברכה|مع التحية)[,.!،]?",
    re.IGNORECASE,
)
"""The same, where it is the whole line: its words are also those of a sentence."""

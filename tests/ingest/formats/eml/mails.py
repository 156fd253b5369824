"""Mails as the common programs write them, each with what its sender wrote."""

from __future__ import annotations

from email.message import EmailMessage
from typing import NamedTuple

OWN = "The north gate stays shut until Thursday, Roe said."
SECOND = "Nobody was hurt, the harbour office added on Monday evening."
OLD = "Can you say when the north gate will open, and whether anybody was hurt at the quay?"
RELEASE = (
    "The ferry will run on Fridays from January, the company said on Monday. “We have waited long"
    " enough,” said its director, Ida Falk. The fare stays the same until the summer, she added."
)


class Mail(NamedTuple):
    """A mail with what must come out; `outlet` is its sender, None for a person."""

    raw: bytes
    text: str
    title: str = "North gate"
    outlet: str | None = None
    day: str = "2026-11-03"


def mail(
    plain: str = "",
    rich: str = "",
    *,
    subject: str = "Re: North gate",
    headers: tuple[tuple[str, str], ...] = (),
    sender: str = "Edda Marsh <edda@quay.example>",
) -> bytes:
    """A mail with a plain text, HTML, or both as alternatives."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "desk@post.example", subject
    message["Date"] = "Tue, 03 Nov 2026 10:15:00 +0100"
    for name, value in headers:
        message[name] = value
    if plain or not rich:
        message.set_content(plain)
    if plain and rich:
        message.add_alternative(rich, subtype="html")
    elif rich:
        message.set_content(rich, subtype="html")
    return message.as_bytes()


def quoted(text: str) -> str:
    """The text as a quotation in plain mail."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


GMAIL_INTRO = "On Mon, Nov 2, 2026 at 9:05 AM Desk <desk@post.example>\nwrote:"
OUTLOOK_BLOCK = (
    "From: Desk <desk@post.example>\nSent: Monday, November 2, 2026 9:05 AM\n"
    "To: Edda Marsh <edda@quay.example>\nSubject: North gate"
)
GERMAN_BLOCK = (
    "Von: Redaktion\nGesendet: Montag, 2. November 2026 09:05\nAn: Edda Marsh\nBetreff: North gate"
)
FRENCH_BLOCK = (
    "De : Rédaction\nEnvoyé : lundi 2 novembre 2026 09:05\nÀ : Edda Marsh\nObjet : North gate"
)
SPANISH_BLOCK = (
    "De: Redacción\nEnviado el: lunes, 2 de noviembre de 2026 9:05\nPara: Edda\nAsunto: North gate"
)
SWEDISH_BLOCK = "Från: Redaktionen\nSkickat: den 2 november 2026 09:05\nTill: Edda\nÄmne: North"
RUSSIAN_BLOCK = "От: Редакция\nОтправлено: 2 ноября 2026 г. 9:05\nКому: Эдда\nТема: North gate"


def as_html(text: str) -> str:
    """The lines of a text with line breaks between them."""
    return text.replace("<", "&lt;").replace("\n", "<br>")


OUTLOOK_RULE = (
    f"<p class=MsoNormal>{OWN}</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'>"
    f"<p class=MsoNormal>{as_html(OUTLOOK_BLOCK).replace('From:', '<b>From:</b>')}</p></div></div>"
    f"<p class=MsoNormal>{OLD}</p>"
)
OUTLOOK_WEB = (
    f"<div>{OWN}</div><div id='appendonsend'></div><hr><div id='divRplyFwdMsg'><b>Afzender:</b>"
    f" Desk<br><b>Wanneer:</b> maandag</div><div>{OLD}</div>"
)
GMAIL = (
    f"<div dir='ltr'>{OWN}</div><br><div class='gmail_quote'><div class='gmail_attr'>On Mon, Nov 2,"
    " 2026 at 9:05 AM Desk &lt;<a href='mailto:desk@post.example'>desk@post.example</a>&gt;"
    f" wrote:<br></div><blockquote class='gmail_quote'>{OLD}</blockquote></div>"
)
GMAIL_INLINE = (
    "<div class='gmail_quote'><div class='gmail_attr'>On Mon, 2 Nov 2026 at 09:05, Desk wrote:"
    "</div>"
    f"<blockquote>Is it shut?</blockquote><div>{OWN}</div><blockquote>Was anybody hurt?"
    f"</blockquote><div>{SECOND}</div></div>"
)
APPLE = (
    f"<div>{OWN}</div><div><br><blockquote type='cite'><div>On 2 Nov 2026, at 09:05, Desk"
    f" &lt;desk@post.example&gt; wrote:</div><div>{OLD}</div></blockquote></div>"
)
THUNDERBIRD = (
    f"<p>{OWN}</p><div class='moz-cite-prefix'>On 02/11/2026 09:05, Desk wrote:<br></div>"
    f"<blockquote type='cite' cite='mid:1'><p>{OLD}</p></blockquote>"
    "<pre class='moz-signature'>-- \nEdda</pre>"
)
YAHOO = (
    f"<div>{OWN}</div><div class='ydp1 yahoo_quoted'><div>On Monday, November 2, 2026 at 09:05:11"
    f" AM GMT, Desk &lt;desk@post.example&gt; wrote:</div><div>{OLD}</div></div>"
)
PROTON = (
    f"<div>{OWN}</div><div class='protonmail_signature_block'>Sent with Proton Mail.</div>"
    "<div class='protonmail_quote'>On Monday, November 2nd, 2026 at 09:05, Desk wrote:<br>"
    f"<blockquote class='protonmail_quote' type='cite'>{OLD}</blockquote></div>"
)
APPLE_FORWARD = (
    "<div>FYI</div><div><br><blockquote type='cite'><div>Begin forwarded message:</div><br>"
    "<div><b>From:</b> Sound Ferries &lt;press@ferries.example&gt;</div><div><b>Subject:</b>"
    " Fridays</div><div><b>Date:</b> 2 November 2026 at 09:05:00 GMT</div><div><b>To:</b> Desk"
    "</div>"
    f"<br><div>{RELEASE}</div></blockquote></div>"
)
THUNDERBIRD_FORWARD = (
    "<p>See below.</p><div class='moz-forward-container'>-------- Forwarded Message --------<table"
    " class='moz-email-headers-table'><tbody><tr><th>Subject: </th><td>Fridays</td></tr><tr>"
    "<th>Date: </th><td>Mon, 2 Nov 2026 09:05:00 +0100</td></tr><tr><th>From: </th><td>Sound"
    " Ferries &lt;press@ferries.example&gt;</td></tr><tr><th>To: </th><td>Desk</td></tr>"
    "</tbody></table>"
    f"<p>{RELEASE}</p></div>"
)
GMAIL_FORWARD = (
    "Worth a brief?\n\n---------- Forwarded message ---------\nFrom: Sound Ferries"
    " <press@ferries.example>\nDate: Mon, 2 Nov 2026 at 09:05\nSubject: Fridays\nTo: Desk"
    f" <desk@post.example>\n\n\n{RELEASE}"
)
APPLE_PLAIN_FORWARD = (
    "FYI\n\nBegin forwarded message:\n\n> From: Sound Ferries <press@ferries.example>\n> Subject:"
    f" Fridays\n> Date: 2 November 2026 at 09:05:00 GMT\n> To: Desk\n>\n> {RELEASE}"
)
FERRY = {"title": "Fridays", "outlet": "Sound Ferries"}

REPLIES = {
    "Gmail": Mail(mail(f"{OWN}\n\n{GMAIL_INTRO}\n\n{quoted(OLD)}"), OWN),
    "Gmail's HTML": Mail(mail(rich=GMAIL), OWN),
    "Gmail, both": Mail(mail(f"{OWN}\n\n{GMAIL_INTRO}\n\n{quoted(OLD)}", GMAIL), OWN),
    "Gmail, answers between": Mail(mail(rich=GMAIL_INLINE), f"{OWN}\n\n{SECOND}"),
    "Outlook": Mail(mail(f"{OWN}\n\n{OUTLOOK_BLOCK}\n\n{OLD}"), OWN),
    "Outlook's HTML": Mail(mail(rich=OUTLOOK_RULE), OWN),
    "Outlook, old": Mail(
        mail(f"{OWN}\n\n-----Original Message-----\n{OUTLOOK_BLOCK}\n\n{OLD}"), OWN
    ),
    "Outlook on the web": Mail(mail(rich=OUTLOOK_WEB), OWN),
    "Outlook, rule": Mail(mail(f"{OWN}\n{'_' * 32}\n{OUTLOOK_BLOCK}\n{OLD}"), OWN),
    "Outlook, bold": Mail(
        mail(f"{OWN}\n\n*From:* Desk\n*Sent:* Monday\n*To:* Edda\n*Subject:* a\n\n{OLD}"), OWN
    ),
    "Outlook, one line": Mail(
        mail(f"{OWN}\n\nFrom: Desk <d@post.example> Sent: Monday To: Edda Subject: a\n\n{OLD}"), OWN
    ),
    "German": Mail(mail(f"{OWN}\n\n{GERMAN_BLOCK}\n\n{OLD}", subject="AW: North gate"), OWN),
    "French": Mail(mail(f"{OWN}\n\n{FRENCH_BLOCK}\n\n{OLD}"), OWN),
    "Spanish": Mail(mail(f"{OWN}\n\n{SPANISH_BLOCK}\n\n{OLD}"), OWN),
    "Swedish": Mail(mail(f"{OWN}\n\n{SWEDISH_BLOCK}\n\n{OLD}", subject="Sv: North gate"), OWN),
    "Russian": Mail(mail(f"{OWN}\n\n{RUSSIAN_BLOCK}\n\n{OLD}"), OWN),
    "Hotmail": Mail(
        mail(f"{OWN}\n\nDate: Mon, 2 Nov 2026\nSubject: a\nFrom: d@post.example\nTo: e\n\n{OLD}"),
        OWN,
    ),
    "Apple Mail": Mail(mail(rich=APPLE), OWN),
    "iPhone": Mail(
        mail(
            f"{OWN}\n\nSent from my iPhone\n\n> On 2 Nov 2026, at 09:05, Desk <d@post.example>"
            f" wrote:\n> \n{quoted(OLD)}"
        ),
        OWN,
    ),
    "Thunderbird": Mail(mail(rich=THUNDERBIRD), OWN),
    "Thunderbird, below": Mail(
        mail(f"Am 02.11.26 um 09:05 schrieb Desk:\n{quoted(OLD)}\n\n{OWN}\n\n-- \nEdda\nQuay 1"),
        OWN,
    ),
    "Yahoo": Mail(mail(rich=YAHOO), OWN),
    "Yahoo, no marks": Mail(
        mail(f"{OWN}\n\nOn Monday, 2 November 2026, 09:05, Desk <d@post.example> wrote:\n\n{OLD}"),
        OWN,
    ),
    "Proton Mail": Mail(mail(rich=PROTON), OWN),
    "Samsung": Mail(
        mail(
            f"{OWN}\n\n\n-------- Original message --------\nFrom: Desk <d@post.example>\nDate:"
            f" 02/11/2026 09:05 (GMT+01:00)\nTo: Edda\nSubject: North gate\n\n{OLD}"
        ),
        OWN,
    ),
    "answers between": Mail(
        mail(f"{GMAIL_INTRO}\n> Is it shut?\n{OWN}\n> Was anybody hurt?\n{SECOND}"),
        f"{OWN}\n\n{SECOND}",
    ),
    "three lines": Mail(
        mail(f"{OWN}\n\nOn Nov 2, 2026, at 9:05 AM, Desk\n<d@post.example>\nwrote:\n\n> {OLD}"), OWN
    ),
    "Yandex": Mail(
        mail(f"{OWN}\n\n02.11.2026, 09:05, “Desk” <desk@post.example>:\n{quoted(OLD)}"), OWN
    ),
    "mailing list": Mail(
        mail(
            f"{OWN}\n\n{quoted(OLD)}\n\n{'_' * 47}\nharbour mailing list\nh@lists.example\nhttps:a"
        ),
        OWN,
    ),
}

FORWARDS = {
    "Gmail": Mail(mail(GMAIL_FORWARD, subject="Fwd: Fridays"), RELEASE, **FERRY, day="2026-11-02"),
    "Gmail, another subject": Mail(
        mail(GMAIL_FORWARD, subject="Have a look"), RELEASE, **FERRY, day="2026-11-02"
    ),
    "Apple Mail": Mail(
        mail(rich=APPLE_FORWARD, subject="Fwd: Fridays"), RELEASE, **FERRY, day="2026-11-02"
    ),
    "Apple Mail, plain": Mail(
        mail(APPLE_PLAIN_FORWARD, subject="Fwd: Fridays"), RELEASE, **FERRY, day="2026-11-02"
    ),
    "Thunderbird": Mail(
        mail(rich=THUNDERBIRD_FORWARD, subject="Fwd: Fridays"), RELEASE, **FERRY, day="2026-11-02"
    ),
    "Outlook": Mail(
        mail(
            f"FYI\n\nFrom: Sound Ferries <press@ferries.example>\nSent: Monday, 2 November 2026\n"
            f"To: Desk\nSubject: Fridays\n\n{RELEASE}",
            subject="FW: Fridays",
        ),
        RELEASE,
        **FERRY,
        day="2026-11-02",
    ),
    "as a quotation": Mail(
        mail(f"See below.\n\n{GMAIL_INTRO}\n\n{quoted(RELEASE)}", subject="Fwd: North gate"),
        RELEASE,
    ),
    "nothing above": Mail(
        mail(
            "From: Sound Ferries <press@ferries.example>\nSent: Monday, 2 November 2026\nTo: Desk\n"
            f"Subject: Fridays\n\n{RELEASE}",
            subject="For tomorrow",
        ),
        RELEASE,
        **FERRY,
        day="2026-11-02",
    ),
    "a reply below a note": Mail(
        mail(f"{OWN} {SECOND}\n\n---------- Forwarded message ---------\nFrom: a\n\nOld."),
        f"{OWN} {SECOND}",
    ),
}

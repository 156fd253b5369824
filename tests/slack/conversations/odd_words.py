"""What people type in random conversations: valid, odd and hostile words."""

from __future__ import annotations

WORDS = (
    "harbour", "wall", "closure", "ministry", "yuan", "ruble", "rubel", "berth", "grain", "evil",
    "by:ministry", "by:\"Mara Quill\"", "by:evil", "outlet:\"The Tidewater Post\"",
    "after:2020-01-01", "after:never", "before:yesterday", "type:direct", "type:statement", "OR",
    "-wall", "\"the wall\"", "is", "the", "China", "samples:no", "unnamed", "1%", "2026", "lang:en",
)  # fmt: skip
HOSTILE = (
    "<!channel>", "<!here|all>", "<!subteam^S1>", "<@UEVIL1>", "<#CEVIL>", "@channel @here",
    "<http://evil.example|here>", "http://evil.example/a_b_c", "<mailto:evil@evil.example>",
    "&lt;!channel&gt;", "&amp;lt;!here&amp;gt;", "*b* _i_ ~s~ `c` ```d```", ">quote\n>>>all",
    "\u202egnp.\u2066", "\x00\x1b[31m", "\u200b", "\U0001f9a0" * 9, "\u0301" * 40, "ß" * 300,
    "a" * 4000, "\"", "'", "(((", "by:", "-", "\\", "%s {n} {0} $x", "\u05e9\u05dc\u05d5\u05dd",
    "漢字 仮名", "; drop table claims", "by:\"", "after:9999-99-99", "\ufeff\ufffe", "|", "\n\n",
    "OR OR",
)  # fmt: skip
COMMANDS = ("/claim", "/claim", "/claim", "/speaker", "/watch", "/article", "/digest", "/feed")
VERBS = {
    "/watch": (
        "list",
        "help",
        "dm harbour",
        "pause 1",
        "resume 1",
        "end 1",
        "edit 1",
        "edit 99999999",
    ),
    "/digest": (
        "on 08:30",
        "on 8am",
        "on 25:00",
        "off",
        "",
        "help",
        "list",
        "preview",
        "now",
        "skip",
        "pause until 2026-12-24",
        "resume",
        "days weekdays",
        "time 09:00",
        "zone Europe/London",
        "zone Nowhere/Land",
        "topics add harbour",
        "length short",
        "language fr-CA",
        "language ar",
        "language xx",
        "language en",
        "on 08:30 weekdays",
    ),
    "/feed": ("list", "help", "add", "pause x", "remove x", "add http://127.0.0.1:9/", "list x"),
    "/article": (
        "",
        "harbour closure",
        "http://127.0.0.1:9/x",
        "unfurl on",
        "unfurl off",
        "help",
        "https://tidewaterpost.example/2026/harbour",
        "photosynthesis",
    ),
    "/speaker": ("ministry", "Mara Quill", "Xi", "help", "", "minister", "evil"),
    "/claim": ("", "help", "harbour", "yuan ruble", "by:ministry", "photosynthesis"),
}

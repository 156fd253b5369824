"""Commands for speakers: show a speaker, list and undo rulings on names."""

from __future__ import annotations

import click

from bot.cli.group import claimdesk, exit_if_failed, open_newsroom
from bot.cli.output import screen
from bot.cli.output.streams import err, out
from bot.model import Profile, SaidOnSubject
from bot.newsroom.speakers.profiles import SpeakerNotFoundError
from bot.wording import answers as wording
from bot.wording import speakers as speaker_wording
from bot.wording.notes import notes
from bot.wording.runs import plain_text
from bot.wording.said_before import earlier_line, subject_line
from bot.words import say

TERMINAL_PERSON = "terminal"


@claimdesk.command()
@click.argument("name", nargs=-1, required=True)
@click.option(
    "--limit",
    default=3,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="How many claims to show.",
)
def speaker(name: tuple[str, ...], limit: int) -> None:
    """Show who a speaker is and what they said.

    "Sun Yun on gold" shows only what they said on gold, and what they said before that opposes it.
    """
    with open_newsroom() as newsroom:
        newsroom.open(warm=False)
        said_before = newsroom.speakers.said_before
        person, subject = said_before.split(" ".join(name))
        try:
            if subject:
                _print_on_subject(said_before.on_subject(person, subject, limit=limit))
                return
            profile = newsroom.speakers.profiles.load(" ".join(name), limit=limit)
        except SpeakerNotFoundError as error:
            screen.print_text(err, str(error))
            for similar_name in error.candidates:
                screen.print_text(out, similar_name)
            exit_if_failed(1)
            return
    _print(profile)


def _print_on_subject(said: SaidOnSubject) -> None:
    screen.print_text(out, subject_line(said), style="bold")
    for number, row in enumerate(said.rows, 1):
        hit = row.hits[0]
        earlier = said.earlier.get(hit.claim.id)
        screen.print_claim(out, f"{number}. ", hit)
        article_line = plain_text(wording.article_line(hit.article))
        for line in [article_line, *notes(hit, row), *([earlier_line(earlier)] if earlier else [])]:
            screen.print_text(out, f"   {line}", style="dim")


def _print(profile: Profile) -> None:
    for line in speaker_wording.corrected_name_lines(profile):
        screen.print_text(out, line)
    screen.print_text(out, profile.name, style="bold")
    for line in speaker_wording.alias_lines(profile.aliases):
        screen.print_text(out, line)
    for text, card in profile.descriptions:
        line = plain_text(speaker_wording.description(text, card))
        screen.print_text(out, f"   {line}")
    if not profile.descriptions:
        screen.print_text(out, f"   {say('speakers.not_described')}")
    for line in speaker_wording.count_lines(profile):
        screen.print_text(out, line, style="dim")
    for number, hit in enumerate(profile.hits, 1):
        screen.print_claim(out, f"{number}. ", hit)
        article_line = plain_text(wording.article_line(hit.article))
        screen.print_text(out, f"   {article_line}", style="dim")
    if profile.hits and len(profile.hits) < profile.tally.total:
        screen.print_text(out, speaker_wording.shown_line(profile, 0), style="dim")
    for ruling in profile.rulings:
        screen.print_text(out, f"{ruling.id}  {speaker_wording.ruling_line(ruling)}")


@claimdesk.group(invoke_without_command=True)
@click.pass_context
def names(context: click.Context) -> None:
    """List names that people joined or split.

    It also shows what was undone.
    """
    if context.invoked_subcommand:
        return
    with open_newsroom() as newsroom:
        rulings = newsroom.store.name_rulings.all()
    for ruling in rulings:
        undone_note = f" – undone {ruling.undone_at:%Y-%m-%d}" if ruling.undone_at else ""
        line = f"{ruling.id}  {speaker_wording.ruling_line(ruling)}{undone_note}"
        screen.print_text(out, line, style="dim" if undone_note else "")
    if not rulings:
        screen.print_text(out, "Nobody has joined or split any names.")


@names.command()
@click.argument("ruling", metavar="ID")
def undo(ruling: str) -> None:
    """Undo joining or splitting names."""
    with open_newsroom() as newsroom:
        undone_ruling = newsroom.speakers.rulings.undo(ruling, team=None, person=TERMINAL_PERSON)
    screen.print_text(err, speaker_wording.undone_line(undone_ruling))

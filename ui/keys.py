"""What keys do in the window: one table for the shortcuts and for the sheet that shows them."""

from __future__ import annotations

from dataclasses import dataclass

from ui.pages import page_entries
from ui.queue_names import fixed_entries
from ui.tr import tr

QUEUE = "queue:"
PAGE = "page:"


@dataclass(frozen=True, slots=True)
class KeyAct:
    """One thing to do: its code, the keys that do it, and words for the sheet. `changes`: it is not for the past."""

    code: str
    keys: tuple[str, ...]
    words: str
    section: str
    changes: bool = False


def key_acts() -> tuple[KeyAct, ...]:
    """Everything that a key does, by section."""
    queue, ticket, window = tr("In the queue"), tr("The ticket"), tr("The window")
    return (
        KeyAct("next", ("J",), tr("Next ticket"), queue),
        KeyAct("previous", ("K",), tr("Previous ticket"), queue),
        KeyAct("find", ("Ctrl+F", "/", "Ctrl+K"), tr("Find by number or words"), queue),
        KeyAct("find_end", ("Esc",), tr("Leave the search"), queue),
        KeyAct("refresh", ("F5",), tr("Read the queue again"), queue),
        KeyAct("columns", ("C",), tr("Choose columns"), queue),
        KeyAct("severity", ("S",), tr("Change severity"), ticket, changes=True),
        KeyAct("escalation", ("E",), tr("Decide escalation"), ticket, changes=True),
        KeyAct("request", ("G",), tr("Record a request for escalation"), ticket, changes=True),
        KeyAct("withdraw", ("X",), tr("Withdraw or close the escalation"), ticket, changes=True),
        KeyAct("eta", ("T",), tr("Set or ask for an ETA"), ticket, changes=True),
        KeyAct("owner", ("A",), tr("Change the owner"), ticket, changes=True),
        KeyAct("note", ("N",), tr("Write a note"), ticket, changes=True),
        KeyAct("pin", ("I",), tr("Pin, or let go"), ticket, changes=True),
        KeyAct("remind", ("R",), tr("Remind me"), ticket, changes=True),
        KeyAct("void", ("V",), tr("Void a wrong fact"), ticket, changes=True),
        KeyAct("call", ("W",), tr("Whom to call"), ticket),
        KeyAct("credit", ("B",), tr("Credit the incident for a bug"), ticket, changes=True),
        KeyAct("quota", ("Q",), tr("Decide beyond the quota"), ticket, changes=True),
        KeyAct("plan", ("P",), tr("Show the customer's plan"), ticket),
        KeyAct("open", ("O",), tr("Open in its own system"), ticket),
        KeyAct("more", ("M",), tr("More acts for the ticket"), ticket),
        KeyAct("undo", ("Ctrl+Z",), tr("Undo the last decision"), ticket, changes=True),
        *(KeyAct(f"{PAGE}{page.code}", (page.key,), page.words, window) for page in page_entries()),
        KeyAct("take", ("Ctrl+Shift+T",), tr("Take over the shift"), window, changes=True),
        KeyAct("density", ("Ctrl+D",), tr("Row height"), window),
        KeyAct("theme", ("Ctrl+T",), tr("Light or dark"), window),
        KeyAct("keys", ("?", "F1"), tr("Show the keys"), window),
        KeyAct("quit", ("Ctrl+Q",), tr("Close the desk"), window),
        *_queue_acts(),
    )


def sheet_keys() -> tuple[KeyAct, ...]:
    """Everything that the sheet of keys shows: besides those of the window what pages listen to themselves."""
    queue, window, review = tr("In the queue"), tr("The window"), tr("On the Review page")
    return (
        *key_acts(),
        KeyAct("choose", ("Shift+Up", "Shift+Down"), tr("Choose several; also Ctrl+click"), queue),
        KeyAct("part", ("Alt+1",), tr("First part of a page; 2, 3: others"), window),
        KeyAct("review:step", ("J", "K"), tr("Next, previous decision"), review),
        KeyAct("review:uphold", ("U",), tr("It stands"), review),
        KeyAct("review:overturn", ("O",), tr("It was wrong"), review),
        KeyAct("review:accept", ("A",), tr("Blind: I would accept"), review),
        KeyAct("review:reject", ("R",), tr("Blind: I would reject"), review),
        KeyAct("review:severity", ("1", "2", "3", "4"), tr("Blind: this severity"), review),
    )


def _queue_acts() -> tuple[KeyAct, ...]:
    section = tr("Queues")
    return tuple(
        KeyAct(f"{QUEUE}{entry.code}", (entry.key,), entry.title, section) for entry in fixed_entries() if entry.key
    )

"""The pages of a desk beside its queue."""

from __future__ import annotations

from collections.abc import Mapping

from ui.customer_page.page import PlansPage
from ui.outbox_page.page import OutboxPage
from ui.pages import DeskPage
from ui.shell import Shell
from ui.shift_page.page import ShiftPage
from ui.ticket_acts.site import ActSite


def desk_pages(shell: Shell, site: ActSite) -> Mapping[str, DeskPage]:
    """By the codes of `ui.pages`."""
    return {
        "shift": ShiftPage(shell.theme, shell.zone, site),
        "plans": PlansPage(shell.theme, shell.zone, site),
        "outbox": OutboxPage(shell.theme, shell.zone, site),
    }

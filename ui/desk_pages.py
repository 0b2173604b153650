"""The pages of a desk beside its queue."""

from __future__ import annotations

from collections.abc import Mapping

from ui.customer_page.page import PlansPage
from ui.outbox_page.page import OutboxPage
from ui.pages import QUEUE_PAGE, DeskPage
from ui.review_page.page import ReviewPage
from ui.shell import Shell
from ui.shift_page.page import ShiftPage
from ui.ticket_acts.site import ActSite


def desk_pages(shell: Shell, site: ActSite) -> Mapping[str, DeskPage]:
    """By the codes of `ui.pages`."""

    def open_ticket(number: str) -> None:
        shell.window.show_page(QUEUE_PAGE)
        shell.window.top_bar.find_box.setText(number)

    return {
        "shift": ShiftPage(shell.theme, shell.zone, site),
        "review": ReviewPage(shell.theme, shell.zone, site, open_ticket),
        "plans": PlansPage(shell.theme, shell.zone, site),
        "outbox": OutboxPage(shell.theme, shell.zone, site),
    }

"""What is the matter with a contract, in the words of the screen."""

from __future__ import annotations

import pytest

from console.domain.instants import parse_instant
from console.domain.policy_values import Text
from console.services.entitling.entitlements import PlanNotice
from ui.customer_page.words import notice_words

END = parse_instant("2017-09-11T00:00:00Z")


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (True, "this ticket came in under it and keeps Gold"),
        (False, "served by Gold"),
    ],
)
def test_a_ticket_of_an_ended_contract_is_told_from_one_that_came_after(kept: bool, said: str) -> None:
    words = notice_words(PlanNotice("contract_ended", END, Text(en="Gold", ru="Золотой"), kept))
    assert words.startswith("Contract expired since ")
    assert words.endswith(f": {said}")

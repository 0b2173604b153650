"""A slot starts once, the latest selection wins, errors are shown, and shutdown leaves nothing running."""

from __future__ import annotations

import asyncio

import pytest

from ui.slots import Busy, Tasks, slot


class Panel:
    """An object as the window has them."""

    def __init__(self) -> None:
        self.errors: list[Exception] = []
        self.tasks = Tasks(self.errors.append)
        self.done: list[object] = []
        self.gate = asyncio.Event()

    @slot()
    async def save(self) -> None:
        await self.gate.wait()
        self.done.append("saved")

    @slot(busy=Busy.REPLACE)
    async def select(self, ticket: int) -> None:
        await self.gate.wait()
        self.done.append(ticket)

    @slot()
    async def fail(self) -> None:
        raise ValueError("no such thing")


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_double_click_saves_once() -> None:
    async def story() -> None:
        panel = Panel()
        panel.save(False)
        panel.save(False)
        assert panel.tasks.names == ("Panel.save",)
        panel.gate.set()
        await settle()
        assert panel.done == ["saved"]
        panel.save()
        await settle()
        assert panel.done == ["saved", "saved"]

    asyncio.run(story())


def test_the_latest_selection_wins() -> None:
    async def story() -> None:
        panel = Panel()
        for ticket in (1, 2, 3):
            panel.select(ticket)
            await settle()
        panel.gate.set()
        await settle()
        assert panel.done == [3]
        assert panel.errors == []
        assert not panel.tasks.busy("Panel.select")

    asyncio.run(story())


def test_an_error_is_reported_and_the_slot_may_be_used_again() -> None:
    async def story() -> None:
        panel = Panel()
        panel.fail()
        await settle()
        panel.fail()
        await settle()
        assert [str(error) for error in panel.errors] == ["no such thing", "no such thing"]

    asyncio.run(story())


def test_closing_cancels_and_refuses() -> None:
    async def story() -> None:
        panel = Panel()
        panel.save()
        panel.select(1)
        await settle()
        await panel.tasks.close()
        assert panel.tasks.names == ()
        panel.save()
        panel.gate.set()
        await settle()
        assert panel.done == []
        assert panel.errors == []

    asyncio.run(story())


def test_the_task_that_closes_is_spared() -> None:
    async def story() -> None:
        panel = Panel()
        ended = []

        async def quit_program() -> None:
            await panel.tasks.close()
            ended.append(True)

        panel.tasks.start("quit", quit_program())
        await settle()
        assert ended == [True]

    asyncio.run(story())


@pytest.mark.parametrize("busy", list(Busy))
def test_a_key_is_shared_by_those_that_exclude_each_other(busy: Busy) -> None:
    async def story() -> None:
        panel = Panel()

        async def note(word: str) -> None:
            await panel.gate.wait()
            panel.done.append(word)

        assert panel.tasks.start("first", note("first"), key="one")
        assert panel.tasks.start("second", note("second"), key="one", busy=busy) is (busy is Busy.REPLACE)
        panel.gate.set()
        await settle()
        assert panel.done == (["second"] if busy is Busy.REPLACE else ["first"])

    asyncio.run(story())

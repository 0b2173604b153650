"""A manager at a desk of their own process: `rival.py FILE NAME`. Each line of input is `TICKET BASE ACT`, what they
decide on what they have seen; each line of output says what came of it, and the words that they still hold."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

from console.domain.decisions import Actor, Change
from console.domain.errors import ConflictError
from console.domain.instants import HOUR
from console.services.desk import Desk, open_desk
from console.store.database import Connection
from tests.store.desk import PACK, SetTime


def main(path: str, name: str) -> None:
    time = SetTime()
    actor = Actor(name, "shift_manager", os_user=name.lower())
    desk = open_desk(f"sqlite:///{Path(path)}", time, PACK.parent, actor)
    print("ready", flush=True)
    for line in sys.stdin:
        number, base, act = line.split()
        words = f"{name} on {number}: what was typed with care"
        try:
            change = desk.db.write_now(partial(decide, desk, ticket=int(number), base=int(base), act=act, words=words))
            told: dict[str, object] = {"won": True, "decision": change.decision_uid}
        except ConflictError as error:
            told = {"won": False, "code": error.code, "who": error.values["who"], "what": error.values["what"]}
        print(json.dumps({**told, "words": words}), flush=True)
    desk.close_now()


def decide(desk: Desk, conn: Connection, ticket: int, base: int, act: str, words: str) -> Change:
    if act == "reject":
        return desk.escalations.reject(conn, ticket, desk.actor, base_revision=base, words=words)
    return desk.escalations.accept(
        conn,
        ticket,
        desk.actor,
        base_revision=base,
        plan_of_action=words,
        next_update_at=desk.time.now() + 2 * HOUR,
        against_verdict="They wait",
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

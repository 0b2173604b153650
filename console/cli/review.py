"""`review list | show | uphold | overturn | agreement`: decisions as team leads look at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Annotated

import typer

from console.cli import moments
from console.cli.names import severity_text
from console.cli.options import AsJson, Db, Reason, must_say_why
from console.cli.plain import Column, clean, counted, table
from console.cli.review_text import case_as_json, case_as_text
from console.cli.terminal import Terminal
from console.domain.errors import UserError
from console.domain.reviews import BLIND, JUDGED, DecisionFilter, DecisionRow, Sample, Share
from console.domain.roles import Act, acting, may
from console.services.reviewing.review import Reviewed
from console.services.reviewing.review_sample import Found
from console.store.database import Connection

_COLUMNS = (
    Column("NO", right=True),
    Column("WHEN"),
    Column("TICKET"),
    Column("SEV"),
    Column("DECISION"),
    Column("MANAGER", elastic=True),
    Column("NOTE", elastic=True),
    Column("REVIEW"),
)

Decision = Annotated[str, typer.Argument(metavar="DECISION", help="Its number in the journal, or the begin of its id.")]
SampleName = Annotated[str, typer.Option("--sample", metavar="NAME", help="all, late or against (the rules).")]
Managers = Annotated[list[str] | None, typer.Option("--manager", metavar="NAME", help="Who decided; may be repeated.")]
Packs = Annotated[list[str] | None, typer.Option("--pack", metavar="CODE", help="The policy pack; may be repeated.")]
Since = Annotated[str | None, typer.Option(metavar="INSTANT", help="Decided at this instant or later.")]
Until = Annotated[str | None, typer.Option(metavar="INSTANT", help="Decided before this instant.")]
Unreviewed = Annotated[bool, typer.Option("--unreviewed", help="Only those that nobody has reviewed.")]
Random = Annotated[int | None, typer.Option(metavar="N", help="So many, drawn at random.")]
Seed = Annotated[int, typer.Option(metavar="N", help="The draw; the same number draws the same decisions.")]
Limit = Annotated[int, typer.Option(metavar="N", min=1, help="Lines at most.")]
Blind = Annotated[
    bool, typer.Option("--blind", help="Hide who decided, and how, where you have not reviewed the decision.")
]
Own = Annotated[
    str | None, typer.Option("--own", metavar="OUTCOME", help="Blind: what you would have decided; see show --blind.")
]


def list_decisions(
    ctx: typer.Context,
    sample: SampleName = Sample.ALL.value,
    manager: Managers = None,
    pack: Packs = None,
    since: Since = None,
    until: Until = None,
    unreviewed: Unreviewed = False,
    random: Random = None,
    seed: Seed = 1,
    limit: Limit = 50,
    blind: Blind = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List decisions, the newest first."""
    terminal: Terminal = ctx.obj.told(db)
    if blind:
        _must_not_tell(sample, manager)
    wanted = DecisionFilter(
        sample=_sample(sample),
        actors=tuple(manager or ()),
        packs=tuple(pack or ()),
        kinds=BLIND if blind else JUDGED,
        since=None if since is None else moments.read_instant("--since", since),
        until=None if until is None else moments.read_instant("--until", until),
        unreviewed=unreviewed,
        random=random,
        seed=seed,
    )
    with terminal.reading() as desk:
        reviews = any(may(role, Act.REVIEW) for role in (desk.actor.role, *desk.actor.roles))

        def job(conn: Connection) -> tuple[Found, list[DecisionRow]]:
            asked = replace(wanted, reviewer=desk.actor) if (blind or unreviewed) and reviews else wanted
            found = desk.review.find(conn, asked)
            return found, desk.review.rows(conn, found.numbers[:limit], desk.actor, blind=blind)

        found, rows = desk.db.read_now(job)
    answer = {
        "total": found.total,
        "found": len(found.numbers),
        "seed": seed if random is not None else None,
        "rows": [row_as_json(row) for row in rows],
    }
    terminal.answer(as_json, answer, lambda: _list_text(found, rows, terminal.width))


def show(ctx: typer.Context, decision: Decision, blind: Blind = False, as_json: AsJson = False, db: Db = None) -> None:
    """Show a decision as it was seen when it was taken, and what happened afterwards."""
    terminal: Terminal = ctx.obj.told(db)
    with terminal.reading() as desk:
        case = desk.db.read_now(
            lambda conn: desk.review.case(conn, desk.review.number(conn, decision), desk.actor, blind=blind)
        )
    terminal.answer(as_json, row_as_json(case.row) | case_as_json(case), lambda: case_as_text(case, terminal.width))


def uphold(ctx: typer.Context, decision: Decision, reason: Reason = "", as_json: AsJson = False, db: Db = None) -> None:
    """The decision stands. The review is an entry of the journal."""
    _record(ctx.obj.told(db), decision, "uphold", reason, as_json)


def overturn(
    ctx: typer.Context, decision: Decision, reason: Reason = "", as_json: AsJson = False, db: Db = None
) -> None:
    """The decision was wrong. The ticket stays as it is; decide anew where something is to change."""
    _record(ctx.obj.told(db), decision, "overturn", reason, as_json)


def judge(
    ctx: typer.Context, decision: Decision, own: Own = None, reason: Reason = "", as_json: AsJson = False, db: Db = None
) -> None:
    """Say blind what you would have decided: the same upholds, another one overturns. Then the decision is shown."""
    terminal: Terminal = ctx.obj.told(db)
    if own is None:
        raise UserError("option_without_value", option="--own")
    _record(terminal, decision, own, reason, as_json)


def agreement(
    ctx: typer.Context, since: Since = None, until: Until = None, as_json: AsJson = False, db: Db = None
) -> None:
    """How often leads agreed with the decisions that they reviewed, blind and open apart."""
    terminal: Terminal = ctx.obj.told(db)
    begin = None if since is None else moments.read_instant("--since", since)
    end = None if until is None else moments.read_instant("--until", until)
    with terminal.reading() as desk:
        found = desk.db.read_now(partial(desk.review.agreement, since=begin, until=end))
    shares = {"blind": found.blind, "open": found.open}
    answer: dict[str, object] = {
        name: {"upheld": share.part, "reviewed": share.whole, "percent": share.percent}
        for name, share in shares.items()
    }
    terminal.answer(
        as_json, answer | {"own": found.own}, lambda: [f"{name}: {_share(share)}" for name, share in shares.items()]
    )


def _record(terminal: Terminal, named: str, act: str, reason: str, as_json: bool) -> None:
    must_say_why(reason)
    with terminal.writing() as desk:
        actor = acting(desk.actor, Act.REVIEW)

        def job(conn: Connection) -> Reviewed:
            number = desk.review.number(conn, named)
            if act == "uphold":
                return desk.review.uphold(conn, number, actor, reason)
            if act == "overturn":
                return desk.review.overturn(conn, number, actor, reason)
            return desk.review.judge(conn, number, actor, act, reason)

        done = desk.db.write_now(job)
    said = "upheld" if done.upheld else "overturned"
    answer = {"decision": named, "review": said, "id": done.uid, "revision": done.change.revision}
    terminal.answer(as_json, answer, lambda: [f"{clean(named)}: {said}, written as revision {done.change.revision}."])


def _must_not_tell(sample: str, manager: list[str] | None) -> None:
    """A blind list chosen by who decided, or by decisions against rules that stand beside them, would tell both."""
    if manager:
        raise UserError("option_tells", option="--manager", other="--blind")
    if sample == Sample.AGAINST.value:
        raise UserError("option_tells", option="--sample against", other="--blind")


def _sample(name: str) -> Sample:
    if name not in tuple(Sample):
        raise UserError("option_invalid", option="--sample", found=name, expected=", ".join(Sample))
    return Sample(name)


def row_as_json(row: DecisionRow) -> dict[str, object]:
    """One row of `review list --json`; what is hidden is null."""
    return {
        "number": row.seq,
        "id": row.uid,
        "at": moments.exact(row.at),
        "ticket": row.number,
        "customer": row.customer,
        "pack": row.pack,
        "plan": row.plan,
        "severity": row.severity,
        "level": row.level,
        "channel": row.channel,
        "asked_at": moments.exact(row.asked_at),
        "review_due_at": moments.exact(row.review_due_at),
        "seconds_to_decide": None if row.took is None else moments.seconds(row.took),
        "allowed": row.allowed,
        "late": row.late,
        "hidden": row.hidden,
        "outcome": None if row.hidden else row.outcome,
        "against": None if row.hidden else row.against,
        "reason": row.reason_code,
        "manager": row.actor or None,
        "review": row.review,
        "reviewer": row.reviewer,
        "undone_at": moments.exact(row.undone_at),
    }


def _list_text(found: Found, rows: list[DecisionRow], width: int | None) -> Iterator[str]:
    cells = [
        [
            str(row.seq),
            moments.instant(row.at),
            row.number,
            severity_text(row.severity),
            "hidden" if row.hidden else row.outcome.replace("_", " "),
            row.actor or "hidden",
            ", ".join(
                note
                for note, holds in (("late", row.late), ("against the rules", row.against), ("undone", row.undone))
                if holds
            ),
            (row.review or "").removeprefix("review_"),
        ]
        for row in rows
    ]
    yield from table(_COLUMNS, cells, width)
    drawn = f", drawn with seed {found.wanted.seed}" if found.wanted.random is not None else ""
    left = "" if len(found.numbers) == found.total else f" of {found.total}, the others are reviewed"
    yield f"{counted(len(found.numbers), 'decision')}{left}{drawn}"


def _share(share: Share) -> str:
    if share.percent is None:
        return "no review yet"
    return f"{share.part} of {share.whole} upheld ({share.percent} %)"


def application() -> typer.Typer:
    """The commands of `review`."""
    group = typer.Typer(
        help="Decisions as team leads look at them: as they were seen, and whether they stand.",
        add_completion=False,
        rich_markup_mode=None,
        no_args_is_help=False,
    )
    group.command("list")(list_decisions)
    group.command("show")(show)
    group.command("uphold")(uphold)
    group.command("overturn")(overturn)
    group.command("judge")(judge)
    group.command("agreement")(agreement)
    return group

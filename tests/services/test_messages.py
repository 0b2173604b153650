"""Messages: every template in both languages with hostile values, and errors that name file and line."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from string import Template

import pytest

from console.domain.errors import EnvironmentFault, UserError
from console.services.escalating.messages import MessageTemplates, edited
from console.words import say
from tests.rig.shared import ROOT

FOLDER = ROOT / "resources" / "messages"
HANDBOOK = ROOT / "docs" / "messages.md"
LANGUAGES = ("en", "ru")
HOSTILE = "x\r\nBcc: all@example.org\n\x1b[31m$number ${customer} $$ \u202eevil\x00 \ud800 <b>bold</b> %s {0}"


def names(language: str) -> list[str]:
    return sorted(str(path.relative_to(FOLDER / language)) for path in (FOLDER / language).rglob("*.txt"))


def places(language: str, name: str) -> set[str]:
    return set(Template((FOLDER / language / name).read_text("utf-8")).get_identifiers())


def harmless(text: str) -> bool:
    bidi = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    return not any((unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t") or sign in bidi for sign in text)


def test_both_languages_have_the_same_messages_with_the_same_places() -> None:
    assert names("en") == names("ru")
    assert len(names("en")) > 10
    for name in names("en"):
        assert places("en", name) == places("ru", name), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", names("en"))
def test_every_template_takes_hostile_words(language: str, name: str) -> None:
    values = dict.fromkeys(places(language, name), HOSTILE)
    templates = MessageTemplates(FOLDER)
    if name.startswith("parts/"):
        said = templates.part(name.removeprefix("parts/").removesuffix(".txt"), language, values)
    else:
        found = templates.render(name.removesuffix(".txt"), language, values)
        assert "\n" not in found.subject
        assert found.text.startswith(f"Subject: {found.subject}\n\n")
        said = found.text
    assert harmless(said)
    # Words are put in as they are: what looks like a place in them is none.
    assert ("$number ${customer} $$" in said) is bool(values)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "en" / "parts").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("Subject: a\n\nhello $nobody\n", 3, "$nobody"),
        ("Subject: a ${nobody}\nhello\n", 1, "$nobody"),
        ("Subject: a\nhello\ncosts $5\n", 3, "$"),
        ("hello\n", 1, "hello"),
    ],
)
def test_a_template_that_does_not_fit_is_named_with_its_line(folder: Path, text: str, line: int, found: str) -> None:
    (folder / "en" / "m.txt").write_text(text, "utf-8")
    with pytest.raises(UserError) as refused:
        MessageTemplates(folder).render("m", "en", {"number": "1"})
    assert refused.value.code == "message_template_invalid"
    assert (refused.value.values["line"], refused.value.values["found"]) == (line, found)
    assert f"m.txt, line {line}: found {found}, expected " in say(refused.value)


@pytest.mark.parametrize("body", [None, b"\xff\xfe"])
def test_a_template_that_cannot_be_read_is_named(folder: Path, body: bytes | None) -> None:
    if body is not None:
        (folder / "en" / "m.txt").write_bytes(body)
    with pytest.raises(EnvironmentFault) as failed:
        MessageTemplates(folder).render("m", "en", {})
    assert failed.value.code == "message_template_missing"
    assert str(folder / "en" / "m.txt") in say(failed.value)


def test_a_changed_template_counts_at_once(folder: Path) -> None:
    templates = MessageTemplates(folder)
    for text in ("one", "two"):
        (folder / "en" / "m.txt").write_text(f"Subject: s\n{text} $number", "utf-8")
        assert templates.render("m", "en", {"number": "7"}).body == f"{text} 7\n"


@pytest.mark.parametrize(
    ("text", "subject", "body"),
    [
        ("Subject: mine\n\nfirst\nsecond", "mine", "first\nsecond\n"),
        ("Subject:\nfirst", "drafted", "first\n"),
        ("just words", "drafted", "just words\n"),
        ("\n\nSubject: late\n\nwords\n\n", "late", "words\n"),
        ("Subject: a\rBcc: b\n\nwords\x07", "a", "Bcc: b\n\nwords\ufffd\n"),
    ],
)
def test_an_edited_message_keeps_its_subject(folder: Path, text: str, subject: str, body: str) -> None:
    (folder / "en" / "m.txt").write_text("Subject: drafted\nx", "utf-8")
    found = edited(text, MessageTemplates(folder).render("m", "en", {}))
    assert (found.subject, found.body) == (subject, body)


def test_the_handbook_lists_every_message_with_its_names() -> None:
    rows = re.findall(r"^\| (`[a-z_]+`(?:, `[a-z_]+`)*) \| (`[^|]*`) \|$", HANDBOOK.read_text("utf-8"), re.MULTILINE)
    listed = {
        f"{name}.txt": set(re.findall(r"`([a-z_]+)`", values))
        for templates, values in rows
        for name in re.findall(r"`([a-z_]+)`", templates)
    }
    assert listed == {name: places("en", name) for name in names("en") if not name.startswith("parts/")}

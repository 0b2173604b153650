"""Mapping files: a mistake is named by file, key, what was found and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.errors import UserError
from console.domain.instants import format_instant, parse_instant
from console.services.importing.dates import DateReader
from console.services.importing.importer import check_against_pack
from console.services.importing.mapping import DateSpec, load_mapping, parse_mapping
from console.words import TEXTS, say
from tests.domain.packs import odin_book
from tests.services.import_desk import MAPPINGS, NOW, SMALL, servicenow, small_mapping


def test_the_shipped_mapping_is_loaded_by_name_and_by_path() -> None:
    by_name = load_mapping("servicenow-audit", MAPPINGS)
    assert by_name == load_mapping(str(MAPPINGS / "servicenow-audit.toml"), MAPPINGS)
    assert by_name.status["Awaiting Vendor"].to == "waiting_internal"
    assert not by_name.status["New"].answered
    hindsight = {"resolved_at", "closed_at"}
    assert hindsight.isdisjoint(by_name.columns.names())


def test_an_unknown_name_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load_mapping("servicenow", MAPPINGS)
    assert caught.value.code == "mapping_unknown"
    assert "servicenow-audit" in say(caught.value)
    with pytest.raises(UserError):
        load_mapping(str(tmp_path), MAPPINGS)


WRONG = {
    "a newer format": ("format = 1", "format = 2", "format", "1"),
    "a key that nobody knows": (
        'order = "n"',
        'ordre = "n"',
        "columns.ordre",
        "order, or another of number, opened, at",
    ),
    "a column that has to be": ('number = "id"\n', "", "columns.number", "the name of a column in quotes"),
    "a number for a name": ('number = "id"', "number = 7", "columns.number", "the name of a column in quotes"),
    "no date format": ('formats = ["%Y-%m-%d %H:%M"]', "formats = []", "dates.formats", "a list of formats such as"),
    "a date format that is none": ("%Y-%m-%d %H:%M", "YYYY-MM-DD", "dates.formats", "%d-%m-%Y %H:%M"),
    "an unknown zone": ('zone = "UTC"', 'zone = "Mars/Olympus"', "dates.zone", "IANA"),
    "a severity of zero": ("P1 = 1", "P1 = 0", "severity.P1", "a whole number of 1 to 9"),
    "a severity in words": ("P1 = 1", 'P1 = "one"', "severity.P1", "a whole number of 1 to 9 without quotes"),
    "a status without a code": (
        'new = { to = "new" }',
        "new = {}",
        "status.new.to",
        "the code of a status of the pack",
    ),
    "a status code with blanks": (
        '{ to = "new" }',
        '{ to = "In progress" }',
        "status.new.to",
        "small letters, digits and _",
    ),
    "a status in place of its table": ('new = { to = "new" }', 'new = "new"', "status.new", '{ to = "STATUS" }'),
    "a slip in a status": ('{ to = "new" }', '{ to = "new", answerd = true }', "status.new.answerd", "answered, or"),
    "an answer in words": ("answered = true", 'answered = "yes"', "status.open.answered", "true or false"),
    "a list of numbers": ('subject = ["subject"]', "subject = [1]", "columns.subject.0", "a list of names of columns"),
    "a table that nobody knows": ("[severity]", "[severities]", "severities", "severity, or another of format, name"),
    "a table for a word": ("P1 = 1", "P1 = { to = 1 }", "severity.P1", "a whole number of 1 to 9"),
    "a channel that is no code": ("[severity]", '[channel]\nx = "A b"\n[severity]', "channel.x", "small letters"),
    "a plan with a capital": ('plan = "gold" }', 'plan = "Gold" }', "plan.plan", "the code of a plan of the pack"),
    "no source": ("source = {", "other = {", "source", "a table [source] with kind and name"),
    "an address without the number": ("/t/{number}", "/t/", "source.url", "{number}"),
    "an address of another kind": ("https://tracker", "file:///tracker", "source.url", "https://"),
    "an unknown encoding": ('unknown = ["?"]', 'encoding = "klingon"', "file.encoding", "utf-8"),
    "a delimiter of two signs": ('unknown = ["?"]', 'delimiter = "::"', "file.delimiter", 'one of "," ";"'),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_names_file_key_found_and_expected(case: str) -> None:
    old, new, key, expected = WRONG[case]
    text = SMALL.decode()
    assert old in text
    with pytest.raises(UserError) as caught:
        parse_mapping(text.replace(old, new, 1).encode(), "mine.toml")
    values = caught.value.values
    assert caught.value.code == "mapping_invalid"
    assert values["file"] == "mine.toml"
    assert str(values["key"]).startswith(key)
    assert expected in str(values["expected"])
    assert values["found"]
    said = say(caught.value)
    assert not any(word in said for word in ("valid", "instance", "Input", "Extra", "permitted", "Field", "pattern"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe", "Mapping mine.toml is no TOML in UTF-8: byte 0 is not UTF-8. Nothing was written."),
        (b"format = " + b"1" * 5_000, "is no TOML in UTF-8: it is too long or too deep."),
        (b"#" * 2_000_000, "is no TOML in UTF-8: it has more than 1000000 bytes."),
        (SMALL.replace(b"format = 1", b"format = = 1"), "is no TOML in UTF-8: Invalid value (at line "),
        (
            SMALL.replace(b"P1 = 1\nP2 = 2\nP3 = 3\n", b""),
            "Mapping mine.toml lacks [severity] with the values of column 'priority'. Nothing was written.",
        ),
    ],
)
def test_what_is_wrong_as_a_whole_is_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_mapping(data, "mine.toml")
    assert said in say(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('pack = "odin"', 'pack = "other"', "plan.pack"),
        ('plan = "gold"', 'plan = "golden"', "plan.plan"),
        ('{ to = "new" }', '{ to = "fresh" }', "status.new.to"),
        ("P3 = 3", "P3 = 7", "severity.P3"),
        ('to = "waiting", answered = true', 'to = "waiting", notifies = true', "status.waiting.to"),
    ],
)
def test_codes_that_the_pack_does_not_have(old: str, new: str, key: str) -> None:
    book = odin_book()
    check_against_pack(small_mapping(), book, NOW)
    check_against_pack(servicenow(), book, NOW)
    with pytest.raises(UserError) as caught:
        check_against_pack(small_mapping((old, new)), book, NOW)
    assert caught.value.values["key"] == key


@pytest.mark.parametrize(
    ("formats", "zone", "text", "expected"),
    [
        (("%d-%m-%Y %H:%M",), "UTC", "29-02-2016 01:16", "2016-02-29T01:16:00Z"),
        (("%d-%m-%Y %H:%M",), "Europe/Kyiv", "01-07-2025 12:00", "2025-07-01T09:00:00Z"),
        (("%d-%m-%Y %H:%M",), "+02:00", "01-07-2025 12:00", "2025-07-01T10:00:00Z"),
        # 29 March 2026, 03:30 does not exist in Kyiv: later by the gap. 25 October, 03:30 comes twice: the first.
        (("%d-%m-%Y %H:%M",), "Europe/Kyiv", "29-03-2026 03:30", "2026-03-29T01:30:00Z"),
        (("%d-%m-%Y %H:%M",), "Europe/Kyiv", "26-10-2025 03:30", "2025-10-26T00:30:00Z"),
        (("iso",), "Europe/Kyiv", "2025-07-01T12:00:00Z", "2025-07-01T12:00:00Z"),
        (("iso",), "Europe/Kyiv", "2025-07-01T12:00:00.5+05:45", "2025-07-01T06:15:00.500000Z"),
        (("iso",), "Europe/Kyiv", "2025-07-01 12:00", "2025-07-01T09:00:00Z"),
        (("%Y-%m-%dT%H:%M:%S%z",), "Europe/Kyiv", "2025-07-01T12:00:00-0300", "2025-07-01T15:00:00Z"),
        (("epoch_s",), "UTC", "1456708560", "2016-02-29T01:16:00Z"),
        (("epoch_ms",), "UTC", "1456708560001", "2016-02-29T01:16:00.001000Z"),
        (("%d.%m.%Y", "%d-%m-%Y %H:%M"), "UTC", "29-02-2016 01:16", "2016-02-29T01:16:00Z"),
    ],
)
def test_dates(formats: tuple[str, ...], zone: str, text: str, expected: str) -> None:
    reader = DateReader(DateSpec(formats=formats, zone=zone))
    assert format_instant(reader.read(text)) == expected
    assert reader.read(text) == parse_instant(expected)


@pytest.mark.parametrize("text", ["", "now", "31-02-2016 00:00", "1" * 5_000, "29-02-2016", "٢٩-02-2016 01:16 "])
def test_what_is_no_date(text: str) -> None:
    reader = DateReader(DateSpec(formats=("%d-%m-%Y %H:%M", "epoch_s", "iso")))
    with pytest.raises(ValueError, match=r"."):
        reader.read(text)


def test_each_error_of_an_import_has_a_sentence() -> None:
    codes = [
        "mapping_unknown",
        "mapping_unreadable",
        "mapping_invalid",
        "import_file_missing",
        "import_file_unreadable",
    ]
    codes += ["import_file_refused", "import_columns_missing", "import_columns_twice", "import_rejects_is_input"]
    codes += ["import_rejects_unwritable", "generate_count", "generate_rate", "generate_without_pack"]
    assert set(codes) <= TEXTS.keys()

"""The rules of the house (docs/architecture.md), each as a test over the source."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable

import pytest

from tests.rig.shared import ROOT
from tests.rig.source import Source, sources

# What each layer may import of the project besides itself. Imports only go down.
BASE = {"console.domain", "console"}
MAY_IMPORT = {
    "main": {"ui", "models", "console.cli", "console.services", "console.bundles"}
    | {"console.store", "console.remote", *BASE},
    "ui": {"models", "console.services", *BASE},
    "models": {"console.domain"},
    "console.cli": {"console.services", "console.bundles", "console.store", *BASE},
    "console.services": {"console.bundles", "console.store", "console.remote", *BASE},
    "console.bundles": {"console.store", *BASE},
    "console.store": BASE,
    "console.remote": BASE,
    # Single modules beside the folders: the time source, settings.
    "console": BASE,
    "console.domain": set(),
}

# A library and the only places that may import it.
AT_HOME = {
    "sqlalchemy": ["console/store/"],
    "alembic": ["console/store/"],
    "httpx": ["console/remote/"],
    "qasync": ["main.py", "ui/event_loop.py"],
    "PySide6": ["main.py", "ui/", "models/"],
    "PySide6.QtWidgets": ["main.py", "ui/"],
}

# Imports inside functions, each measured to be worth it: file -> functions. "*" is all of them.
LATE_IMPORTS = {
    # The first rows are painted before the heavy libraries are loaded.
    "main.py": {"*"},
    # Alembic costs a quarter of a second and is needed once for a schema.
    "console/store/database.py": {"_bring_up_to_date"},
    # The library of calendar files costs a tenth of a command's start and is needed once a year.
    "console/services/holidays.py": {"ical_days"},
}

# Loaded after the first rows are on screen: together they cost several times what Qt does.
HEAVY = ["sqlalchemy", "alembic", "numpy", "pydantic", "httpx", "typer", "rich"]
EARLY = ["main", "console.store.first_rows"]

TIME_SOURCE = "console/time_source.py"
WALL_CLOCK = {"utcnow", "utcfromtimestamp", "today", "currentDateTime", "currentDateTimeUtc"}
WALL_CLOCK |= {"currentDate", "currentTime", "currentMSecsSinceEpoch", "currentSecsSinceEpoch"}
MUTABLE_CALLS = {"dict", "list", "set", "defaultdict", "deque", "Counter", "OrderedDict"}
MUTABLE_CALLS |= {"WeakKeyDictionary", "WeakValueDictionary", "WeakSet"}
MUTABLE_NODES = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)

MOST_LINES = 400


def layer_of(module: str) -> str:
    parts = module.split(".")
    if parts[0] != "console" or len(parts) == 1:
        return parts[0]
    if parts[1].startswith("cli"):
        return "console.cli"
    folder = f"console.{parts[1]}"
    is_folder = (ROOT / "console" / parts[1]).is_dir()
    return folder if is_folder else "console"


def none(problems: Iterable[str]) -> None:
    found = sorted(set(problems))
    assert not found, "\n" + "\n".join(found)


def is_in(source: Source, places: Iterable[str]) -> bool:
    return any(source.name == place or source.name.startswith(place) for place in places)


def test_every_file_is_in_a_layer() -> None:
    none(each.name for each in sources() if layer_of(each.module) not in MAY_IMPORT)


def test_imports_only_go_down() -> None:
    ours = {"main", "ui", "models", "console", "tests"}
    none(
        f"{source.name}:{each.line}: {layer_of(source.module)} imports {each.module}"
        for source in sources()
        for each in source.imports
        if each.module.split(".")[0] in ours
        and (target := layer_of(each.module)) != (own := layer_of(source.module))
        and target not in MAY_IMPORT.get(own, set())
    )


def test_the_domain_imports_the_standard_library_numpy_and_pydantic_only() -> None:
    # pydantic_core is the compiled half of pydantic.
    allowed = sys.stdlib_module_names | {"numpy", "pydantic", "pydantic_core", "console"}
    none(
        f"{source.name}:{each.line}: {each.module}"
        for source in sources()
        if source.name.startswith("console/domain/")
        for each in source.imports
        if each.module.split(".")[0] not in allowed
    )


def test_models_know_qt_core_and_gui_only() -> None:
    allowed = ("PySide6.QtCore", "PySide6.QtGui")
    none(
        f"{source.name}:{each.line}: {each.module}"
        for source in sources()
        if source.name.startswith("models/")
        for each in source.imports
        if each.is_of("PySide6") and not each.is_of(*allowed)
    )


@pytest.mark.parametrize("library", AT_HOME)
def test_a_library_stays_at_home(library: str) -> None:
    none(
        f"{source.name}:{each.line}: {each.module}"
        for source in sources()
        if not is_in(source, AT_HOME[library])
        for each in source.imports
        if each.is_of(library)
    )


def test_imports_stand_at_the_top() -> None:
    none(
        f"{source.name}:{each.line}: {each.module} in {each.function}()"
        for source in sources()
        for each in source.imports
        if each.function is not None and not {each.function, "*"} & LATE_IMPORTS.get(source.name, set())
    )


def test_late_imports_that_are_allowed_are_used() -> None:
    late = {(s.name, each.function) for s in sources() for each in s.imports if each.function}
    none(
        f"{name}: {function}()"
        for name, functions in LATE_IMPORTS.items()
        for function in functions - {"*"}
        if (name, function) not in late
    )


@pytest.mark.parametrize("module", EARLY)
def test_the_first_rows_need_no_heavy_library(module: str) -> None:
    code = f"import sys, {module}; print(*[each for each in {HEAVY} if each in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


def test_no_second_event_loop() -> None:
    # A coroutine behind exec() loses its wake-up: open() and a future do.
    none(
        source.at(call, f"{name}()")
        for source in sources()
        if not source.name.startswith("console/")
        for call, name in source.calls()
        if name.endswith((".exec", ".exec_"))
    )


def test_only_the_time_source_reads_the_clock() -> None:
    none(
        source.at(call, f"{name}()")
        for source in sources()
        if source.name != TIME_SOURCE
        for call, name in source.calls()
        if name.split(".")[-1] in WALL_CLOCK
        or name.endswith(("datetime.now", "time.time", "time.time_ns"))
        or name in {"time", "time_ns"}
    )


def test_no_mutable_state_in_modules() -> None:
    none(
        source.at(node, f"{name} can be changed by whoever imports it")
        for source in sources()
        for node in source.tree.body
        for name in mutable_names(node)
    )


def mutable_names(statement: ast.stmt) -> list[str]:
    """Lower-case names that a statement binds to something that can be changed."""
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    else:
        return []
    value = statement.value
    is_call = isinstance(value, ast.Call) and isinstance(value.func, ast.Name | ast.Attribute)
    called = ast.unparse(value.func).split(".")[-1] if is_call else ""
    if not isinstance(value, MUTABLE_NODES) and called not in MUTABLE_CALLS:
        return []
    names = [each.id for each in targets if isinstance(each, ast.Name)]
    return [name for name in names if not name.isupper() and not name.startswith("__")]


def test_no_global_statement() -> None:
    none(
        source.at(node, "global " + ", ".join(node.names))
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Global)
    )


def test_no_singletons() -> None:
    qt = ("QApplication.instance", "QGuiApplication.instance", "QCoreApplication.instance")
    none(
        source.at(call, f"{name}()")
        for source in sources()
        for call, name in source.calls()
        if name.endswith(".instance") and not name.endswith(qt)
    )


def test_files_are_small() -> None:
    checked = [each.path for each in sources()]
    checked += [*(ROOT / "tests").rglob("*.py"), *(ROOT / ".ci").rglob("*.py")]
    lengths = {each: len(each.read_text(encoding="utf-8").splitlines()) for each in checked}
    none(
        f"{path.relative_to(ROOT)}: {length} lines, at most {MOST_LINES}"
        for path, length in lengths.items()
        if length > MOST_LINES
    )

"""Who is on a made-up desk: engineers, managers, customers with contracts in zones around the world."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from console.domain.instants import DAY

PACK = "odin"
ENGINEERS = (
    "Ana Moreira", "Dmitri Orlov", "Sanjay Rao", "Mei Tanaka", "Tom Hughes", "Lucía Ferrer", "Kofi Mensah",
    "Ingrid Solberg", "Pavel Novák", "Leila Haddad", "Marco Bianchi", "Grace Kim", "Olga Kravets", "Ben Carter",
    "Yusuf Demir", "Chloé Martin", "Jan de Wit", "Priya Nair", "Aino Laine", "Rafael Costa",
)  # fmt: skip
MANAGERS = ("Nora Lindqvist", "Viktor Sokolov", "Amara Okafor")
PRODUCTS = ("Business Automation Standard", "Plesk Automation", "Automation Essentials")
# Releases of the shipped pack, the newest ones more often than those that are supported no longer.
_VERSIONS = {
    "Business Automation Standard": ("4.8", "4.8", "4.7", "4.7", "4.6", "4.4"),
    "Plesk Automation": ("17.5", "17.5", "11.5"),
    "Automation Essentials": ("2.0", "2.0", "1.2", "1.0"),
}

_FIRST = (
    "Harbour", "Blue Fjord", "Kestrel", "Granite", "Lighthouse", "Red Maple", "Silverline", "Northgate", "Baobab",
    "Andes", "Copper", "Tidewater", "Polaris", "Meridian", "Saffron", "Juniper", "Ironbridge", "Lagoon", "Monsoon",
    "Cobalt", "Ångström", "Delta", "Orchard", "Summit", "Pampas", "Aurora", "Cedar", "Falcon", "Hanse", "Kiwi",
)  # fmt: skip
_KIND = (
    "Hosting", "Cloud", "Networks", "Web Services", "Telecom", "Data", "Internet", "Systems", "Online", "Digital",
)  # fmt: skip
_ODD = (
    "O'Brien & Sons <Hosting>",
    "東京ホスティング株式会社",
    "خدمات الشبكة",
    "Müller & Söhne GmbH",
    "ООО «Северный узел»",
)
_ZONES = (
    "Europe/London", "Europe/Berlin", "Europe/Kyiv", "America/New_York", "America/Chicago", "America/Los_Angeles",
    "America/Sao_Paulo", "Asia/Kolkata", "Asia/Tokyo", "Asia/Singapore", "Australia/Sydney", "Africa/Johannesburg",
    "Asia/Dubai", "Pacific/Auckland", "Asia/Kathmandu", "America/St_Johns",
)  # fmt: skip
_GIVEN = (
    "Peter", "Maria", "Ahmed", "Yuki", "Elena", "Carlos", "Fatima", "Henrik", "Joanna", "Samuel", "Wei", "Ruth",
    "Igor", "Thandi", "Oliver", "Nadia",
)  # fmt: skip
_FAMILY = (
    "Walsh", "Petrov", "Silva", "Nakamura", "Schmidt", "Okoye", "Larsen", "Gupta", "Rossi", "Dubois", "Kowalski",
    "Hansen", "Ali", "Moreno", "Brown", "Levi",
)  # fmt: skip
_PLANS = (
    ("silver_plus", 36), ("gold", 27), ("platinum", 17), ("diamond", 10), ("limited_free", 6), ("per_incident", 4),
)  # fmt: skip
_FILLED = (0.8, 0.9, 1.0)  # of the incidents, so that warnings and exhausted contracts are there to see


class MadeCustomer(NamedTuple):
    """A customer with one contract. `filled`: the share of incidents that is to be used up, none: as it comes.

    Instants in microseconds UTC; `support_code` as it is shown, `weight` says how often they write.
    """

    number: str
    name: str
    zone: str
    tier: str
    contacts: tuple[str, ...]
    plan: str
    product: str
    product_version: str
    contract_uid: str
    support_code: str
    licence_key: str | None
    start_at: int
    end_at: int
    filled: float | None
    weight: float


def make_customers(seed: int, now: int, count: int) -> list[MadeCustomer]:
    """`count` customers on all plans; the same seed gives the same ones."""
    rng = Random(f"customers {seed}")
    base = rng.randrange(1_000, 8_000) * 100
    names = [f"{first} {kind}" for first in _FIRST for kind in _KIND]
    rng.shuffle(names)
    today = now - now % DAY
    return [_customer(rng, index, base, names, today) for index in range(count)]


def _customer(rng: Random, index: int, base: int, names: list[str], today: int) -> MadeCustomer:
    # The first ones go through all plans once, so that even a small desk has each of them.
    plans, weights = zip(*_PLANS, strict=True)
    plan = plans[index] if index < len(plans) else rng.choices(plans, weights)[0]
    name = _ODD[index // 9] if index % 9 == 4 and index // 9 < len(_ODD) else names[index % len(names)]
    if index >= len(names):
        name = f"{name} {index // len(names) + 1}"
    start = today - rng.randrange(20, 340) * DAY
    limited = plan in ("silver_plus", "gold", "platinum")
    digits = f"{rng.randrange(10**10):010d}"
    made = MadeCustomer(
        number=str(base + index),
        name=name,
        zone=rng.choice(_ZONES),
        tier="premium" if plan in ("platinum", "diamond") else "standard",
        contacts=tuple(f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}" for _ in range(rng.randrange(1, 4))),
        plan=plan,
        product=rng.choice(PRODUCTS),
        product_version="",
        contract_uid=f"{rng.getrandbits(128):032x}",
        support_code=f"{digits[:5]}-{digits[5:]}",
        licence_key=f"PLSK.{rng.randrange(10**8):08d}.{rng.randrange(10**4):04d}" if plan == "limited_free" else None,
        start_at=start,
        end_at=start + 365 * DAY,
        filled=_FILLED[index % 3] if limited and index % 7 == 3 else None,
        weight=min(rng.paretovariate(2.5), 4.0) * (0.2 if plan in ("limited_free", "per_incident") else 1.0),
    )
    # Drawn apart: what was drawn before stays as it was.
    return made._replace(product_version=Random(f"version {made.contract_uid}").choice(_VERSIONS[made.product]))

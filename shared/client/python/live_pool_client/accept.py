"""Every rule that a reader holds against a document or file. Pure: the day is an input."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

from .evidence import exact_bytes_broken, identity_broken
from .payload import Broken, as_of_date_in, broken, day_in, field_of, parse_text, plain
from .pool import (
    StatedPool,
    base_asset_broken,
    expected_size_broken,
    order_broken,
    pool_size_broken,
    stated_pool,
    symbol_broken,
)


@dataclass(frozen=True)
class ReaderSettings:
    """What a reader decides for itself."""

    #: A payload of this age in days is still accepted; None waives the rule.
    max_age_days: Optional[int] = 45
    accepted_modes: Sequence[str] = ("core_major",)
    expected_pool_size: int = 5
    #: Refuse a document without sealed bytes and the identity of their producer.
    strict: bool = False
    strategy_profile: str = "crypto_live_pool_rotation"


class Candidate(NamedTuple):
    """Something to read: exactly one of payload, text and trouble says what came of it."""

    #: fresh_upstream, last_known_good or local_file
    source: str
    #: How refusals call it.
    name: str
    payload: Any = None
    text: Optional[str] = None
    trouble: Optional[str] = None


class Judged(NamedTuple):
    checks: List[Tuple[str, Optional[Broken]]]
    payload: Optional[Dict[str, Any]]
    pool: Optional[StatedPool]

    def refusals(self, candidate: Candidate) -> List[Dict[str, Any]]:
        return [
            {"candidate": candidate.name, "rule": rule, "expected": found[0], "got": found[1]}
            for rule, found in self.checks
            if found is not None
        ]


def describe_refusal(refusal: Dict[str, Any]) -> str:
    got = "nothing" if refusal["got"] is None else refusal["got"]
    return "{candidate}: {rule}: expected {expected}, got {0}".format(got, **refusal)


def _date_checks(
    source: str, payload: Dict[str, Any], max_age_days: Optional[int], today: date
) -> List[Tuple[str, Optional[Broken]]]:
    day = day_in(payload)
    if day is None:
        expected = "a date as YYYY-MM-DD in the first 10 characters"
        return [("as_of_date", broken(expected, payload.get("as_of_date")))]
    age = (today - day).days
    not_yet = f"a day not after {today.isoformat()}"
    checks = [
        ("as_of_date", None),
        ("future", broken(not_yet, as_of_date_in(payload)) if age < 0 else None),
    ]
    # The last known good document is what is left when there is no fresh one: it may be old.
    if max_age_days is not None and source != "last_known_good":
        too_old = broken(f"at most {max_age_days} days", age) if age > max_age_days else None
        checks.append(("age", too_old))
    return checks


def _mode_broken(payload: Dict[str, Any], accepted: Sequence[str]) -> Optional[Broken]:
    mode = payload.get("mode")
    if isinstance(mode, str) and mode in accepted:
        return None
    return broken(f"one of {', '.join(accepted)}", mode)


def _pool_checks(
    payload: Dict[str, Any], pool: Optional[StatedPool], expected_size: int
) -> List[Tuple[str, Optional[Broken]]]:
    if pool is None:
        symbol_map = field_of(payload, "symbol_map")
        stated = payload.get("symbols") if symbol_map is None else symbol_map
        return [("symbol_map", broken("a map from symbols to base assets", stated))]
    return [
        ("symbol_map", None),
        ("symbol", symbol_broken(pool)),
        ("base_asset", base_asset_broken(pool)),
        ("order", order_broken(pool, payload)),
        ("pool_size", pool_size_broken(pool, payload)),
        ("expected_pool_size", expected_size_broken(pool, expected_size)),
    ]


def _nothing(rule: str, expected: str, got: Any) -> Judged:
    return Judged([(rule, broken(expected, got))], None, None)


def judge(candidate: Candidate, settings: ReaderSettings, today: date) -> Judged:
    is_document = candidate.source != "local_file"
    if candidate.trouble is not None:
        expected = "a document" if is_document else "a file"
        return _nothing("available", expected, candidate.trouble)
    if candidate.text is not None:
        try:
            payload = parse_text(candidate.text)
        except (ValueError, RecursionError):
            return _nothing("payload", "a JSON object", "text that is not JSON")
    else:
        payload = plain(candidate.payload)
    if not isinstance(payload, dict):
        return _nothing("payload", "a JSON object", payload)
    pool = stated_pool(payload, keys_are_ordered=not is_document)
    checks = _date_checks(candidate.source, payload, settings.max_age_days, today)
    checks.append(("mode", _mode_broken(payload, settings.accepted_modes)))
    checks.extend(_pool_checks(payload, pool, settings.expected_pool_size))
    if is_document and settings.strict:
        checks.append(("identity", identity_broken(payload, settings.strategy_profile)))
    if is_document:
        checks.append(("exact_bytes", exact_bytes_broken(payload, settings.strict)))
    return Judged(checks, payload, pool)

"""Every rule that a reader holds against a document or file. Pure: the day is an input."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

from .evidence import exact_bytes_violation, identity_violation
from .payload import Violation, as_of_date_in, violation, day_in, field_of, parse_json_text, plain
from .pool import (
    UnverifiedPool,
    base_asset_violation,
    expected_size_violation,
    order_violation,
    pool_size_violation,
    parse_pool,
    symbol_violation,
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


class ValidationResult(NamedTuple):
    checks: List[Tuple[str, Optional[Violation]]]
    payload: Optional[Dict[str, Any]]
    pool: Optional[UnverifiedPool]

    def refusals(self, candidate: Candidate) -> List[Dict[str, Any]]:
        return [
            {"candidate": candidate.name, "rule": rule, "expected": found[0], "got": found[1]}
            for rule, found in self.checks
            if found is not None
        ]


def describe_rejection(rejection: Dict[str, Any]) -> str:
    got = "nothing" if rejection["got"] is None else rejection["got"]
    return "{candidate}: {rule}: expected {expected}, got {0}".format(got, **rejection)


def _date_checks(
    source: str, payload: Dict[str, Any], max_age_days: Optional[int], today: date
) -> List[Tuple[str, Optional[Violation]]]:
    day = day_in(payload)
    if day is None:
        expected = "a date as YYYY-MM-DD in the first 10 characters"
        return [("as_of_date", violation(expected, payload.get("as_of_date")))]
    age = (today - day).days
    not_yet = f"a day not after {today.isoformat()}"
    checks = [
        ("as_of_date", None),
        ("future", violation(not_yet, as_of_date_in(payload)) if age < 0 else None),
    ]
    # The last known good document is what is left when there is no fresh one: it may be old.
    if max_age_days is not None and source != "last_known_good":
        too_old = violation(f"at most {max_age_days} days", age) if age > max_age_days else None
        checks.append(("age", too_old))
    return checks


def _mode_violation(payload: Dict[str, Any], accepted: Sequence[str]) -> Optional[Violation]:
    mode = payload.get("mode")
    if isinstance(mode, str) and mode in accepted:
        return None
    return violation(f"one of {', '.join(accepted)}", mode)


def _pool_checks(
    payload: Dict[str, Any], pool: Optional[UnverifiedPool], expected_size: int
) -> List[Tuple[str, Optional[Violation]]]:
    if pool is None:
        symbol_map = field_of(payload, "symbol_map")
        stated = payload.get("symbols") if symbol_map is None else symbol_map
        return [("symbol_map", violation("a map from symbols to base assets", stated))]
    return [
        ("symbol_map", None),
        ("symbol", symbol_violation(pool)),
        ("base_asset", base_asset_violation(pool)),
        ("order", order_violation(pool, payload)),
        ("pool_size", pool_size_violation(pool, payload)),
        ("expected_pool_size", expected_size_violation(pool, expected_size)),
    ]


def _nothing(rule: str, expected: str, got: Any) -> ValidationResult:
    return ValidationResult([(rule, violation(expected, got))], None, None)


def validate_candidate(candidate: Candidate, settings: ReaderSettings, today: date) -> ValidationResult:
    is_document = candidate.source != "local_file"
    if candidate.trouble is not None:
        expected = "a document" if is_document else "a file"
        return _nothing("available", expected, candidate.trouble)
    if candidate.text is not None:
        try:
            payload = parse_json_text(candidate.text)
        except (ValueError, RecursionError):
            return _nothing("payload", "a JSON object", "text that is not JSON")
    else:
        payload = plain(candidate.payload)
    if not isinstance(payload, dict):
        return _nothing("payload", "a JSON object", payload)
    pool = parse_pool(payload, keys_are_ordered=not is_document)
    checks = _date_checks(candidate.source, payload, settings.max_age_days, today)
    checks.append(("mode", _mode_violation(payload, settings.accepted_modes)))
    checks.extend(_pool_checks(payload, pool, settings.expected_pool_size))
    if is_document and settings.strict:
        checks.append(("identity", identity_violation(payload, settings.strategy_profile)))
    if is_document:
        checks.append(("exact_bytes", exact_bytes_violation(payload, settings.strict)))
    return ValidationResult(checks, payload, pool)

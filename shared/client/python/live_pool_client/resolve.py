"""The recommended read priority of the contract. Pure: everything has been read before."""

from datetime import date, datetime, timezone
from typing import Any, Dict, List, Optional, Sequence

from .acceptance import Candidate, ValidationResult, ReaderSettings, validate_candidate
from .payload import as_of_date_in, canonical, day_in, sequence_in, text_in

Resolution = Dict[str, Any]


def _is_worse(fresh: Dict[str, Any], known: Dict[str, Any]) -> bool:
    """A later promotion is better, even one that goes back to an earlier date; without numbers,
    dates decide."""
    seq, before = sequence_in(fresh), sequence_in(known)
    if seq is not None and before is not None:
        return seq < before
    return (day_in(fresh) or date.min) < (day_in(known) or date.min)


def _remember(
    fresh: Dict[str, Any], known: Optional[Candidate], settings: ReaderSettings
) -> str:
    if known is None:
        return "stored"
    # Its date was right when it was stored; a clock that has gone wrong since proves nothing.
    result = validate_candidate(known, settings, date.max)
    if result.payload is None or result.refusals(known):
        return "stored"
    if _is_worse(fresh, result.payload):
        return "kept"
    return "unchanged" if canonical(fresh) == canonical(result.payload) else "stored"


def _resolved(candidate: Candidate, result: ValidationResult, today: date) -> Resolution:
    payload = result.payload or {}
    symbol_map = result.pool.ordered_map() if result.pool else {}
    return {
        "source": candidate.source,
        "degraded": candidate.source != "fresh_upstream",
        "as_of_date": as_of_date_in(payload),
        "version": text_in(payload, "version"),
        "mode": text_in(payload, "mode"),
        "promotion_seq": sequence_in(payload),
        "age_days": (today - (day_in(payload) or today)).days,
        "symbols": list(symbol_map),
        "symbol_map": symbol_map,
    }


def resolve(
    document: Candidate,
    last_known_good: Optional[Candidate],
    local_files: Sequence[Candidate],
    static_universe: Dict[str, Dict[str, str]],
    settings: ReaderSettings,
    now: datetime,
) -> Resolution:
    if now.tzinfo is None:
        raise ValueError("now: expected an instant with its time zone, got one without")
    today = now.astimezone(timezone.utc).date()
    refusals: List[Dict[str, Any]] = []
    for candidate in [document, last_known_good, *local_files]:
        if candidate is None:
            continue
        result = validate_candidate(candidate, settings, today)
        found = result.refusals(candidate)
        refusals.extend(found)
        if found:
            continue
        remembering = "not_fresh"
        if candidate is document and result.payload is not None:
            remembering = _remember(result.payload, last_known_good, settings)
        return {
            **_resolved(candidate, result, today),
            "refusals": refusals,
            "last_known_good": remembering,
        }
    return {
        "source": "static",
        "degraded": True,
        "as_of_date": None,
        "version": None,
        "mode": None,
        "promotion_seq": None,
        "age_days": None,
        "symbols": list(static_universe),
        "symbol_map": static_universe,
        "refusals": refusals,
        "last_known_good": "not_fresh",
    }

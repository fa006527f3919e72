"""Reading fields of what was parsed, and showing what came; nothing here is believed yet."""

import json
import math
import re
from datetime import date
from typing import Any, Dict, Optional, Tuple, Union

LoggableValue = Union[str, int, float, bool, None]
#: What a rule demanded, and what it met instead.
Violation = Tuple[str, LoggableValue]

MAXIMUM_SHOWN = 80
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def loggable_value(value: Any) -> LoggableValue:
    """A scalar itself, of anything else its kind: short enough for a log."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str):
        return value[:MAXIMUM_SHOWN] + "…" if len(value) > MAXIMUM_SHOWN else value
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "an object" if isinstance(value, dict) else "something else"


def violation(expected: str, got: Any) -> Violation:
    return expected, loggable_value(got)


def _reject_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def parse_json_text(text: str) -> Any:
    """The value of a JSON text; ValueError where it is none. NaN and Infinity are none."""
    return plain(json.loads(text, parse_constant=_reject_constant))


def plain(value: Any) -> Any:
    """JSON knows one kind of number: 5.0 is 5. Tuples are lists."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(member) for member in value]
    return value


def canonical(value: Any) -> str:
    """Text that does not depend on the order in which keys were written."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)


def in_order(value: Any) -> str:
    """Text that does."""
    return json.dumps(value, separators=(",", ":"), default=str)


def field_of(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def text_in(value: Any, name: str) -> Optional[str]:
    found = field_of(value, name)
    return found if isinstance(found, str) else None


def as_of_date_in(payload: Dict[str, Any]) -> str:
    """``as_of_date`` without the time of day that may follow it."""
    return (text_in(payload, "as_of_date") or "")[:10]


def day_in(payload: Dict[str, Any]) -> Optional[date]:
    text = as_of_date_in(payload)
    if not _ISO_DAY.match(text):
        return None
    try:
        return date(int(text[:4]), int(text[5:7]), int(text[8:]))
    except ValueError:
        return None


def sequence_in(payload: Dict[str, Any]) -> Optional[int]:
    """The number of the promotion, of a document that carries one."""
    seq = field_of(payload, "promotion_seq")
    whole = isinstance(seq, int) and not isinstance(seq, bool)
    return seq if whole and 1 <= seq <= 9007199254740991 else None

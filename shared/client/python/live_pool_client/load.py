"""The pool to trade by."""

import json
from datetime import datetime, timezone
from typing import Any, Callable, Dict, Optional, Sequence

from .acceptance import Candidate, ReaderSettings
from .files import PathLike, TextFile
from .resolve import Resolution, resolve


def _validate_options(settings: ReaderSettings, static_universe: Dict[str, Any]) -> None:
    limit, size = settings.max_age_days, settings.expected_pool_size
    if limit is not None and (not isinstance(limit, int) or limit < 0):
        raise ValueError(f"max_age_days: expected a whole number of days or None, got {limit!r}")
    if isinstance(settings.accepted_modes, str) or not settings.accepted_modes:
        raise ValueError("accepted_modes: expected a list with at least one mode")
    if not isinstance(size, int) or size < 1:
        raise ValueError(f"expected_pool_size: expected a whole number of at least 1, got {size!r}")
    if not static_universe:
        raise ValueError("static_universe: expected at least one symbol, got none")


def _candidate(source: str, name: str, read: Callable[[], Any], key: str) -> Candidate:
    try:
        found = read()
    except Exception as error:  # any error of a client library means: there is no document
        return Candidate(source, name, trouble=str(error) or type(error).__name__)
    return Candidate(source, name, trouble="nothing") if found is None else Candidate(
        source, name, **{key: found}
    )


def load_live_pool(
    read_document: Callable[[], Optional[Dict[str, Any]]],
    static_universe: Dict[str, Dict[str, str]],
    last_known_good: Optional[TextFile] = None,
    local_files: Sequence[PathLike] = (),
    settings: ReaderSettings = ReaderSettings(),
    now: Optional[datetime] = None,
) -> Resolution:
    """The Firestore document, else the last known good one, else a local file, else the static
    universe, the first that the rules accept.

    Never raises because of what was read: every candidate that was passed over is in
    ``refusals``, and anything but a fresh document is ``degraded``. Raises ValueError if the
    arguments make no sense. ``read_document`` sets its own time limit.
    """
    _validate_options(settings, static_universe)
    document = _candidate("fresh_upstream", "firestore", read_document, "payload")
    known = None
    if last_known_good is not None:
        known = _candidate("last_known_good", "last_known_good", last_known_good.read, "text")
    files = [
        _candidate("local_file", str(path), TextFile(path).read, "text") for path in local_files
    ]
    moment = now or datetime.now(timezone.utc)
    resolution = resolve(document, known, files, static_universe, settings, moment)
    if last_known_good is None:
        return {**resolution, "last_known_good": "not_configured"}
    if resolution["last_known_good"] != "stored":
        return resolution
    try:
        last_known_good.write(json.dumps(document.payload, ensure_ascii=False, allow_nan=False))
    except (OSError, TypeError, ValueError):
        # The pool is as good; the next outage is not.
        return {**resolution, "last_known_good": "failed"}
    return resolution

"""Proving what an event names, byte by byte."""

import re
from datetime import date
from typing import Any, Callable, Dict, NamedTuple, Optional

from .acceptance import Candidate, ReaderSettings, describe_rejection, validate_candidate
from .evidence import ARTIFACTS, is_sha256, sha256_of
from .payload import day_in, field_of, parse_json_text

TOPIC = "live-pool-published"
ReadObject = Callable[[str], Optional[bytes]]


class PermanentError(Exception):
    """The same input fails again: it belongs to the dead letters."""


class Publication(NamedTuple):
    """A published pool whose every byte is what its event and manifest say."""

    event: Dict[str, Any]
    symbols: list
    symbol_map: Dict[str, Dict[str, str]]
    manifest: bytes
    artifacts: Dict[str, bytes]


def _require(what: str, expected: Any, got: Any, holds: Optional[bool] = None) -> None:
    if not (expected == got if holds is None else holds):
        raise PermanentError(f"{what}: expected {expected}, got {got if got is not None else 'nothing'}")


def decode_event(data: bytes) -> Dict[str, Any]:
    try:
        event = parse_json_text(bytes(data).decode("utf-8"))
    except ValueError as error:
        raise PermanentError(f"{TOPIC}: not JSON: {error}") from error
    payload = field_of(event, "payload")
    _require(f"{TOPIC}: schema_version", 1, field_of(event, "schema_version"))
    _require(f"{TOPIC}: event_type", TOPIC, field_of(event, "event_type"))
    _require(f"{TOPIC}: event_id", "a SHA-256", field_of(event, "event_id"),
            is_sha256(field_of(event, "event_id")))
    seq, size = field_of(payload, "promotion_seq"), field_of(payload, "pool_size")
    for name, number in (("promotion_seq", seq), ("pool_size", size)):
        _require(f"payload.{name}", "a whole number of at least 1", number,
                isinstance(number, int) and not isinstance(number, bool) and number >= 1)
    mode, as_of = field_of(payload, "mode"), field_of(payload, "as_of_date")
    _require("payload.mode", "a mode", mode,
            isinstance(mode, str) and re.match(r"[a-z][a-z0-9_]{0,39}\Z", mode) is not None)
    _require("payload.as_of_date", "a date", as_of, day_in(payload) is not None and len(as_of) == 10)
    _require("payload.version", f"{as_of}-{mode}", field_of(payload, "version"))
    symbols = field_of(payload, "symbols")
    _require("payload.symbols", "a list of symbols", symbols,
            isinstance(symbols, list) and all(isinstance(symbol, str) for symbol in symbols))
    manifest = field_of(payload, "manifest")
    _require("payload.manifest", "a uri and its SHA-256", manifest,
            isinstance(field_of(manifest, "uri"), str) and is_sha256(field_of(manifest, "sha256")))
    return event


def _sealed(read_object: ReadObject, uri: str, checksum: str) -> bytes:
    found = read_object(uri)
    _require(uri, f"an object with SHA-256 {checksum}", found, found is not None)
    _require(uri, f"SHA-256 {checksum}", f"SHA-256 {sha256_of(found)}",
            sha256_of(found) == checksum)
    return bytes(found or b"")


def _pool_in(event: Dict[str, Any], name: str, content: bytes) -> Dict[str, Dict[str, str]]:
    payload = event["payload"]
    settings = ReaderSettings(None, [payload["mode"]], payload["pool_size"])
    text = content.decode("utf-8", "replace")
    candidate = Candidate("local_file", f"{name}.json", text=text)
    # Its age is not judged here: what was published late was published.
    result = validate_candidate(candidate, settings, date.max)
    for rejection in result.refusals(candidate):
        raise PermanentError(describe_rejection(rejection))
    _require(f"{name}.json: version", payload["version"], field_of(result.payload, "version"))
    symbol_map = result.pool.ordered_map() if result.pool else {}
    _require(f"{name}.json: symbols", payload["symbols"], list(symbol_map))
    return symbol_map


def verify(event: Dict[str, Any], read_object: ReadObject) -> Publication:
    """Fetches the manifest that the event names and the artifacts that it seals, and proves them
    all. Permanent where they are not what was promised; errors of ``read_object`` propagate."""
    payload = event["payload"]
    uri, end = payload["manifest"]["uri"], f"/releases/{payload['version']}/artifact_manifest.json"
    _require("payload.manifest.uri", f"gs://<bucket>/<root>{end}", uri,
            uri.startswith("gs://") and uri.endswith(end))
    manifest_bytes = _sealed(read_object, uri, payload["manifest"]["sha256"])
    try:
        manifest = parse_json_text(manifest_bytes.decode("utf-8"))
    except ValueError as error:
        raise PermanentError(f"artifact_manifest.json: not JSON: {error}") from error
    for name in ("version", "mode", "as_of_date", "symbols"):
        _require(f"artifact_manifest.json: {name}", payload[name], field_of(manifest, name))
    artifacts: Dict[str, bytes] = {}
    for name in ARTIFACTS:
        path = field_of(manifest, "artifacts", name, "path")
        checksum = field_of(manifest, "artifacts", name, "sha256")
        _require(f"artifact_manifest.json: artifacts.{name}", "a file name and its SHA-256", path,
                isinstance(path, str) and "/" not in path and is_sha256(checksum))
        base = uri[: -len("artifact_manifest.json")]
        artifacts[name] = _sealed(read_object, f"{base}{path}", checksum)
    _pool_in(event, "live_pool_legacy", artifacts["live_pool_legacy"])
    symbol_map = _pool_in(event, "live_pool", artifacts["live_pool"])
    return Publication(event, payload["symbols"], symbol_map, manifest_bytes, artifacts)

"""Proving what an event names, byte by byte."""

import re
from datetime import date
from typing import Any, Callable, Dict, NamedTuple, Optional

from .accept import Candidate, ReaderSettings, describe_refusal, judge
from .evidence import ARTIFACTS, is_sha256, sha256_of
from .payload import day_in, field_of, parse_text

TOPIC = "live-pool-published"
ReadObject = Callable[[str], Optional[bytes]]


class Permanent(Exception):
    """The same input fails again: it belongs to the dead letters."""


class Publication(NamedTuple):
    """A published pool whose every byte is what its event and manifest say."""

    event: Dict[str, Any]
    symbols: list
    symbol_map: Dict[str, Dict[str, str]]
    manifest: bytes
    artifacts: Dict[str, bytes]


def _demand(what: str, expected: Any, got: Any, holds: Optional[bool] = None) -> None:
    if not (expected == got if holds is None else holds):
        raise Permanent(f"{what}: expected {expected}, got {got if got is not None else 'nothing'}")


def decode_event(data: bytes) -> Dict[str, Any]:
    try:
        event = parse_text(bytes(data).decode("utf-8"))
    except ValueError as error:
        raise Permanent(f"{TOPIC}: not JSON: {error}") from error
    payload = field_of(event, "payload")
    _demand(f"{TOPIC}: schema_version", 1, field_of(event, "schema_version"))
    _demand(f"{TOPIC}: event_type", TOPIC, field_of(event, "event_type"))
    _demand(f"{TOPIC}: event_id", "a SHA-256", field_of(event, "event_id"),
            is_sha256(field_of(event, "event_id")))
    seq, size = field_of(payload, "promotion_seq"), field_of(payload, "pool_size")
    for name, number in (("promotion_seq", seq), ("pool_size", size)):
        _demand(f"payload.{name}", "a whole number of at least 1", number,
                isinstance(number, int) and not isinstance(number, bool) and number >= 1)
    mode, as_of = field_of(payload, "mode"), field_of(payload, "as_of_date")
    _demand("payload.mode", "a mode", mode,
            isinstance(mode, str) and re.match(r"[a-z][a-z0-9_]{0,39}\Z", mode) is not None)
    _demand("payload.as_of_date", "a date", as_of, day_in(payload) is not None and len(as_of) == 10)
    _demand("payload.version", f"{as_of}-{mode}", field_of(payload, "version"))
    symbols = field_of(payload, "symbols")
    _demand("payload.symbols", "a list of symbols", symbols,
            isinstance(symbols, list) and all(isinstance(symbol, str) for symbol in symbols))
    manifest = field_of(payload, "manifest")
    _demand("payload.manifest", "a uri and its SHA-256", manifest,
            isinstance(field_of(manifest, "uri"), str) and is_sha256(field_of(manifest, "sha256")))
    return event


def _sealed(read_object: ReadObject, uri: str, checksum: str) -> bytes:
    found = read_object(uri)
    _demand(uri, f"an object with SHA-256 {checksum}", found, found is not None)
    _demand(uri, f"SHA-256 {checksum}", f"SHA-256 {sha256_of(found)}",
            sha256_of(found) == checksum)
    return bytes(found or b"")


def _pool_in(event: Dict[str, Any], name: str, content: bytes) -> Dict[str, Dict[str, str]]:
    payload = event["payload"]
    settings = ReaderSettings(None, [payload["mode"]], payload["pool_size"])
    text = content.decode("utf-8", "replace")
    candidate = Candidate("local_file", f"{name}.json", text=text)
    # Its age is not judged here: what was published late was published.
    judged = judge(candidate, settings, date.max)
    for refusal in judged.refusals(candidate):
        raise Permanent(describe_refusal(refusal))
    _demand(f"{name}.json: version", payload["version"], field_of(judged.payload, "version"))
    symbol_map = judged.pool.ordered_map() if judged.pool else {}
    _demand(f"{name}.json: symbols", payload["symbols"], list(symbol_map))
    return symbol_map


def verify(event: Dict[str, Any], read_object: ReadObject) -> Publication:
    """Fetches the manifest that the event names and the artifacts that it seals, and proves them
    all. Permanent where they are not what was promised; whatever ``read_object`` raises passes."""
    payload = event["payload"]
    uri, end = payload["manifest"]["uri"], f"/releases/{payload['version']}/artifact_manifest.json"
    _demand("payload.manifest.uri", f"gs://<bucket>/<root>{end}", uri,
            uri.startswith("gs://") and uri.endswith(end))
    manifest_bytes = _sealed(read_object, uri, payload["manifest"]["sha256"])
    try:
        manifest = parse_text(manifest_bytes.decode("utf-8"))
    except ValueError as error:
        raise Permanent(f"artifact_manifest.json: not JSON: {error}") from error
    for name in ("version", "mode", "as_of_date", "symbols"):
        _demand(f"artifact_manifest.json: {name}", payload[name], field_of(manifest, name))
    artifacts: Dict[str, bytes] = {}
    for name in ARTIFACTS:
        path = field_of(manifest, "artifacts", name, "path")
        checksum = field_of(manifest, "artifacts", name, "sha256")
        _demand(f"artifact_manifest.json: artifacts.{name}", "a file name and its SHA-256", path,
                isinstance(path, str) and "/" not in path and is_sha256(checksum))
        base = uri[: -len("artifact_manifest.json")]
        artifacts[name] = _sealed(read_object, f"{base}{path}", checksum)
    _pool_in(event, "live_pool_legacy", artifacts["live_pool_legacy"])
    symbol_map = _pool_in(event, "live_pool", artifacts["live_pool"])
    return Publication(event, payload["symbols"], symbol_map, manifest_bytes, artifacts)

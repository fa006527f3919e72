"""Who made a document from which data, and the sealed bytes that it carries."""

import hashlib
import re
from typing import Any, Dict, Optional

from .payload import (
    Violation,
    as_of_date_in,
    violation,
    canonical,
    field_of,
    in_order,
    parse_json_text,
    text_in,
)

IDENTITY = "runtime_evidence_identity"
EXACT_BYTES = "live_pool_legacy_exact_bytes"
EXACT_BYTES_CONTRACT = "qsl.crypto_live_pool_legacy_exact_bytes.v1"
ARTIFACTS = ("latest_universe", "latest_ranking", "live_pool", "live_pool_legacy")
REPEATED = ("as_of_date", "version", "mode", "pool_size", "source_project")

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_REVISION = re.compile(r"[0-9a-f]{40}\Z")


def is_sha256(value: Any) -> bool:
    return isinstance(value, str) and _SHA256.match(value) is not None


def sha256_of(content: Any) -> str:
    encoded = content.encode("utf-8", "replace") if isinstance(content, str) else bytes(content)
    return hashlib.sha256(encoded).hexdigest()


def _sealed_checksum(payload: Dict[str, Any], artifact: str) -> Any:
    return field_of(payload, IDENTITY, "artifacts", artifact, "sha256")


def _artifacts_violation(payload: Dict[str, Any]) -> Optional[Violation]:
    artifacts = field_of(payload, IDENTITY, "artifacts")
    if not isinstance(artifacts, dict):
        return violation("artifacts with their checksums", artifacts)
    if set(artifacts) != set(ARTIFACTS):
        return violation(f"artifacts {', '.join(sorted(ARTIFACTS))}", ", ".join(sorted(artifacts)))
    for name in ARTIFACTS:
        if not is_sha256(_sealed_checksum(payload, name)):
            return violation(f"a SHA-256 of {name}", _sealed_checksum(payload, name))
    return None


def identity_violation(payload: Dict[str, Any], strategy_profile: str) -> Optional[Violation]:
    """Without its identity a reader cannot tell which producer and data the document comes from."""
    identity = field_of(payload, IDENTITY)
    if not isinstance(identity, dict):
        return violation(IDENTITY, identity)
    revision = identity.get("source_revision")
    known_revision = isinstance(revision, str) and _REVISION.match(revision)
    facts = (
        ("strategy_profile", strategy_profile),
        ("mode", text_in(payload, "mode") or ""),
        ("source_revision", revision if known_revision else None),
        ("input_timestamp", f"{as_of_date_in(payload)}T00:00:00Z"),
        ("artifact_contract", text_in(payload, "artifact_contract_version") or ""),
        ("artifact_version", text_in(payload, "version") or ""),
    )
    for name, expected in facts:
        if expected is None:
            return violation("source_revision as 40 hex digits", revision)
        if identity.get(name) != expected:
            return violation(f"{name} {expected}", identity.get(name))
    return _artifacts_violation(payload)


def _content_violation(payload: Dict[str, Any], legacy: Dict[str, Any]) -> Optional[Violation]:
    symbols = legacy.get("symbols")
    if not isinstance(symbols, dict):
        return violation("symbols as a map", symbols)
    if in_order(legacy.get("symbol_map")) != in_order(symbols):
        return violation("symbol_map equal to symbols", legacy.get("symbol_map"))
    if in_order(payload.get("symbols")) != in_order(list(symbols)):
        return violation("the document's symbols in its order", " ".join(symbols))
    if canonical(payload.get("symbol_map")) != canonical(symbols):
        return violation("the document's symbol_map", symbols)
    for name in REPEATED:
        if canonical(payload.get(name)) != canonical(legacy.get(name)):
            return violation(f"the document's {name}", legacy.get(name))
    return None


def exact_bytes_violation(payload: Dict[str, Any], required: bool) -> Optional[Violation]:
    """The bytes inside the document against the checksum beside them, where there is one, and
    against what the document says itself. Their absence counts only if they are required."""
    handoff = payload.get(EXACT_BYTES)
    if handoff is None:
        return violation(EXACT_BYTES, None) if required else None
    if not isinstance(handoff, dict):
        return violation(EXACT_BYTES, handoff)
    if handoff.get("contract_version") != EXACT_BYTES_CONTRACT:
        return violation(f"contract_version {EXACT_BYTES_CONTRACT}", handoff.get("contract_version"))
    if handoff.get("encoding") != "utf-8":
        return violation("encoding utf-8", handoff.get("encoding"))
    text = handoff.get("utf8_text")
    if not isinstance(text, str):
        return violation("utf8_text", text)
    sealed = _sealed_checksum(payload, "live_pool_legacy")
    if sealed is not None and sealed != sha256_of(text):
        expected = sealed if isinstance(sealed, str) else in_order(sealed)
        return violation(f"SHA-256 {expected}", f"SHA-256 {sha256_of(text)}")
    try:
        legacy = parse_json_text(text)
    except ValueError:
        legacy = None
    if not isinstance(legacy, dict):
        return violation("a JSON object", "other text")
    return _content_violation(payload, legacy)

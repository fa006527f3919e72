"""Who made a document from which data, and the sealed bytes that it carries."""

import hashlib
import re
from typing import Any, Dict, Optional

from .payload import (
    Broken,
    as_of_date_in,
    broken,
    canonical,
    field_of,
    in_order,
    parse_text,
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


def _artifacts_broken(payload: Dict[str, Any]) -> Optional[Broken]:
    artifacts = field_of(payload, IDENTITY, "artifacts")
    if not isinstance(artifacts, dict):
        return broken("artifacts with their checksums", artifacts)
    if set(artifacts) != set(ARTIFACTS):
        return broken(f"artifacts {', '.join(sorted(ARTIFACTS))}", ", ".join(sorted(artifacts)))
    for name in ARTIFACTS:
        if not is_sha256(_sealed_checksum(payload, name)):
            return broken(f"a SHA-256 of {name}", _sealed_checksum(payload, name))
    return None


def identity_broken(payload: Dict[str, Any], strategy_profile: str) -> Optional[Broken]:
    """Without its identity nobody can say which producer made the document from which data."""
    identity = field_of(payload, IDENTITY)
    if not isinstance(identity, dict):
        return broken(IDENTITY, identity)
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
            return broken("source_revision as 40 hex digits", revision)
        if identity.get(name) != expected:
            return broken(f"{name} {expected}", identity.get(name))
    return _artifacts_broken(payload)


def _content_broken(payload: Dict[str, Any], legacy: Dict[str, Any]) -> Optional[Broken]:
    symbols = legacy.get("symbols")
    if not isinstance(symbols, dict):
        return broken("symbols as a map", symbols)
    if in_order(legacy.get("symbol_map")) != in_order(symbols):
        return broken("symbol_map equal to symbols", legacy.get("symbol_map"))
    if in_order(payload.get("symbols")) != in_order(list(symbols)):
        return broken("the document's symbols in its order", " ".join(symbols))
    if canonical(payload.get("symbol_map")) != canonical(symbols):
        return broken("the document's symbol_map", symbols)
    for name in REPEATED:
        if canonical(payload.get(name)) != canonical(legacy.get(name)):
            return broken(f"the document's {name}", legacy.get(name))
    return None


def exact_bytes_broken(payload: Dict[str, Any], required: bool) -> Optional[Broken]:
    """The bytes inside the document against the checksum beside them, where there is one, and
    against what the document says itself. Their absence counts only if they are required."""
    handoff = payload.get(EXACT_BYTES)
    if handoff is None:
        return broken(EXACT_BYTES, None) if required else None
    if not isinstance(handoff, dict):
        return broken(EXACT_BYTES, handoff)
    if handoff.get("contract_version") != EXACT_BYTES_CONTRACT:
        return broken(f"contract_version {EXACT_BYTES_CONTRACT}", handoff.get("contract_version"))
    if handoff.get("encoding") != "utf-8":
        return broken("encoding utf-8", handoff.get("encoding"))
    text = handoff.get("utf8_text")
    if not isinstance(text, str):
        return broken("utf8_text", text)
    sealed = _sealed_checksum(payload, "live_pool_legacy")
    if sealed is not None and sealed != sha256_of(text):
        expected = sealed if isinstance(sealed, str) else in_order(sealed)
        return broken(f"SHA-256 {expected}", f"SHA-256 {sha256_of(text)}")
    try:
        legacy = parse_text(text)
    except ValueError:
        legacy = None
    if not isinstance(legacy, dict):
        return broken("a JSON object", "other text")
    return _content_broken(payload, legacy)

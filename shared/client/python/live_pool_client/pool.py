"""The pool that a payload states, and what a reader demands of it."""

from typing import Any, Dict, List, Optional

from .payload import Violation, violation, field_of, text_in

QUOTE = "USDT"


class UnverifiedPool:
    """The map, and the symbols that the list names and the map knows, as often as it names them."""

    def __init__(self, symbol_map: Dict[str, Any], listed: Optional[List[str]]) -> None:
        self.map = symbol_map
        self.listed = listed
        self.count = len(set(listed or []))

    def ordered_map(self) -> Dict[str, Dict[str, str]]:
        return {
            symbol: {"base_asset": text_in(self.map[symbol], "base_asset") or ""}
            for symbol in self.listed or []
        }


def _map_of_list(symbols: List[Any]) -> Dict[str, Any]:
    """A list alone is a pool too: a pair's name says which asset it quotes in USDT."""
    return {
        symbol: {"base_asset": symbol[: -len(QUOTE)] if symbol.endswith(QUOTE) else symbol}
        for symbol in symbols
        if isinstance(symbol, str)
    }


def _map_in(payload: Dict[str, Any]) -> Optional[Dict[str, Any]]:
    symbol_map = field_of(payload, "symbol_map")
    symbols = field_of(payload, "symbols")
    if symbol_map is not None:
        return symbol_map if isinstance(symbol_map, dict) else None
    if isinstance(symbols, dict):
        return symbols
    return _map_of_list(symbols) if isinstance(symbols, list) else None


def _list_in(
    payload: Dict[str, Any], symbol_map: Dict[str, Any], keys_are_ordered: bool
) -> Optional[List[Any]]:
    symbols = field_of(payload, "symbols")
    if isinstance(symbols, list):
        return symbols
    if not keys_are_ordered:
        return None
    if symbols is None:
        return list(symbol_map)
    return list(symbols) if isinstance(symbols, dict) else None


def parse_pool(payload: Dict[str, Any], keys_are_ordered: bool) -> Optional[UnverifiedPool]:
    """``symbol_map`` before ``symbols``. The keys of a map may stand for the list only in a file:
    Firestore sorts them."""
    symbol_map = _map_in(payload)
    if symbol_map is None:
        return None
    listed = _list_in(payload, symbol_map, keys_are_ordered)
    if listed is not None:
        listed = [symbol for symbol in listed if isinstance(symbol, str) and symbol in symbol_map]
    return UnverifiedPool(symbol_map, listed)


def _is_symbol(key: str) -> bool:
    return (
        len(key) > len(QUOTE) and key.endswith(QUOTE) and key == key.upper() and key.isalnum()
    )


def symbol_violation(pool: UnverifiedPool) -> Optional[Violation]:
    for key in pool.map:
        if not _is_symbol(key):
            return violation("an upper-case symbol that ends in USDT", key)
    return None


def base_asset_violation(pool: UnverifiedPool) -> Optional[Violation]:
    for symbol, entry in pool.map.items():
        if not (text_in(entry, "base_asset") or "").strip():
            return violation(f"a base_asset for {symbol}", field_of(entry, "base_asset"))
    return None


def order_violation(pool: UnverifiedPool, payload: Dict[str, Any]) -> Optional[Violation]:
    if pool.listed is None:
        return violation(
            "a list of symbols, which alone keeps their order", field_of(payload, "symbols")
        )
    for index, symbol in enumerate(pool.listed):
        if symbol in pool.listed[:index]:
            return violation("each symbol once", symbol)
    for symbol in pool.map:
        if symbol not in pool.listed:
            return violation("every symbol of the map in the list", f"no {symbol}")
    return None


def pool_size_violation(pool: UnverifiedPool, payload: Dict[str, Any]) -> Optional[Violation]:
    declared = field_of(payload, "pool_size")
    if declared == pool.count and not isinstance(declared, bool):
        return None
    return violation(f"{pool.count}, the number of its symbols", declared)


def expected_size_violation(pool: UnverifiedPool, expected: int) -> Optional[Violation]:
    return None if pool.count == expected else violation(f"{expected} symbols", pool.count)

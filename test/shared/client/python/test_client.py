"""The parts of the client that touch disk and messages: ``python3 test/shared/client/python/test_client.py``."""

import base64
import hashlib
import json
import sys
import tempfile
import unittest
from datetime import datetime, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "shared" / "client" / "python"))

from live_pool_client import (  # noqa: E402
    FileSequence,
    ReaderSettings,
    TextFile,
    firestore_document,
    live_pool_published_callback,
    load_live_pool,
    on_live_pool_published,
)
from live_pool_client.google import RestMessage  # noqa: E402

NOW = datetime(2026, 3, 14, 12, tzinfo=timezone.utc)
SYMBOLS = ["TRXUSDT", "ETHUSDT", "BCHUSDT", "NEARUSDT", "LTCUSDT"]
MAP = {symbol: {"base_asset": symbol[:-4]} for symbol in SYMBOLS}
STATIC = {"BTCUSDT": {"base_asset": "BTC"}}
ROOT = "gs://bucket/root/releases"


def pool(as_of="2026-03-13", **own):
    version = f"{as_of}-core_major"
    return {"as_of_date": as_of, "version": version, "mode": "core_major", "pool_size": 5,
            "symbols": SYMBOLS, "symbol_map": MAP, "source_project": "p", **own}


def digest(content):
    return hashlib.sha256(content).hexdigest()


def release(as_of="2026-03-13"):
    """The objects of a release by their URI, and the reference to its manifest."""
    base = f"{ROOT}/{as_of}-core_major"
    files = {
        "latest_universe": ("latest_universe.json", b"{}"),
        "latest_ranking": ("latest_ranking.csv", b"symbol\n"),
        "live_pool": ("live_pool.json", json.dumps(pool(as_of)).encode()),
        "live_pool_legacy": (
            "live_pool_legacy.json", json.dumps(pool(as_of, symbols=MAP)).encode()),
    }
    manifest = json.dumps({
        "version": f"{as_of}-core_major", "mode": "core_major", "as_of_date": as_of,
        "symbols": SYMBOLS,
        "artifacts": {name: {"path": path, "sha256": digest(content)}
                      for name, (path, content) in files.items()},
    }).encode()
    objects = {f"{base}/{path}": content for path, content in files.values()}
    uri = f"{base}/artifact_manifest.json"
    return {**objects, uri: manifest}, {"uri": uri, "sha256": digest(manifest)}


def event(seq, manifest, as_of="2026-03-13", **own):
    return json.dumps({
        "schema_version": 1, "event_type": "live-pool-published", "event_id": "e" * 64,
        "run_id": "r", "occurred_at": "t", "causation_id": None,
        "payload": {"mode": "core_major", "as_of_date": as_of,
                    "version": f"{as_of}-core_major", "promotion_seq": seq, "intent": "publish",
                    "pool_size": 5, "symbols": SYMBOLS, "manifest": manifest, **own},
    }).encode()


class Message:
    def __init__(self, data):
        self.message_id, self.data, self.attributes, self.answer = "m", data, {"a": "b"}, None

    def ack(self):
        self.answer = "ack"

    def nack(self):
        self.answer = "nack"


class LoadLivePool(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name) / "state" / "known.json"

    def load(self, document, **own):
        return load_live_pool(lambda: document, STATIC, now=NOW, **own)

    def test_takes_a_fresh_document_and_keeps_it(self):
        known = TextFile(self.path)
        found = self.load(pool(), last_known_good=known)
        self.assertEqual(
            (found["source"], found["age_days"], found["symbols"], found["last_known_good"]),
            ("fresh_upstream", 1, SYMBOLS, "stored"))
        self.assertEqual(json.loads(self.path.read_text("utf-8")), pool())
        self.assertEqual([entry.name for entry in self.path.parent.iterdir()], ["known.json"])
        again = self.load(pool(), last_known_good=known)
        self.assertEqual(again["last_known_good"], "unchanged")

    def test_never_overwrites_what_it_keeps_with_worse(self):
        known = TextFile(self.path)
        self.load(pool(), last_known_good=known)
        for worse in (pool("2026-01-27"), pool("2026-03-01"), pool(mode="other"), None):
            found = self.load(worse, last_known_good=known)
            self.assertIn(found["last_known_good"], ("kept", "not_fresh"))
            self.assertEqual(json.loads(self.path.read_text("utf-8")), pool())

    def test_lives_through_an_outage(self):
        def down():
            raise ConnectionError("503")

        known = TextFile(self.path)
        self.load(pool(), last_known_good=known)
        found = load_live_pool(down, STATIC, known, now=datetime(2026, 12, 24, tzinfo=timezone.utc))
        self.assertEqual((found["source"], found["degraded"]), ("last_known_good", True))
        self.assertEqual(found["refusals"][0]["got"], "503")

    def test_reads_local_files_in_their_order(self):
        old, new = (Path(self.folder.name) / name for name in ("old.json", "new.json"))
        old.write_text(json.dumps(pool("2026-01-27")), "utf-8")
        new.write_text(json.dumps(pool()), "utf-8")
        found = self.load(None, local_files=[self.path, old, new])
        self.assertEqual(found["source"], "local_file")
        self.assertEqual(
            [rejection["rule"] for rejection in found["refusals"]], ["available", "available", "age"])

    def test_is_as_good_with_a_store_that_cannot_be_written(self):
        found = self.load(pool(), last_known_good=TextFile(self.folder.name))
        self.assertEqual((found["source"], found["last_known_good"]), ("fresh_upstream", "failed"))

    def test_reads_with_any_object_that_has_the_methods_of_a_firestore_client(self):
        class Client:
            def document(self, path):
                self.path = path
                return self

            def get(self, timeout):
                return self

            def to_dict(self):
                return pool()

        client = Client()
        self.assertEqual(firestore_document(client)(), pool())
        self.assertEqual(client.path, "strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL")

    def test_refuses_senseless_arguments(self):
        for settings in (ReaderSettings(max_age_days=-1), ReaderSettings(accepted_modes=[]),
                         ReaderSettings(accepted_modes="core_major"),
                         ReaderSettings(expected_pool_size=0)):
            with self.assertRaises(ValueError):
                self.load(pool(), settings=settings)
        with self.assertRaises(ValueError):
            load_live_pool(pool, {}, now=NOW)
        with self.assertRaises(ValueError):
            load_live_pool(pool, STATIC, now=datetime(2026, 3, 14))


class OnLivePoolPublished(unittest.TestCase):
    def setUp(self):
        self.objects, self.manifest = release()
        earlier, self.earlier = release("2026-02-28")
        self.objects.update(earlier)
        self.handled, self.letters = [], []
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.sequence = FileSequence(Path(self.folder.name) / "seen")

    def settle(self, message, handler=None, read=None, dead_letter=None):
        return live_pool_published_callback(
            handler or self.handled.append, read or self.objects.get,
            dead_letter or self.letters.append, self.sequence)(message)

    def deliver(self, data, **own):
        message = Message(data)
        settled = self.settle(message, **own)
        self.assertEqual(message.answer, "nack" if settled.outcome == "again" else "ack")
        return settled

    def test_hands_over_what_is_proven_once(self):
        outcomes = [self.deliver(data).outcome for data in (
            event(2, self.manifest), event(2, self.manifest),
            event(1, self.earlier, "2026-02-28"), event(3, self.earlier, "2026-02-28"))]
        self.assertEqual(outcomes, ["handled", "dropped", "dropped", "handled"])
        first = self.handled[0]
        self.assertEqual((first.symbols, list(first.symbol_map)), (SYMBOLS, SYMBOLS))
        self.assertEqual(first.artifacts["latest_ranking"], b"symbol\n")
        self.assertEqual(self.sequence.read(), 3)

    def test_has_it_again_where_something_fails(self):
        def fail(_):
            raise OSError("down")

        good = event(1, self.manifest)
        for settled in (self.deliver(good, handler=fail), self.deliver(good, read=fail),
                        self.deliver(b"{", dead_letter=fail)):
            self.assertEqual((settled.outcome, settled.reason), ("again", "down"))
        self.assertEqual(self.sequence.read(), 0)
        self.assertEqual(self.letters, [])
        self.assertEqual(self.deliver(good).outcome, "handled")

    def test_gives_up_what_is_broken(self):
        base = f"{ROOT}/2026-03-13-core_major"
        tampered = {**self.objects, f"{base}/live_pool.json": b"{}"}
        missing = {key: content for key, content in self.objects.items() if "ranking" not in key}
        cases = (
            (event(1, self.manifest), tampered, "live_pool.json: expected SHA-256"),
            (event(1, self.manifest), missing, "latest_ranking.csv: expected an object"),
            (event(1, self.earlier), self.objects, "payload.manifest.uri"),
            (event(1, self.manifest, symbols=SYMBOLS[::-1]), self.objects, "symbols"),
            (event(1, self.manifest, version="x"), self.objects, "payload.version"),
            (event(0, self.manifest), self.objects, "promotion_seq"),
            (event(1, None), self.objects, "payload.manifest"),
            (b"{", self.objects, "not JSON"),
            (b"\xff", self.objects, "not JSON"),
            (b"[]", self.objects, "schema_version"),
        )
        for data, objects, reason in cases:
            with self.subTest(reason):
                settled = self.deliver(data, read=objects.get)
                self.assertEqual(settled.outcome, "dead_letter")
                self.assertIn(reason, settled.reason)
                self.assertEqual(self.letters[-1].data, data)
        self.assertEqual(self.handled, [])

    def test_leaves_what_it_cannot_read_unacknowledged(self):
        sound = base64.b64encode(event(1, self.manifest)).decode()
        cases = (
            ({"data": sound}, "an id"),
            ({"messageId": "", "data": sound}, "an id"),
            ({"messageId": 7, "data": sound}, "an id"),
            ({"messageId": "7", "data": {"a": 1}}, "data as bytes"),
            ({"messageId": "7", "data": None}, "data as bytes"),
            ({"messageId": "7", "data": "not base64"}, "data as bytes"),
            ({"messageId": "7", "data": sound, "attributes": {"a": 1}}, "attributes as texts"),
            ({"messageId": "7", "data": sound, "attributes": []}, "attributes as texts"),
            (None, "an id"),
        )
        for message, expected in cases:
            with self.subTest(expected, message=message):
                calls = []
                rest = RestMessage(
                    lambda verb, body: calls.append(verb), {"ackId": "a", "message": message})
                settled = self.settle(rest)
                self.assertEqual(settled.outcome, "again")
                self.assertIn(f"message: expected {expected}, got ", settled.reason)
                self.assertEqual(calls, ["modifyAckDeadline"])
        self.assertEqual((self.handled, self.letters, self.sequence.read()), ([], [], 0))

    def test_reads_a_message_over_rest(self):
        sound = base64.b64encode(event(1, self.manifest)).decode()
        calls = []
        rest = RestMessage(
            lambda verb, body: calls.append(verb),
            {"ackId": "a", "message": {"messageId": "7", "data": sound}})
        self.assertEqual(self.settle(rest).outcome, "handled")
        self.assertEqual(calls, ["acknowledge"])

    def test_subscribes_with_any_subscriber_client(self):
        callbacks = []
        on_live_pool_published(
            callbacks.append, self.handled.append, self.objects.get, self.letters.append)
        callbacks[0](Message(event(1, self.manifest)))
        self.assertEqual(len(self.handled), 1)


if __name__ == "__main__":
    unittest.main()

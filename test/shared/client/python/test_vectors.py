"""Holds the client against the golden vectors: ``python3 test/shared/client/python/test_vectors.py``.

With ``--results`` prints what it makes of each vector as JSON instead, for others to compare.
"""

import json
import sys
import unittest
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT / "shared" / "client" / "python"))

from live_pool_client import Candidate, ReaderSettings, resolve  # noqa: E402

VECTORS = ROOT / "test" / "golden" / "client"


def read_vectors():
    for path in sorted(VECTORS.glob("*.json")):
        for vector in json.loads(path.read_text(encoding="utf-8")):
            yield path.stem, vector


def candidate(source, name, given):
    return Candidate(
        source, name, given.get("payload"), given.get("text"), given.get("trouble")
    )


def resolved(vector):
    known = vector.get("last_known_good")
    return resolve(
        candidate("fresh_upstream", "firestore", vector["document"]),
        candidate("last_known_good", "last_known_good", known) if known else None,
        [candidate("local_file", one["name"], one) for one in vector.get("local_files", [])],
        vector["static_universe"],
        ReaderSettings(**vector.get("settings", {})),
        # Python before 3.11 does not know that Z is +00:00.
        datetime.fromisoformat(vector["now"].replace("Z", "+00:00")),
    )


class Vectors(unittest.TestCase):
    maxDiff = None

    def test_vectors(self):
        count = 0
        for group, vector in read_vectors():
            with self.subTest(f"{group}: {vector['name']}"):
                found = resolved(vector)
                # As text: the order of a map is the order of the pool.
                self.assertEqual(
                    json.dumps(found, indent=1), json.dumps(vector["expect"], indent=1)
                )
            count += 1
        self.assertGreaterEqual(count, 60)


if __name__ == "__main__":
    if "--results" in sys.argv:
        json.dump([[vector["name"], resolved(vector)] for _, vector in read_vectors()], sys.stdout)
    else:
        unittest.main()

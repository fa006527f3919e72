import os
import sys

import live_pool_client as client

project, token = os.environ["GOOGLE_CLOUD_PROJECT"], os.environ.get("ACCESS_TOKEN")
subscription, state = sys.argv[1:]


def print_pool(publication):
    pool = client.load_live_pool(
        client.firestore_rest_document(project, token=token),
        static_universe={"BTCUSDT": {"base_asset": "BTC"}},
        last_known_good=client.TextFile(f"{state}/last-known-good.json"),
    )
    print(publication.event["payload"]["promotion_seq"], pool["source"], *pool["symbols"])


callback = client.live_pool_published_callback(
    print_pool,
    read_object=client.storage_rest_object(token),
    dead_letter=lambda letter: print(letter.reason, file=sys.stderr),
    sequence=client.FileSequence(f"{state}/sequence"),
)
outcome = None
while outcome != "handled":
    for message in client.pull(project, subscription, token=token):
        outcome = callback(message).outcome

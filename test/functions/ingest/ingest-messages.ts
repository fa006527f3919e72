import { decodeJson } from '../../../shared/codec/decode.js';
import { MarketDataIngested } from '../../../shared/messages/market-data-ingested.js';
import { json } from '../../support/fault-free-month.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import type { Answer, World } from '../../support/memory-world.js';
import { contentsOf } from '../../support/world-contents.js';

/** Asks for a month in a small market. */
export const request = (world: World, own: object = {}): Promise<Answer> =>
  world.deliver('ingest', { data: json({ as_of_date: '2026-03-13', ...own }) });

/** The message that ingest has published. */
export const said = ({ published }: Answer): MarketDataIngested =>
  getOrThrow(decodeJson(MarketDataIngested)(new TextDecoder().decode(published[0]?.data)));

/** The keys of the stored objects that are not messages. */
export const keysOf = async (world: World): Promise<readonly string[]> =>
  Object.keys((await contentsOf(world)).objects).filter((key) => !key.startsWith('events/'));

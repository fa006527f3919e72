import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groups, textOf } from './table/groups.js';

// `npx tsx test/golden/client/write-vectors.ts && npx biome check --write test/golden/client`
for (const [name, vectors] of Object.entries(groups))
  writeFileSync(join(import.meta.dirname, `${name}.json`), textOf(vectors));

// Writes every file of a clone that is made from the code: npm run generate. A test beside each
// refuses one that is out of date.
import { join } from 'node:path';
import { generatedFiles } from '../shared/contract/schema/generate.js';
import { replaceFile } from '../shared/local/files.js';
import { methodology } from '../shared/ranking/methodology.js';
import { TOPOLOGY_FILE, topologyText } from './gcp/topology.js';

const files = [
  ...generatedFiles().map(({ path, text }) => ({
    path: join('shared/contract/schema', path),
    text,
  })),
  { path: 'shared/ranking/METHODOLOGY.md', text: methodology() },
  { path: TOPOLOGY_FILE, text: topologyText() },
];

for (const { path, text } of files) await replaceFile(path, text);
console.log(`${files.length} files written`);

// npm run generate: writes every generated file of the repository. A test for each file fails when
// the file is out of date.
import { join } from 'node:path';
import { replaceFile } from '../shared/local/files.js';
import { methodology } from '../shared/ranking/render-methodology.js';
import { generatedFiles } from '../shared/schema/generate.js';
import { TOPOLOGY_FILE, topologyText } from './gcp/render-topology.js';

const files = [
  ...generatedFiles().map(({ path, text }) => ({
    path: join('shared/schema', path),
    text,
  })),
  { path: 'shared/ranking/METHODOLOGY.md', text: methodology() },
  { path: TOPOLOGY_FILE, text: topologyText() },
];

for (const { path, text } of files) await replaceFile(path, text);
console.log(`${files.length} files written`);

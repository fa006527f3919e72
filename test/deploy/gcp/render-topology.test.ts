import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cloudTopology, TOPOLOGY_FILE, topologyText } from '../../../deploy/gcp/render-topology.js';
import { DEFAULTS } from '../../../shared/contract/constants.js';

describe('The topology that Terraform reads', () => {
  it('is the one that the code has', () => {
    const committed = readFileSync(resolve(import.meta.dirname, '../../..', TOPOLOGY_FILE), 'utf8');
    assert.equal(committed, topologyText(), 'run: npm run generate');
  });

  it('is the same when it is rendered again, and is complete', () => {
    assert.equal(topologyText(), topologyText());
    assert.deepEqual(JSON.parse(topologyText()), cloudTopology());
    assert.equal(cloudTopology().defaults.root_prefix, DEFAULTS.rootPrefix);
  });
});

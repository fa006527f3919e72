import assert from 'node:assert/strict';
import { getFunction } from '@google-cloud/functions-framework/testing';
import { registerFunctions } from '../../functions/register-functions.js';
import { entryPointOf } from '../../shared/entry-point.js';
import { allFunctions } from '../../shared/topology.js';

describe('The deployed code', () => {
  it('registers every function under its name and under its entry point', () => {
    registerFunctions(() => Promise.reject(new Error('no message comes')));
    for (const name of allFunctions)
      for (const target of [name, entryPointOf(name)])
        assert.equal(typeof getFunction(target), 'function', target);
  });
});

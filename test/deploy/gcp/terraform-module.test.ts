import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from '@cdktf/hcl-tools';
import { parse } from '@cdktf/hcl2json';
import { CLOUD_NODE } from '../../../deploy/package/archived-manifest.js';
import { argumentProblems } from './argument-problems.js';
import { expectedResources } from './expected-resources.js';
import { localProblems } from './local-problems.js';
import { neededAlarms } from './required-values.js';
import { hardCodedProblems, referenceProblems, resourceProblems } from './structure-problems.js';
import {
  at,
  type Block,
  changed,
  entriesOf,
  files,
  folder,
  localsOf,
  parseModule,
} from './terraform-module.js';
import { mutations, withResource } from './terraform-mutations.js';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, 'provider-arguments.json'), 'utf8'),
);

describe('The Terraform module', () => {
  let module: Block;

  before(async () => {
    module = await parseModule(files());
  });

  it('has the files in which a newcomer would look', () => {
    assert.deepEqual(
      files().map(({ name }) => name),
      [
        'apis.tf',
        'bucket.tf',
        'budget.tf',
        'firestore.tf',
        'functions.tf',
        'iam.tf',
        'locals.tf',
        'monitoring.tf',
        'outputs.tf',
        'pubsub.tf',
        'scheduler.tf',
        'terraform.tfvars.example',
        'variables.tf',
        'versions.tf',
        'waits.tf',
      ],
    );
  });

  it('can be parsed, file by file, and is formatted as terraform fmt would', async () => {
    for (const { name, text } of files()) {
      await parse(name, text);
      assert.equal(await format(text), text, `run: terraform fmt deploy/gcp/${name}`);
    }
  });

  it('has every resource that is needed, saying what it must, and no other', () => {
    assert.deepEqual(resourceProblems(module), []);
  });

  it('makes its maps of what the code says', () => {
    assert.deepEqual(localProblems(module), []);
    assert.deepEqual(at(module, 'variable.schedules.default'), {
      'monthly-run-requested': '30 0 1 * *',
      'reconcile-requested': '15 6,18 * * *',
    });
  });

  it('refers to nothing that is not there, and defines nothing that is not used', () => {
    assert.deepEqual(referenceProblems(module), []);
  });

  it('names no project and no account', () => {
    assert.deepEqual(hardCodedProblems(module), []);
  });

  it('deploys the runtime that the archive asks for', () => {
    assert.equal(
      `${at(module, 'variable.source_runtime.default')}`,
      `nodejs${parseInt(CLOUD_NODE, 10)}`,
    );
  });

  it('uses arguments that the provider knows, and all that it demands', () => {
    assert.deepEqual(schema.providers, ['hashicorp/google 7.45.0', 'hashicorp/time 0.14.0']);
    assert.equal(at(module, 'terraform.required_providers.google.version'), '~> 7.45');
    assert.equal(at(module, 'terraform.required_providers.time.version'), '~> 0.13');
    assert.deepEqual(argumentProblems(module, schema.resources), []);
  });

  it('gives the rights of each verb, and only replacing deletes', () => {
    assert.deepEqual(localsOf(module).verbs, {
      create: ['storage.objects.create'],
      list: ['storage.objects.list'],
      read: ['storage.objects.get'],
      replace: ['storage.objects.create', 'storage.objects.delete'],
    });
    assert.deepEqual(localsOf(module).document_roles, {
      read: 'roles/datastore.viewer',
      write: 'roles/datastore.user',
    });
  });

  it('forgets nothing that was written once', () => {
    const rules = localsOf(module).lifecycle_rules;
    assert.ok(Array.isArray(rules));
    assert.deepEqual(
      rules.map((rule) => `${at(rule, 'prefix')} ${at(rule, 'state')}`),
      [
        'scratch/ LIVE',
        'scratch/ ARCHIVED',
        'market-data/ ARCHIVED',
        'shadow/ ARCHIVED',
        'current/ ARCHIVED',
      ],
    );
  });

  it('has an example of every variable without a default', () => {
    const example = files().find(({ name }) => name === 'terraform.tfvars.example')?.text ?? '';
    for (const [name, variable] of entriesOf(module.variable)) {
      assert.equal(typeof at(variable, 'description'), 'string', name);
      const isRequired = at(variable, 'default') === undefined;
      if (isRequired) assert.match(example, new RegExp(`^${name} +=`, 'm'));
    }
  });

  it('is described: every variable and every alarm has its row', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const rowsUnder = (title: string): readonly string[] => {
      const [, section = ''] = readme.split(`\n## ${title}\n`);
      const [table = ''] = section.split('\n## ');
      return [...table.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name = '']) => name).sort();
    };
    assert.deepEqual(
      rowsUnder('Variables'),
      entriesOf(module.variable)
        .map(([name]) => name)
        .sort(),
    );
    assert.deepEqual(rowsUnder('Alarms'), [...neededAlarms, 'scheduler', 'silence'].sort());
  });

  describe('when something is changed', () => {
    for (const [what, change, expected] of mutations)
      it(`${what}: that is seen`, () => {
        const made = change(module);
        assert.match([...resourceProblems(made), ...localProblems(made)].join('\n'), expected);
      });

    it('the loss of any resource, and of anything that one must say, is seen', () => {
      for (const [resource, { says = {} }] of Object.entries(expectedResources)) {
        const path = ['resource', ...resource.split('.')];
        assert.deepEqual(resourceProblems(changed(module, path)), [`${resource} is missing`]);
        for (const attribute of Object.keys(says)) {
          const without = changed(module, [...path, ...attribute.split('.')]);
          assert.match(
            resourceProblems(without).join('\n'),
            new RegExp(`${resource}: ${attribute} is undefined`),
          );
        }
      }
    });

    it('unknown and unused names are seen', () => {
      const without = changed(module, ['variable', 'bucket']);
      assert.deepEqual(referenceProblems(without), ['var.bucket is not defined']);
      const more = changed(module, ['variable', 'more'], [{ type: 'string' }]);
      assert.deepEqual(referenceProblems(more), ['var.more is never used']);
    });

    it('a hard-coded project is seen', () => {
      const made = withResource(
        module,
        'google_pubsub_topic',
        'topic',
        ['project'],
        'projects/mine',
      );
      assert.match(hardCodedProblems(made).join(), /topic.*names a project/);
    });

    it('misspelt and missing arguments are seen', () => {
      const misspelt = withResource(module, 'google_pubsub_topic', 'topic', ['labls'], 'x');
      assert.deepEqual(argumentProblems(misspelt, schema.resources), [
        'google_pubsub_topic.topic.labls is no argument',
      ]);
      const missing = withResource(module, 'google_pubsub_subscription', 'push', [
        'push_config',
        'push_endpoint',
      ]);
      assert.deepEqual(argumentProblems(missing, schema.resources), [
        'google_pubsub_subscription.push.push_config.push_endpoint is required',
      ]);
    });
  });
});

import assert from 'node:assert/strict';
import { allFunctions } from '../../../shared/topology.js';
import {
  checkFormat,
  describeWithTerraform,
  type Edit,
  evaluate,
  type Values,
} from './evaluate-terraform.js';
import { OPERATOR, VARIABLES } from './required-values.js';
import { eachProblems } from './structure-problems.js';
import { type Block, changed, files, parseModule } from './terraform-module.js';
import { valueProblems, watchedLocals } from './value-problems.js';

const evaluated = (edit?: Edit): Promise<Values> => evaluate(watchedLocals, VARIABLES, edit);

const edited =
  (file: string, from: string | RegExp, to: string): Edit =>
  (name, text) => {
    if (name !== file) return text;
    const made = text.replace(from, to);
    assert.notEqual(made, text, `${file} has no ${from}`);
    return made;
  };

describeWithTerraform('What Terraform computes', () => {
  let values: Values;

  before(async () => {
    values = await evaluated();
  });

  it('is what the code needs, and nothing besides', () => {
    assert.deepEqual(valueProblems(values), []);
  });

  it('has every field that a resource asks for', async () => {
    const module = await parseModule(files());
    assert.deepEqual(eachProblems(module, values), []);
    const path = ['resource', 'google_pubsub_topic_iam_member', 'publisher', 'topic'];
    assert.deepEqual(eachProblems(changed(module, path, `\${each.value.subject}`), values), [
      'google_pubsub_topic_iam_member.publisher: local.publisher_bindings has no subject',
    ]);
  });

  it('comes from files that are formatted as Terraform wants them', async () => {
    await checkFormat();
  });

  describe('when something is lost, added or altered', () => {
    const cases: readonly (readonly [readonly string[], unknown, RegExp])[] = [
      [['subscriptions', 'shadow'], undefined, /^subscriptions lacks shadow/m],
      [['subscriptions', 'more'], {}, /^subscriptions has more/m],
      [['subscriptions', 'rank', 'topic'], 'pool-ranked', /^subscriptions\.rank\.topic is/m],
      [['topics'], ['pool-ranked'], /^topics lacks monthly-run-requested/m],
      [['dead_letters', 'rank-dead-letter'], undefined, /^dead_letters lacks rank-dead-letter/m],
      [['delivery', 'maximum_attempts'], 50, /^delivery\.maximum_attempts is 50/m],
      [['object_bindings', 'promote/replace'], undefined, /lacks promote\/replace/],
      [['object_bindings', 'rank/create', 'condition'], null, /rank\/create is not bound/],
      [
        ['object_bindings', 'promote/replace', 'condition'],
        'resource.name.startsWith("projects/_/buckets/a-bucket/objects/some/root/releases/")',
        /promote\/replace may destroy what is written once/,
      ],
      [['verbs', 'create'], ['storage.objects.delete'], /materialise\/create may destroy/],
      [['document_bindings', 'rank'], {}, /^document_bindings has rank/m],
      [
        ['document_bindings', 'reconcile', 'role'],
        'roles/owner',
        /reconcile\.role is "roles\/owner"/,
      ],
      [
        ['publisher_bindings', 'ingest/market-data-ingested'],
        undefined,
        /publisher_bindings lacks/,
      ],
      [['publisher_bindings', 'shadow/pool-ranked'], {}, /publisher_bindings has shadow/],
      [['functions', 'rank', 'environment', 'BUCKET'], undefined, /rank.environment lacks BUCKET/],
      [['functions', 'rank', 'environment', 'MORE'], 'x', /rank: environment has MORE/],
      [['functions', 'rank', 'name'], 'rank', /^functions\.rank\.name is "rank"/m],
      [['functions', 'rank', 'environment', 'NODE_ENV'], 'x', /NODE_ENV is "x"/],
      [['functions', 'shadow', 'account_id'], 'x', /shadow: x is no account id/],
      [['jobs', 'monthly-run-requested', 'schedule'], '0 0 2 * *', /jobs\.monthly-run-requested/],
      [['jobs', 'reconcile-requested'], undefined, /^jobs lacks reconcile-requested/m],
      [['metrics', 'published'], undefined, /^metrics lacks published/m],
      [['metrics', 'failures'], undefined, /an alarm speaks of failures/],
      [['alarms', 'release_age_40'], undefined, /^alarms lacks release_age_40/m],
      [['alarms', 'release_age_44', 'above'], 50, /^alarms\.release_age_44\.above is 50/m],
      [['alarms', 'dead_letters', 'filter'], 'x', /^alarms\.dead_letters\.filter is "x"/m],
      [['alarms', 'retries', 'closes'], '604800s', /^alarms\.retries\.closes is "604800s"/m],
      [['alarms', 'more'], {}, /^alarms has more/m],
      [['alarms', 'release_age_33', 'period'], '60s', /release_age_33\.period is "60s"/],
      [['alarms', 'error_rate', 'above'], 3000, /^alarms\.error_rate\.above is 3000/m],
      [['services'], ['run.googleapis.com'], /^services lacks pubsub\.googleapis\.com/m],
      [
        ['operator_bindings', `operator ${OPERATOR}/roles/run.viewer`, 'role'],
        'roles/owner',
        /run\.viewer\.role is "roles\/owner"/,
      ],
      [['builder_roles', 'roles/logging.logWriter'], undefined, /^builder_roles lacks/m],
      [['compute', 'rank', 'memory'], '128Mi', /^compute\.rank\.memory is "128Mi"/m],
      [['maximum_instances'], 1000, /^maximum_instances is 1000/m],
      [['log_alarms', 'scheduler'], undefined, /^log_alarms lacks scheduler/m],
      [['lifecycle_rules'], [{ prefix: 'releases/' }], /objects under releases\/ are forgotten/],
      [['timeout_seconds'], 600, /may still be at work/],
      [['compute', 'shadow'], undefined, /^compute lacks shadow/m],
    ];
    for (const [path, to, expected] of cases)
      it(`${path.join('.')}: that is seen`, () => {
        const made = changed(JSON.parse(JSON.stringify(values)), path, to as Block | undefined);
        assert.match(valueProblems(made).join('\n'), expected);
      });
  });

  describe('from other files', () => {
    it('is something else, and that is seen', async () => {
      const [topic, binding, variable, alarm] = await Promise.all([
        evaluated(
          edited('topology.json', '"reconcile-requested"\n  ],', '"reconcile-asked"\n  ],'),
        ),
        evaluated(edited('locals.tf', 'if contains(verbs, verb)', 'if true')),
        evaluated(edited('locals.tf', /\n +SOURCE_REVISION .*/, '')),
        evaluated(edited('locals.tf', / {6}retries = \{[\s\S]*?\n {6}\}\n/, '')),
      ]);
      assert.match(valueProblems(topic).join('\n'), /^topics has reconcile-asked/m);
      assert.match(valueProblems(binding).join('\n'), /^object_bindings\.rank\/create/m);
      assert.match(valueProblems(variable).join('\n'), /environment lacks SOURCE_REVISION/);
      assert.match(valueProblems(alarm).join('\n'), /^alarms lacks retries/m);
    });

    it('has bare names where the prefix is empty, as before there was one', async () => {
      const names = ['functions', 'subscriptions', 'alarms', 'dead_letters'] as const;
      const { functions, subscriptions, alarms, dead_letters } = await evaluate(names, {
        ...VARIABLES,
        function_prefix: '',
      });
      const nameIn = (map: unknown, name: string): unknown => Object(Object(map)[name]).name;
      for (const name of allFunctions) {
        assert.equal(nameIn(functions, name), name);
        assert.equal(nameIn(subscriptions, name), name);
      }
      assert.match(JSON.stringify(alarms), /service_name=one_of\(\\"ingest\\",/);
      assert.deepEqual(dead_letters, values.dead_letters);
    });

    it('asks an archive for Node.js 22 for functions by their names', async () => {
      const { functions } = await evaluate(['functions'], {
        ...VARIABLES,
        source_runtime: 'nodejs22',
      });
      for (const name of allFunctions)
        assert.equal(Object(Object(functions)[name]).entry_point, name);
    });

    it('is not computed at all from variables that make no sense', async () => {
      const wrong: readonly (readonly [Values, RegExp])[] = [
        [{ source_revision: 'main' }, /40 hexadecimal digits/],
        [{ function_prefix: 'Live_' }, /lower-case letters/],
        [{ source_runtime: 'nodejs20' }, /Expected nodejs24/],
        [{ settings: { ROOT_PREFIX: 'x' } }, /Expected names of optional variables/],
        [{ schedules: { 'pool-ranked': '0 0 1 * *' } }, /one schedule for each/],
      ];
      await Promise.all(
        wrong.map(([own, expected]) =>
          assert.rejects(evaluate(['root_prefix'], { ...VARIABLES, ...own }), expected),
        ),
      );
    });
  });
});

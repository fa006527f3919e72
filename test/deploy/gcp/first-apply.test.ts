import assert from 'node:assert/strict';
import { describeRules, differs, every, type Rules, withResource } from './rules.js';
import {
  type Block,
  files,
  localsOf,
  parseModule,
  resourcesOf,
  type Tree,
  textsOf,
} from './terraform-module.js';

/** What a resource refers to, directly or through locals; `depends_on` among it. */
const referencesOf = (
  resource: string,
  resources: ReadonlyMap<string, Block>,
): readonly string[] => {
  const text = textsOf(resources.get(resource) ?? {})
    .map(([, one]) => one)
    .join('\n');
  const named = text.match(/(?<![\w."])(?:google_\w+|time_sleep)\.\w+/g) ?? [];
  return [...new Set(named)].filter((one) => one !== resource && resources.has(one));
};

type Order = ReadonlyMap<string, ReadonlySet<string>>;

/** For every resource, all that Terraform makes before it. A cycle leads to the resource itself. */
const orderOf = (module: Block): Order => {
  const resources = resourcesOf(module);
  const direct = new Map(
    [...resources.keys()].map((resource) => [resource, referencesOf(resource, resources)] as const),
  );
  const before = (resource: string): ReadonlySet<string> => {
    const found = new Set<string>();
    const pending = [...(direct.get(resource) ?? [])];
    for (let next = pending.pop(); next !== undefined; next = pending.pop())
      if (!found.has(next)) {
        found.add(next);
        pending.push(...(direct.get(next) ?? []));
      }
    return found;
  };
  return new Map([...resources.keys()].map((resource) => [resource, before(resource)] as const));
};

/** Which wait a resource needs, by what it says. */
const waitsFor = (resource: string, block: Block, alarms: string): readonly string[] => {
  const text = JSON.stringify(block);
  const own = text.includes('.alarms') ? text + alarms : text;
  return [
    // Roles of people are given on the project, whose interface is switched on by hand.
    ...(/^(google_project_service|google_project_iam_member\.operator|time_sleep\.services)/.test(
      resource,
    )
      ? []
      : ['time_sleep.services']),
    ...(resource.startsWith('google_cloudfunctions2_function.') ? ['time_sleep.rights'] : []),
    ...(text.includes('@gcp-sa-') ? ['time_sleep.agents'] : []),
    ...(resource.startsWith('google_monitoring_alert_policy.') && own.includes('{local.metric}/')
      ? ['time_sleep.metrics']
      : []),
  ];
};

/** Resources that are made before what they need is in force, and such as wait for themselves. */
const orderProblems = (module: Block): readonly string[] => {
  const resources = resourcesOf(module);
  const alarms = JSON.stringify(localsOf(module).alarms);
  return [...orderOf(module)].flatMap(([resource, before]) => [
    ...(before.has(resource) ? [`${resource} waits for itself`] : []),
    ...waitsFor(resource, resources.get(resource) ?? {}, alarms)
      .filter((wait) => !before.has(wait))
      .map((wait) => `${resource} does not wait for ${wait}`),
  ]);
};

describe('The first apply', () => {
  let module: Block;
  const without = (type: string, name: string): readonly string[] =>
    orderProblems(withResource(module, `${type}.${name}.depends_on`));

  before(async () => {
    module = await parseModule(files());
  });

  it('creates no resource before its prerequisites are in force', () => {
    assert.deepEqual(orderProblems(module), []);
  });

  it('grants the roles of the build and of every function before it builds', () => {
    const before = orderOf(module).get('google_cloudfunctions2_function.function');
    for (const granted of [
      ...['google_project_iam_member.build', 'google_storage_bucket_iam_member.objects'],
      ...['google_project_iam_member.documents', 'google_pubsub_topic_iam_member.publisher'],
    ])
      assert.ok(before?.has(granted), granted);
  });

  it('reports a resource that does not wait', () => {
    assert.deepEqual(without('google_firestore_database', 'this'), [
      'google_firestore_backup_schedule.daily does not wait for time_sleep.services',
      'google_firestore_database.this does not wait for time_sleep.services',
    ]);
    assert.deepEqual(without('google_cloudfunctions2_function', 'function'), [
      'google_cloudfunctions2_function.function does not wait for time_sleep.rights',
    ]);
    assert.deepEqual(without('google_service_account_iam_member', 'pubsub_signs'), [
      'google_service_account_iam_member.pubsub_signs does not wait for time_sleep.agents',
    ]);
    for (const name of ['alarm', 'silence'])
      assert.deepEqual(without('google_monitoring_alert_policy', name), [
        `google_monitoring_alert_policy.${name} does not wait for time_sleep.metrics`,
      ]);
  });

  it('reports a resource that waits for itself', () => {
    const circular = withResource(module, 'google_project_service.service.depends_on', [
      `\${time_sleep.services}`,
    ]);
    assert.match(
      orderProblems(circular).join('\n'),
      /google_project_service\.service waits for itself/,
    );
  });
});

/** The API of each type of resource, by the beginning of the type. */
const APIS: readonly (readonly [RegExp, string])[] = [
  [/^google_artifact_registry_/, 'artifactregistry'],
  [/^google_billing_/, 'billingbudgets'],
  [/^google_cloud_run_/, 'run'],
  [/^google_cloud_scheduler_/, 'cloudscheduler'],
  [/^google_cloudfunctions2_/, 'cloudfunctions cloudbuild'],
  [/^google_firestore_/, 'firestore'],
  [/^google_logging_/, 'logging'],
  [/^google_monitoring_/, 'monitoring'],
  [/^google_project_iam_/, 'cloudresourcemanager'],
  [/^google_(service_account|project_iam_custom_role)/, 'iam'],
  [/^google_pubsub_/, 'pubsub'],
  [/^google_storage_/, 'storage'],
];

/** The seconds that a change takes to be in force, and the names whose change repeats the wait. */
const WAITS: Readonly<Record<string, readonly [number, Tree | undefined]>> = {
  services: [60, { services: `\${join(" ", local.services)}` }],
  agents: [60, undefined],
  rights: [
    120,
    {
      builder: `\${join(" ", keys(local.builder_roles))}`,
      functions: `\${join(" ", keys(local.functions))}`,
    },
  ],
  // Cloud Monitoring says: up to ten minutes.
  metrics: [600, { metrics: `\${join(" ", keys(local.metrics))}` }],
};

const applyRules: Rules<Block> = {
  'every interface that a resource needs is enabled, and never disabled for others': (module) => {
    const { services } = localsOf(module);
    const needed = [...resourcesOf(module).keys()].flatMap((name) =>
      APIS.flatMap(([types, apis]) => (types.test(name) ? apis.split(' ') : [])),
    );
    return [
      ...every(/^google_project_service\./, {
        for_each: `\${toset(local.services)}`,
        service: `\${each.value}`,
        disable_on_destroy: false,
      })(module),
      ...differs(
        'services',
        services,
        [...new Set(needed)].sort().map((name) => `${name}.googleapis.com`),
      ),
    ];
  },

  'every wait is long enough, and is repeated for new names': (module) =>
    Object.entries(WAITS).flatMap(([name, [seconds, triggers]]) => {
      const wait = resourcesOf(module).get(`time_sleep.${name}`);
      return [
        ...(parseInt(String(wait?.create_duration), 10) >= seconds ? [] : [`${name} is too short`]),
        ...differs(`${name}.triggers`, wait?.triggers, triggers),
      ];
    }),
};

describeRules('apply', applyRules, [
  [
    'every wait is long enough, and is repeated for new names',
    'time_sleep.rights.create_duration',
    '10s',
  ],
  [
    'every interface that a resource needs is enabled, and never disabled for others',
    'google_billing_budget.this',
  ],
]);

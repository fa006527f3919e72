import { type Block, localsOf, resourcesOf, textsOf } from './terraform-module.js';

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

export type Order = ReadonlyMap<string, ReadonlySet<string>>;

/** For every resource, all that Terraform makes before it. A cycle leads to the resource itself. */
export const orderOf = (module: Block): Order => {
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
export const orderProblems = (module: Block): readonly string[] => {
  const resources = resourcesOf(module);
  const alarms = JSON.stringify(localsOf(module).alarms);
  return [...orderOf(module)].flatMap(([resource, before]) => [
    ...(before.has(resource) ? [`${resource} waits for itself`] : []),
    ...waitsFor(resource, resources.get(resource) ?? {}, alarms)
      .filter((wait) => !before.has(wait))
      .map((wait) => `${resource} does not wait for ${wait}`),
  ]);
};

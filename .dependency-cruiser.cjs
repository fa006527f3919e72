/** The import rules of the house. Each says what would break. */
const pureRooms =
  '^shared/(codec|ranking|research|explanation|promotion|contract|schema|messages)/|^shared/(day|topology)\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means that two files are one; merge them or cut the knot.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'pure-core',
      comment: 'Ranking, promotion, contract and messages decide; they never read or write.',
      severity: 'error',
      from: { path: pureRooms },
      to: {
        dependencyTypes: ['core'],
        // Hashing is a pure function of its input; worker_threads and the rest are effects.
        pathNot: '^(node:)?(crypto|buffer)$',
      },
    },
    {
      name: 'pure-core-stays-in-pure-rooms',
      comment: 'A pure room that imports an adapter is no longer pure.',
      severity: 'error',
      from: { path: pureRooms },
      to: { path: '^(shared/(gcp|local|client)|functions|deploy)/' },
    },
    {
      name: 'ports-are-types',
      comment: 'Ports say what adapters must do; they know none of them.',
      severity: 'error',
      from: { path: '^shared/ports/' },
      to: { path: '^(shared/(gcp|local|client)|functions|deploy)/' },
    },
    {
      name: 'sdk-only-in-gcp',
      comment: 'Only shared/gcp may know the cloud clients; everything else runs on a laptop.',
      severity: 'error',
      from: { path: '^(functions|shared|deploy)/', pathNot: '^shared/gcp/' },
      to: { path: 'node_modules/@google-cloud/(pubsub|storage|firestore)/' },
    },
    {
      name: 'gcp-is-for-programs',
      comment: 'Only what puts a program together chooses the cloud; steps know ports.',
      severity: 'error',
      from: {
        path: '^(functions|shared)/',
        pathNot: ['^shared/gcp/', '^functions/index\\.ts$'],
      },
      to: { path: '^shared/gcp/' },
    },
    {
      name: 'gcp-comes-with-the-first-event',
      comment: 'A static import would load every cloud client before a function can answer.',
      severity: 'error',
      from: { path: '^functions/index\\.ts$' },
      to: { path: '^shared/gcp/', dependencyTypesNot: ['dynamic-import'] },
    },
    {
      name: 'functions-do-not-know-each-other',
      comment: 'Functions are chained by messages, never by imports.',
      severity: 'error',
      from: { path: '^functions/([^/]+)/' },
      to: { path: '^functions/[^/]+/', pathNot: '^functions/$1/' },
    },
    {
      name: 'nothing-imports-deploy',
      comment: 'deploy/ is where programs are put together; nobody depends on a program.',
      severity: 'error',
      from: { path: '^(functions|shared)/' },
      to: { path: '^deploy/' },
    },
    {
      name: 'product-does-not-import-tests',
      severity: 'error',
      from: { path: '^(functions|shared|deploy)/' },
      to: { path: '^test/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'charts-come-late',
      comment:
        'The charting library is large: only drawing a page loads it, not starting a function.',
      severity: 'error',
      from: { path: '^(functions|shared|deploy)/', pathNot: '^shared/report/(?!html-renderer)' },
      to: { path: '^shared/report/(page|sections|charts)', dependencyTypesNot: ['dynamic-import'] },
    },
    {
      name: 'declared-dependencies',
      comment:
        'What the product imports must be in dependencies; packaging runs where it is developed.',
      severity: 'error',
      from: { path: '^(functions|shared|deploy)/', pathNot: '^deploy/package/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node'] },
  },
};

/** The import rules of the house. Each says what would break. */
/**
 * The floors of the house, the lowest first. A file may import from its own floor and from lower
 * ones, so that the rooms can be read, tested and changed from the ground up.
 */
const floors = [
  [
    'the io-ts toolkit, days, time limits',
    '^shared/(codec/|(day|redact|units|with-timeout)\\.ts$)',
  ],
  ['messages and object keys', '^shared/(messages/|(object-keys|try-task)\\.ts$)'],
  ['the contract and the topology', '^shared/(contract/|topology\\.ts$)'],
  [
    'ports, schemas, permissions, the client',
    '^shared/(ports/|schema/|client/|(permissions|log-metrics|entry-point)\\.ts$)',
  ],
  [
    'market data, local stores, document paths, the configuration',
    '^shared/(market-data/|local/|(document-paths|config)\\.ts$)',
  ],
  ['ranking, promotion, the codecs of evidence', '^shared/(ranking|promotion|evidence)/'],
  ['research and explanation', '^shared/(research|explanation)/'],
  ['releases and Google Cloud', '^shared/(releases|gcp)/'],
  ['the report', '^shared/report/'],
  [
    'what functions have in common',
    '^functions/(?!(index|handlers|production|register-functions)\\.ts$)[^/]+\\.ts$',
  ],
  ['the functions', '^functions/[^/]+/'],
  ['the entry points', '^functions/(index|handlers|production|register-functions)\\.ts$'],
  [
    'the embedded runtime and the simulation',
    '^deploy/((gcp|local|simulation)/|(generate|package-root|source-revision)\\.ts$)',
  ],
  ['the terminal', '^deploy/cli/terminal/'],
  ['the context of a command', '^deploy/cli/(context|local-config|option-defaults)\\.ts$'],
  [
    'the run, packaging, emulators',
    '^deploy/(cli/(run/|version-option\\.ts$)|emulators/|package/)',
  ],
  ['the target of a command', '^deploy/cli/target/'],
  ['releases as a command shows them', '^deploy/cli/release/'],
  ['operations and status', '^deploy/cli/(operations|status)/'],
  ['the commands', '^deploy/cli/commands/'],
  ['the declarations of the commands', '^deploy/cli/declarations/'],
  ['the program', '^deploy/cli/(program|main)\\.ts$'],
];

const upwardImports = floors.slice(1).map(([name, path], below) => ({
  name: `no-import-up-to-floor-${below + 1}`,
  comment: `Floor ${below + 1} is ${name}; no file of a lower floor may import it.`,
  severity: 'error',
  from: { path: floors.slice(0, below + 1).map(([, lower]) => lower) },
  to: { path },
}));

const pureRooms =
  '^shared/(codec|ranking|research|explanation|evidence|promotion|contract|schema|messages)/|^shared/(day|topology|units)\\.ts$';

const dependenciesOf = (...folders) =>
  folders.flatMap((folder) => Object.keys(require(`./${folder}/package.json`).dependencies));

/**
 * The packages of the house: the modules that each begins with, and what its manifest declares. The
 * command runs the functions in its own process, so it depends on their package.
 */
const packages = [
  ['client', '^shared/client/index\\.ts$', dependenciesOf('shared/client')],
  ['functions', '^functions/', dependenciesOf('functions')],
  ['command', '^deploy/cli/', dependenciesOf('deploy/cli', 'functions')],
];

const undeclaredImports = packages.map(([name, path, declared]) => ({
  name: `${name}-declares-what-it-reaches`,
  comment:
    'shared/ has no manifest: each package declares what it imports there too, and so installs alone.',
  severity: 'error',
  from: { path },
  to: {
    path: '^node_modules/',
    pathNot: `^node_modules/(${declared.join('|')})/`,
    reachable: true,
  },
}));

module.exports = {
  forbidden: [
    ...upwardImports,
    ...undeclaredImports,
    {
      name: 'every-file-has-a-floor',
      comment: 'A product file on no floor escapes the rules above; give its room a floor.',
      severity: 'error',
      from: { path: '^(functions|shared|deploy)/', pathNot: floors.map(([, path]) => path) },
      to: {},
    },
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
      comment: 'deploy/ is where programs are put together; no module depends on a program.',
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
        'What a package imports must be in the dependencies of its own manifest, not of the root.',
      severity: 'error',
      from: { path: '^(functions|shared/client|deploy/cli)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'shared-uses-what-a-package-declares',
      comment: 'A tool of the root, as it is installed beside, would be missing where this runs.',
      severity: 'error',
      from: { path: '^shared/' },
      to: {
        path: '^node_modules/',
        pathNot: `^node_modules/(${dependenciesOf('functions', 'deploy/cli').join('|')})/`,
      },
    },
    {
      name: 'tools-are-declared',
      comment: 'Tools and tests run where the house is developed; the root declares what they use.',
      severity: 'error',
      from: { path: '^(deploy|test)/', pathNot: '^deploy/cli/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|shared/client/dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node'] },
  },
};

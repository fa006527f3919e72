import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { errorTexts } from '../codec/decode.js';
import { type Failure, permanent } from '../codec/failure.js';
import { Mode, type PositiveInteger, Revision, Text } from '../codec/primitives.js';
import { refinedText } from '../codec/refined.js';
import type { PipelineConfig } from '../config.js';
import { CONTRACT, DEFAULTS } from '../contract/constants.js';
import { BINANCE_URL } from '../market-data/binance/http/public-url.js';

/** The configuration of a deployment on Google Cloud. */
export interface CloudConfig {
  readonly project: string;
  readonly firestoreDatabase: string;
  readonly marketDataSource: MarketDataSourceName;
  readonly binanceUrl: string;
  readonly pipeline: PipelineConfig;
}

export type CloudEnv = Readonly<Record<string, string | undefined>>;

/** No CSV source here: a function has no access to a local folder. */
const MarketDataSourceName = t.keyof({ binance: null, demo: null });
export type MarketDataSourceName = t.TypeOf<typeof MarketDataSourceName>;

const ProjectId = refinedText(
  'ProjectId',
  '(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]',
  'the id of a project, not its number',
);
const BucketName = refinedText(
  'BucketName',
  '[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]',
  'the name of a bucket, without gs://',
);
const RootPrefix = refinedText(
  'RootPrefix',
  '[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*',
  'segments of letters, digits, ., _ and -, without slashes at the ends',
);
/** Only names that need no encoding, because readers use the same name to find the document. */
const DocumentId = refinedText(
  'DocumentId',
  '(?!\\.{1,2}$)(?!__.*__$)[^/%\\s]{1,400}',
  'a name without slashes, blanks and percent signs',
);
const DatabaseId = refinedText(
  'DatabaseId',
  '\\(default\\)|[a-z][a-z0-9-]{2,61}[a-z0-9]',
  'the id of a Firestore database, or (default)',
);
const WebAddress = refinedText(
  'WebAddress',
  'https?://[^/\\s]+/?',
  'an http or https address without a path',
);
const CountText = refinedText('Count', '[1-9]\\d{0,3}', 'a whole number from 1 to 9999');
const Flag = t.keyof({ true: null, false: null });

const place = { GOOGLE_CLOUD_PROJECT: ProjectId, BUCKET: BucketName };
const identity = { SOURCE_REVISION: Revision };
const required = { ...place, ...identity };
const optional = {
  ROOT_PREFIX: RootPrefix,
  SOURCE_PROJECT: Text,
  MODE: Mode,
  POOL_SIZE: CountText,
  MAX_AGE_DAYS: CountText,
  FIRESTORE_DATABASE: DatabaseId,
  FIRESTORE_COLLECTION: DocumentId,
  FIRESTORE_DOCUMENT: DocumentId,
  SELECTION_META: Flag,
  MARKET_DATA_SOURCE: MarketDataSourceName,
  BINANCE_URL: WebAddress,
  ACTOR: Text,
};
const Variables = t.intersection([t.type(required), t.partial(optional)], 'environment');
/** Operators need no commit, because only artifacts record it. */
const OperatorVariables = t.intersection(
  [t.type(place), t.partial({ ...identity, ...optional })],
  'settings',
);
type Variables = t.TypeOf<typeof OperatorVariables>;

const meanings: Readonly<Record<keyof typeof required | keyof typeof optional, string>> = {
  GOOGLE_CLOUD_PROJECT: 'the project whose topics, bucket and database are used',
  BUCKET: 'the bucket of releases, current, evidence and the archive',
  SOURCE_REVISION: "the producer's commit, 40 hexadecimal digits; strict readers refuse without it",
  ROOT_PREFIX: `first segments of every object's name; \`${DEFAULTS.rootPrefix}\``,
  SOURCE_PROJECT: `what artifacts name as their \`source_project\`; \`${DEFAULTS.sourceProject}\``,
  MODE: `the mode of a request that names none; \`${DEFAULTS.mode}\``,
  POOL_SIZE: `symbols in a pool; ${DEFAULTS.poolSize}`,
  MAX_AGE_DAYS: `a release older than this is refused; ${DEFAULTS.maxAgeDays}`,
  FIRESTORE_DATABASE: 'the database of the document and the ledger; `(default)`',
  FIRESTORE_COLLECTION: `collection of the summary document; \`${DEFAULTS.firestoreCollection}\``,
  FIRESTORE_DOCUMENT: `the summary document; \`${DEFAULTS.firestoreDocument}\``,
  SELECTION_META: 'write `selection_meta` into the live artifacts; `false`',
  MARKET_DATA_SOURCE: '`binance`, or `demo` for a rehearsal; `binance`',
  BINANCE_URL: `where Binance Spot's public REST API answers; ${BINANCE_URL}`,
  ACTOR: 'who promotes, for the ledger: the service account; the project and the Cloud Run service',
};

/** Every variable that a deployment sets; `meaning` ends with the default of an optional one. */
export const cloudVariables: readonly {
  readonly name: string;
  readonly required: boolean;
  readonly meaning: string;
}[] = Object.entries(meanings).map(([name, meaning]) => ({
  name,
  required: name in required,
  meaning,
}));

/** The codec has admitted only whole numbers of at least 1. */
const count = (text: string | undefined, fallback: number): PositiveInteger =>
  (text === undefined ? fallback : Number(text)) as PositiveInteger;

/** The actor that is known without a request. Not formatted like an account, which it is not. */
const defaultActor = (project: string, service: string | undefined): string =>
  service === undefined ? `projects/${project}` : `projects/${project}/services/${service}`;

const configOf =
  (service: string | undefined) =>
  (variables: Variables): CloudConfig => {
    const defaultMode = variables.MODE ?? DEFAULTS.mode;
    const poolSize = count(variables.POOL_SIZE, DEFAULTS.poolSize);
    return {
      project: variables.GOOGLE_CLOUD_PROJECT,
      firestoreDatabase: variables.FIRESTORE_DATABASE ?? '(default)',
      marketDataSource: variables.MARKET_DATA_SOURCE ?? 'binance',
      binanceUrl: variables.BINANCE_URL ?? BINANCE_URL,
      pipeline: {
        bucket: variables.BUCKET,
        rootPrefix: variables.ROOT_PREFIX ?? DEFAULTS.rootPrefix,
        sourceProject: variables.SOURCE_PROJECT ?? DEFAULTS.sourceProject,
        contract: CONTRACT,
        defaultMode,
        poolSize,
        readers: { mode: defaultMode, poolSize },
        maxAgeDays: count(variables.MAX_AGE_DAYS, DEFAULTS.maxAgeDays),
        firestoreCollection: variables.FIRESTORE_COLLECTION ?? DEFAULTS.firestoreCollection,
        firestoreDocument: variables.FIRESTORE_DOCUMENT ?? DEFAULTS.firestoreDocument,
        selectionMeta: variables.SELECTION_META === 'true',
        actor: variables.ACTOR ?? defaultActor(variables.GOOGLE_CLOUD_PROJECT, service),
        ...(variables.SOURCE_REVISION === undefined
          ? {}
          : { sourceRevision: variables.SOURCE_REVISION }),
      },
    };
  };

const decoded = (
  codec: t.Decoder<unknown, Variables>,
  complaint: string,
  env: CloudEnv,
): E.Either<Failure, CloudConfig> => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  return pipe(
    codec.decode(given),
    E.bimap(
      (errors) => permanent('configuration', `${complaint} ${errorTexts(errors).join('; ')}.`),
      // Set by Cloud Run itself, not by the deployment.
      configOf(given.K_SERVICE),
    ),
  );
};

/**
 * Reads the whole configuration, or returns one permanent `configuration` failure with all
 * problems: variable, expected, got. An empty variable counts as absent. The client libraries read
 * their own variables for emulators and credentials.
 */
export const cloudConfig = (env: CloudEnv): E.Either<Failure, CloudConfig> =>
  decoded(Variables, "The function's environment variables are unusable.", env);

/** The configuration for operators, who need not know the commit. */
export const operatorConfig = (env: CloudEnv): E.Either<Failure, CloudConfig> =>
  decoded(
    OperatorVariables,
    'The settings are invalid (--project is GOOGLE_CLOUD_PROJECT, --bucket is BUCKET).',
    env,
  );

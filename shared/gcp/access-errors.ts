import { type Failure, permanent } from '../codec/failure.js';

/** The deployment that the command works on. */
export interface DeploymentRef {
  readonly project: string;
  readonly bucket: string;
}

type Kind = 'unauthenticated' | 'forbidden' | 'not_found';

/** By gRPC code and by HTTP status, which do not overlap. */
const kinds: Readonly<Record<number, Kind>> = {
  16: 'unauthenticated',
  401: 'unauthenticated',
  7: 'forbidden',
  403: 'forbidden',
  5: 'not_found',
  404: 'not_found',
};

/** Errors of the authentication library, which have no code or a code of their own. */
const WITHOUT_CREDENTIALS =
  /default credentials|GOOGLE_APPLICATION_CREDENTIALS|invalid_grant|invalid_rapt|^The file at .* does not exist/;

const LONGEST_QUOTE = 200;

const kindOf = (cause: Error): Kind | undefined => {
  if (WITHOUT_CREDENTIALS.test(cause.message)) return 'unauthenticated';
  const codes = [
    'code' in cause ? Number(cause.code) : Number.NaN,
    'status' in cause ? Number(cause.status) : Number.NaN,
  ];
  return codes.map((code) => kinds[code]).find((kind) => kind !== undefined);
};

/** The text before the first colon, e.g. "Could not list objects under current/". */
const actionOf = ({ message }: Failure): string => message.split(': ', 1)[0] ?? message;

const quoted = ({ message }: Error): string => {
  const [line = ''] = message.split('\n');
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
};

const sentences: Readonly<
  Record<Kind, (failure: Failure, cause: Error, place: DeploymentRef) => string>
> = {
  unauthenticated: () =>
    'There are no credentials for Google Cloud, or they have expired. Run: gcloud auth application-default login',
  forbidden: (failure, cause, { project, bucket }) =>
    `${actionOf(failure)}: these credentials have no permission for this in project ${project} and bucket ${bucket}, or the project does not exist. Request an operator's roles, or check --project and --bucket. Google says: ${quoted(cause)}`,
  not_found: (failure, cause, { project, bucket }) =>
    `${actionOf(failure)}: project ${project} and bucket ${bucket} are not a complete deployment. Deploy first (deploy/gcp), or check --project and --bucket. Google says: ${quoted(cause)}`,
};

/**
 * Explains a failure to an operator at a terminal: if Google denies access, returns a
 * `configuration` failure that says what to do. In a function, the same failure stays transient and
 * is retried.
 */
export const explainAccessError = (failure: Failure, place: DeploymentRef): Failure => {
  const { cause } = failure;
  if (!(cause instanceof Error)) return failure;
  const kind = kindOf(cause);
  return kind === undefined
    ? failure
    : permanent('configuration', sentences[kind](failure, cause, place), { cause });
};

import { type Failure, permanent } from '../codec/failure.js';

/** Where an operator has pointed the command. */
export interface DeploymentRef {
  readonly project: string;
  readonly bucket: string;
}

type Kind = 'unauthenticated' | 'forbidden' | 'not_found';

/** By gRPC's codes and by HTTP's, which do not overlap. */
const kinds: Readonly<Record<number, Kind>> = {
  16: 'unauthenticated',
  401: 'unauthenticated',
  7: 'forbidden',
  403: 'forbidden',
  5: 'not_found',
  404: 'not_found',
};

/** What the authentication library says carries no code, or one of its own. */
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

/** What comes before the first colon, e.g. "Could not list objects under current/". */
const actionOf = ({ message }: Failure): string => message.split(': ', 1)[0] ?? message;

const quoted = ({ message }: Error): string => {
  const [line = ''] = message.split('\n');
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
};

const sentences: Readonly<
  Record<Kind, (failure: Failure, cause: Error, place: DeploymentRef) => string>
> = {
  unauthenticated: () =>
    'Google Cloud does not know who asks: there are no credentials, or they have expired. Run: gcloud auth application-default login',
  forbidden: (failure, cause, { project, bucket }) =>
    `${actionOf(failure)}: these credentials may not do that in project ${project} and bucket ${bucket}, or there is no such project. Ask for an operator's roles, or check --project and --bucket. Google says: ${quoted(cause)}`,
  not_found: (failure, cause, { project, bucket }) =>
    `${actionOf(failure)}: project ${project} and bucket ${bucket} are not what deployment creates. Deploy first (deploy/gcp), or check --project and --bucket. Google says: ${quoted(cause)}`,
};

/**
 * A failure as a person at a terminal needs it: where Google refuses for good, a `configuration`
 * failure that says what to do. A function waits for the same to be put right instead.
 */
export const explainAccessError = (failure: Failure, place: DeploymentRef): Failure => {
  const { cause } = failure;
  if (!(cause instanceof Error)) return failure;
  const kind = kindOf(cause);
  return kind === undefined
    ? failure
    : permanent('configuration', sentences[kind](failure, cause, place), { cause });
};

import { DEMO_AS_OF_DATE } from '../../shared/market-data/demo-source.js';
import type { RunRequest } from '../../shared/messages/monthly-run-requested.js';
import type { Topic } from '../../shared/topology.js';

export interface Served {
  readonly variables: Readonly<Record<string, string>>;
  readonly pubsubHost: string;
  readonly projectId: string;
  readonly functionsUrl: string;
  readonly logFolder: string;
}

const topic: Topic = 'monthly-run-requested';

/** Raised age limit: the demo market is older than the default allows. */
const request: { readonly [Key in keyof RunRequest]?: unknown } = {
  as_of_date: DEMO_AS_OF_DATE,
  allow_stale: true,
};

/** The curl command that starts the month through Pub/Sub's REST API. */
export const curlLine = ({ pubsubHost, projectId }: Served): string => {
  const data = Buffer.from(JSON.stringify(request)).toString('base64');
  return [
    `curl -sS http://${pubsubHost}/v1/projects/${projectId}/topics/${topic}:publish`,
    "-H 'content-type: application/json'",
    `-d '${JSON.stringify({ messages: [{ data }] })}'`,
  ].join(' ');
};

/** The same with gcloud, which takes an emulator's address only from a variable. */
export const gcloudLine = ({ pubsubHost, projectId }: Served): string =>
  [
    'CLOUDSDK_AUTH_DISABLE_CREDENTIALS=true',
    `CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB=http://${pubsubHost}/`,
    `gcloud pubsub topics publish ${topic} --project=${projectId}`,
    `--message='${JSON.stringify(request)}'`,
  ].join(' ');

/** Describes the running pipeline; a shell can source the text. */
export const guidance = (served: Served): string => {
  const exports = Object.entries(served.variables).map(
    ([name, value]) => `export ${name}=${value}`,
  );
  return [
    ...exports,
    '',
    `# The functions are below ${served.functionsUrl}, the logs in ${served.logFolder}.`,
    `# The month on the demo market, ${JSON.stringify(request)}:`,
    `#   ${curlLine(served)}`,
    '# or',
    `#   ${gcloudLine(served)}`,
    '# Ctrl-C stops everything.',
  ].join('\n');
};

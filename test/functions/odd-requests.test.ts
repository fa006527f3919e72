import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ServerProcess, startFunction } from '../support/server-process.js';

const PATH = '/projects/some-project/topics/release-materialised';
const JSON_TYPE = 'content-type: application/json';
const MESSAGE = '{"message":{"data":"e30=","messageId":"1","publishTime":"2026-04-01T00:15:30Z"}}';

interface Odd {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  /** The server would wait for the rest of the body that is announced. */
  readonly endsEarly?: true;
}

const oddRequests: Readonly<Record<string, Odd>> = {
  'a GET': { method: 'GET' },
  'a GET of the root': { method: 'GET', path: '/' },
  'a GET of an unknown path': { method: 'GET', path: '/no/such/path?and=more' },
  'a GET of a favicon': { method: 'GET', path: '/favicon.ico' },
  'a GET with a body': { method: 'GET', headers: [JSON_TYPE], body: '{}' },
  'a HEAD': { method: 'HEAD' },
  'an OPTIONS': { method: 'OPTIONS' },
  'a TRACE': { method: 'TRACE' },
  'a DELETE': { method: 'DELETE' },
  'a PUT of JSON': { method: 'PUT', headers: [JSON_TYPE], body: MESSAGE },
  'a PATCH of JSON': { method: 'PATCH', headers: [JSON_TYPE], body: MESSAGE },
  'a method that is not one': { method: 'NONSENSE' },
  'a path that cannot be decoded': { path: '/%E0%A4%A', headers: [JSON_TYPE], body: MESSAGE },
  'a path out of the folder': { method: 'GET', path: '/../../../etc/passwd' },
  'a POST without a body': {},
  'an empty JSON body': { headers: [JSON_TYPE], body: '' },
  'bad JSON': { headers: [JSON_TYPE], body: '{"message":' },
  'JSON that is a number': { headers: [JSON_TYPE], body: '7' },
  'JSON that is null': { headers: [JSON_TYPE], body: 'null' },
  'JSON that is a list': { headers: [JSON_TYPE], body: '[]' },
  'an unwrapped payload': { headers: [JSON_TYPE], body: '{"as_of_date":"2026-03-13"}' },
  'a message of null': { headers: [JSON_TYPE], body: '{"message":null}' },
  'a sound push': { headers: [JSON_TYPE], body: MESSAGE },
  'a push to an unknown path': { path: '/elsewhere', headers: [JSON_TYPE], body: MESSAGE },
  'a text': { headers: ['content-type: text/plain'], body: MESSAGE },
  'an XML document': { headers: ['content-type: application/xml'], body: '<a/>' },
  'a form': { headers: ['content-type: application/x-www-form-urlencoded'], body: 'a[b]=c' },
  'a form with too many parameters': {
    headers: ['content-type: application/x-www-form-urlencoded'],
    body: 'a=1&'.repeat(2000),
  },
  'a type that is not one': { headers: ['content-type: \\\\'], body: MESSAGE },
  'an unknown charset': { headers: [`${JSON_TYPE}; charset=klingon`], body: MESSAGE },
  'an unknown encoding': { headers: [JSON_TYPE, 'content-encoding: lzma'], body: MESSAGE },
  'a body that is not gzip': { headers: [JSON_TYPE, 'content-encoding: gzip'], body: MESSAGE },
  'a body that is too large': {
    headers: [JSON_TYPE, 'content-length: 2000000000'],
    body: '{',
    endsEarly: true,
  },
  'headers that are too large': { method: 'GET', headers: [`x: ${'x'.repeat(20_000)}`] },
  'a header that is not one': { method: 'GET', headers: ['nonsense'] },
  'a storage event': {
    headers: [JSON_TYPE],
    body: '{"context":{"eventType":"google.storage.object.finalize","resource":"/etc"},"data":{}}',
  },
  'a context that is a number': { headers: [JSON_TYPE], body: '{"context":5,"data":{}}' },
  'a batch of CloudEvents': {
    headers: ['content-type: application/cloudevents-batch+json'],
    body: '[{"specversion":"1.0"}]',
  },
};

/** Written by hand: an HTTP client would refuse to send some of these. */
const rawRequest = ({ method = 'POST', path = PATH, headers = [], body = '' }: Odd): string =>
  [
    `${method} ${path} HTTP/1.1`,
    'host: localhost',
    'connection: close',
    ...(headers.some((one) => one.startsWith('content-length')) || (method === 'GET' && body === '')
      ? []
      : [`content-length: ${Buffer.byteLength(body)}`]),
    ...headers,
    '',
    body,
  ].join('\r\n');

const answerOf = async ({ port }: ServerProcess, request: Odd): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(rawRequest(request));
  if (request.endsEarly === true) socket.end();
  try {
    return await text(socket);
  } finally {
    socket.destroy();
  }
};

/** What a person would read: Express wraps it in a page. */
const contentOf = (answer: string): string =>
  answer
    .slice(answer.indexOf('\r\n\r\n') + 4)
    .replace(/<title>.*?<\/title>|<[^<>]*>/g, '')
    .trim();

/** Express repeats to the caller what it was asked for; nothing else may hold a path. */
const withoutTheRequest = (content: string, { method = 'POST', path = PATH }: Odd): string =>
  content.replace(`Cannot ${method} ${path.split('?')[0]}`, 'Not Found');

const environments: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'without NODE_ENV': {},
  'in development': { NODE_ENV: 'development' },
};

for (const [where, environment] of Object.entries(environments))
  describe(`A function that is deployed ${where}`, () => {
    let server: ServerProcess;
    before(async () => {
      server = await startFunction('promote', environment);
    });
    after(() => server.stop());

    for (const [what, request] of Object.entries(oddRequests))
      it(`answers ${what} with neither a path nor a stack`, async () => {
        const answer = await answerOf(server, request);
        assert.match(answer, /^HTTP\/1\.1 [45]\d\d /, 'it was refused');
        assert.doesNotMatch(answer, /node_modules|file:|\.[jt]s\b/);
        const content = withoutTheRequest(contentOf(answer), request);
        assert.doesNotMatch(content, /[/\\]|\bat /);
        assert.match(content, /^[A-Z][A-Za-z ]*$|^$/, 'a status, or nothing');
      });
  });

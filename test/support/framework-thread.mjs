// A thread that serves functions through the functions framework's own server. The framework
// answers each request in a domain, and the first domain of a thread makes every later promise of
// that thread about twenty times as slow; so no test is in this one.
import { once } from 'node:events';
import { MessageChannel, parentPort } from 'node:worker_threads';
import { cloudEvent } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';

// The framework prints the stack of each error that it answers with; the answer names the error.
console.error = () => undefined;

/** Hands each event to the handler in the test's thread, and throws again what that has thrown. */
const forwarding = (port) => async (event) => {
  const { port1, port2 } = new MessageChannel();
  port.postMessage({ event, reply: port2 }, [port2]);
  const [{ thrown }] = await once(port1, 'message');
  port1.close();
  if (thrown !== undefined) throw new Error(thrown);
};

parentPort.on('message', async ({ name, port }) => {
  cloudEvent(name, forwarding(port));
  const server = getTestServer(name).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port.once('close', () => {
    server.close();
    server.closeAllConnections();
  });
  port.postMessage({ httpPort: server.address().port });
});

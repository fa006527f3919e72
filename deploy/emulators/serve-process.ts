import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { functionRouter } from './function-router.js';

/**
 * The process in which the functions run: imports the module that registers them, serves them on a
 * loopback port, and tells its parent when it does.
 */
const [modulePath = '', port = '0'] = process.argv.slice(2);

await import(pathToFileURL(modulePath).href);
const server = functionRouter().listen(Number(port), '127.0.0.1');
await once(server, 'listening');
process.send?.('listening');

// Preloaded into a server: it listens to this machine only, which the functions framework has no
// option for, tells its parent on which port, and ends with it.
import { Server } from 'node:net';

const { listen } = Server.prototype;
Server.prototype.listen = function onLoopback(port, ...rest) {
  this.once('listening', () => process.send?.({ port: this.address().port }));
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, ...rest);
};
process.once('disconnect', () => process.exit());

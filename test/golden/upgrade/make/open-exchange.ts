import { createServer } from 'node:http';
import { type FakeExchange, fakeExchange } from '../../../support/fake-exchange/fake-exchange.js';
import { market } from './market.js';

/** State folders remember the address, so it must be the same each time the fixtures are made. */
const PORT = 18_765;

export interface OpenExchange extends Pick<FakeExchange, 'correct' | 'addFault' | 'close'> {
  readonly url: string;
  readonly setClock: (now: string) => void;
}

/** The fake exchange at a fixed address, with a clock that the caller sets. */
export const openExchange = async (): Promise<OpenExchange> => {
  let present = new Date(0);
  const exchange = await fakeExchange({ bars: market, now: () => present });
  const door = createServer((request, response) => {
    fetch(`${exchange.url}${request.url}`).then(
      async (reply) => {
        reply.headers.forEach((value, name) => {
          if (name !== 'content-length') response.setHeader(name, value);
        });
        response.writeHead(reply.status).end(await reply.text());
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => door.listen(PORT, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${PORT}`,
    correct: exchange.correct,
    addFault: exchange.addFault,
    setClock: (now) => {
      present = new Date(now);
    },
    close: async () => {
      door.close();
      door.closeAllConnections();
      await exchange.close();
    },
  };
};

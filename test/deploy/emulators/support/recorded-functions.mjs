import { cloudEvent } from '@google-cloud/functions-framework';

/**
 * Two functions that post each event to RECORDER. A message `{"refuse": true}` fails the first time;
 * `{"crash": true}` ends the process before the event is posted.
 */
const refused = new Set();

for (const name of ['ingest', 'rank'])
  cloudEvent(name, async ({ id, source, data: { message } }) => {
    const data = JSON.parse(Buffer.from(message.data, 'base64').toString('utf8'));
    if (data.crash) process.exit(1);
    const told = { name, id, source, data, attributes: message.attributes, pid: process.pid };
    await fetch(process.env.RECORDER, { method: 'POST', body: JSON.stringify(told) });
    if (!data.refuse || refused.has(id)) return;
    refused.add(id);
    throw new Error('refused, as the message asks');
  });

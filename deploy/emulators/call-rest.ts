import { FailureError, permanent } from '../../shared/codec/failure.js';

/** One call of an emulator's REST API; anything but success throws, with what it answered. */
export const callRest = async (
  method: 'PUT' | 'POST',
  url: string,
  body: unknown,
): Promise<void> => {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.text();
  if (!response.ok)
    throw new FailureError(
      permanent('configuration', `${method} ${url} answered ${response.status}: ${answer.trim()}`),
    );
};

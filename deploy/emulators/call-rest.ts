import { FailureError, permanent } from '../../shared/codec/failure.js';

/** Calls an emulator's REST API. Throws with the response if the call does not succeed. */
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

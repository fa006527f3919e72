import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The registry cannot be reached, and npm's cache lacks what is needed. */
export class Offline extends Error {
  override readonly name = 'Offline';
}

const OFFLINE =
  /ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/;

/**
 * Runs npm without long retries; throws {@link Offline} if it needs a network that is not there.
 */
export const npmUnlessOffline = async (args: readonly string[], cwd: string): Promise<void> => {
  try {
    await run('npm', [...args, '--fetch-retries=1', '--fetch-retry-mintimeout=1000'], { cwd });
  } catch (error) {
    const [code] = OFFLINE.exec(String(error)) ?? [];
    if (code !== undefined) throw new Offline(`npm ${args[0]} needs the registry: ${code}`);
    throw error;
  }
};

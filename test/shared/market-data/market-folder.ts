import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A new folder with these files in it; removed by `removeMarketFolders`. */
export const marketFolder = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'live-pool-market-'));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
};

export const removeMarketFolders = (): void => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
};

export const HEADER = 'date,open,high,low,close,volume,quote_volume';

/** A bar file's text: the header and the rows, each with a newline at its end. */
export const barFile = (...rows: readonly string[]): string =>
  [HEADER, ...rows].map((line) => `${line}\n`).join('');

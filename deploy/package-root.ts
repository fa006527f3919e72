import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/**
 * The manifest of the whole package. A `#` import resolves in the nearest manifest, and the one
 * nearest to `deploy/cli` is its own, so every room asks here.
 */
export const rootManifest = createRequire(import.meta.url).resolve('#package.json');

/** The folder of the whole package. */
export const packageRoot = dirname(rootManifest);

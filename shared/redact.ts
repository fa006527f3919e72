const REDACTED = '[redacted]';

const NAMES =
  'authorization|passw(?:or)?d|secret|token|cookie|credential|signature|(?:api|access|private)[_-]?key';
/** `key` alone is not a secret name: here it names an object. */
const SECRET_NAME = new RegExp(NAMES, 'i');
/** A name that contains one of the words above, with the rest of the name. */
const NAME = `(?:${NAMES})[\\w.-]{0,64}`;
const QUOTED = `"(?:[^"\\\\]|\\\\[\\s\\S])*"?|'[^'\\n]*'?`;

// Repetitions are bounded where a match could begin at every character: the text is untrusted.
const RULES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}-----|$)/g, REDACTED],
  // The error of a codec about a field.
  [new RegExp(`(${NAME}: expected .{0,300}?, got )(?:${QUOTED}|[^;\\n]+)`, 'gi'), `$1${REDACTED}`],
  // Headers extend to the end of the line.
  [
    new RegExp(
      `((?:authorization|cookie)["']?\\s{0,4}[:=](?!\\s{0,4}\\[redacted])\\s{0,4})(?:${QUOTED}|[^\\n]+)`,
      'gi',
    ),
    `$1${REDACTED}`,
  ],
  // Settings, query parameters, members of an object.
  [
    new RegExp(
      `(${NAME}\\\\?["']?\\s{0,4}[:=](?!\\s{0,4}expected )\\s{0,4})(?:${QUOTED}|[^\\s&,;"'}]+)`,
      'gi',
    ),
    `$1${REDACTED}`,
  ],
  [/\b(bearer\s{1,4})[\w.~+/=-]{6,}/gi, `$1${REDACTED}`],
  [/\b(Basic\s{1,4})[A-Za-z0-9+/]{8,}={0,2}/g, `$1${REDACTED}`],
  [/(:\/\/)(?:[^\s/?#@]{1,256}|[^\s/?#@:]{0,128}:[^\s@]{1,256})@/g, `$1${REDACTED}@`],
  // Google's tokens, keys and client secrets, AWS's and GitHub's, and any JSON web token.
  [/\bya29\.[\w./-]+|\b1\/\/0[\w-]{20,}/g, REDACTED],
  [/\b(?:AIza|GOCSPX-|A[KS]IA|gh[a-z]_|github_pat_)[\w-]{10,}/g, REDACTED],
  [/\beyJ[\w-]{6,512}\.[\w-]{1,8192}(?:\.[\w-]*)?/g, REDACTED],
];

/** True if a field with this name must be redacted. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/**
 * Replaces text that looks like a secret by its shape or by the name before it. This is a safety
 * net: the pipeline handles no secrets, but an exception may quote a request that has one.
 */
export const redacted = (text: string): string =>
  RULES.reduce((safe, [shape, instead]) => safe.replace(shape, instead), text);

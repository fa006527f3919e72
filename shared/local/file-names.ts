/**
 * Object keys and document names as paths. Ordinary names stay as they are; what a file system
 * would not take literally (`..`, reserved characters, our own suffixes) is percent-encoded.
 */
const encodeSegment = (segment: string): string => {
  const encoded = [...segment]
    .map((character) =>
      /[A-Za-z0-9._=+@,-]/.test(character) ? character : encodeURIComponent(character),
    )
    // encodeURIComponent leaves these as they are.
    .join('')
    .replace(
      /[!~*'()]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );
  if (encoded === '') return '%';
  return /^\.+$/.test(encoded) || encoded.endsWith('.tmp')
    ? encoded.replaceAll('.', '%2E')
    : encoded;
};

const decodeSegment = (segment: string): string =>
  segment === '%' ? '' : decodeURIComponent(segment);

export const pathOfKey = (key: string): string => key.split('/').map(encodeSegment).join('/');

export const keyOfPath = (path: string): string => path.split('/').map(decodeSegment).join('/');

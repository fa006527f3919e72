/**
 * Maps object keys and document names to paths. Ordinary names are unchanged; text with a special
 * meaning in a file system (`..`, reserved characters) is percent-encoded.
 */
const encodeSegment = (segment: string): string => {
  const encoded = [...segment]
    .map((character) =>
      /[A-Za-z0-9._=+@,-]/.test(character) ? character : encodeURIComponent(character),
    )
    // encodeURIComponent does not encode these characters.
    .join('')
    .replace(
      /[!~*'()]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );
  if (encoded === '') return '%';
  return /^\.+$/.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded;
};

/** Suffixes of the stores' own files. A folder name never ends in one of them. */
const OWN_SUFFIX = /\.(json|part|tmp)$/i;

const encodeFolder = (segment: string): string => {
  const encoded = encodeSegment(segment);
  return OWN_SUFFIX.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded;
};

const decodeSegment = (segment: string): string =>
  segment === '%' ? '' : decodeURIComponent(segment);

/** The path of the folder for the keys below a key, or for a collection. */
export const folderOfKey = (key: string): string => key.split('/').map(encodeFolder).join('/');

/** The path of the file for a key. */
export const pathOfKey = (key: string): string => {
  const nameAt = key.lastIndexOf('/') + 1;
  const name = encodeSegment(key.slice(nameAt));
  return nameAt === 0 ? name : `${folderOfKey(key.slice(0, nameAt - 1))}/${name}`;
};

export const keyOfPath = (path: string): string => path.split('/').map(decodeSegment).join('/');

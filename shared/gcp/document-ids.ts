/**
 * Document names as Firestore's ids. Ordinary names stay as they are; what Firestore would not take
 * (`/`, the whole names ``, `.`, `..` and `__…__`) is percent-encoded, and `%` with it so that no
 * two names become one.
 */
export const encodeDocumentId = (name: string): string => {
  if (name === '') return '%';
  const id = name.replace(/[%/]/g, encodeURIComponent);
  return /^(\.\.?|__.*__)$/s.test(id)
    ? `%${id.charCodeAt(0).toString(16).toUpperCase()}${id.slice(1)}`
    : id;
};

export const decodeDocumentId = (id: string): string => (id === '%' ? '' : decodeURIComponent(id));

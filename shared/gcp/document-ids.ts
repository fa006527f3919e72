/**
 * Maps document names to Firestore ids. Ordinary names are unchanged. Text that Firestore rejects
 * (`/`, the complete names ``, `.`, `..` and `__…__`) is percent-encoded, as is `%`, so that the
 * mapping is unique.
 */
export const encodeDocumentId = (name: string): string => {
  if (name === '') return '%';
  const id = name.replace(/[%/]/g, encodeURIComponent);
  return /^(\.\.?|__.*__)$/s.test(id)
    ? `%${id.charCodeAt(0).toString(16).toUpperCase()}${id.slice(1)}`
    : id;
};

export const decodeDocumentId = (id: string): string => (id === '%' ? '' : decodeURIComponent(id));

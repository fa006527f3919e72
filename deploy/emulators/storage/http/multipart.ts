import { invalid } from '../model/storage-error.js';

export interface Part {
  readonly contentType: string | undefined;
  readonly content: Buffer;
}

const HEADERS_END = '\r\n\r\n';

const partOf = (bytes: Buffer): Part => {
  const end = bytes.indexOf(HEADERS_END);
  if (end < 0) throw invalid('Expected an empty line after the headers of a multipart part.');
  const headers = bytes.subarray(0, end).toString('latin1');
  return {
    contentType: /^content-type:\s*(.+?)\s*$/im.exec(headers)?.[1],
    content: bytes.subarray(end + HEADERS_END.length),
  };
};

/**
 * The two parts of a `multipart/related` upload: the object's metadata as JSON, and its bytes. Both
 * are views of the body, not copies.
 */
export const twoParts = (contentType: string | undefined, body: Buffer): readonly [Part, Part] => {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined)
    throw invalid(`Expected a multipart content type with a boundary, got "${contentType}".`);
  const delimiter = `\r\n--${boundary}`;
  const opening = body.indexOf(delimiter.slice('\r\n'.length));
  const middle = body.indexOf(delimiter, opening + 1);
  // Searched from the end, to avoid scanning the content.
  const closing = body.lastIndexOf(`${delimiter}--`);
  if (opening < 0 || middle < 0 || closing <= middle)
    throw invalid('Expected a multipart body of two parts and a closing boundary.');
  return [
    partOf(body.subarray(opening + delimiter.length, middle)),
    partOf(body.subarray(middle + delimiter.length, closing)),
  ];
};

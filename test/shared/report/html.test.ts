import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeHtml, html } from '../../../shared/report/html.js';

describe('html', () => {
  it('escapes text and leaves markup as it is', () => {
    const inner = html`<b>${'a < b & "c"'}</b>`;
    assert.equal(
      html`<p title="${"it's"}">${inner}${3}${undefined}${[inner, inner]}</p>`.markup,
      `<p title="it&#39;s">${inner.markup.repeat(1)}3${inner.markup.repeat(2)}</p>`,
    );
    assert.equal(inner.markup, '<b>a &lt; b &amp; &quot;c&quot;</b>');
  });

  it('shows control characters instead of writing them', () => {
    assert.equal(escapeHtml('a\u0000b\u001bc\td\n'), 'a\u{FFFD}b\u{FFFD}c\td\n');
  });

  it('escapes text so that it cannot end an element, an attribute or a comment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(escapeHtml(text), /[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});

import type { BodyType } from '../domain/vocabulary.ts';

/** In UTF-16 units. Longer than any document's head with its styles, so HTML has a tag before this limit. */
const MAX_LOOKED_AT = 256 * 1024;
const HTML_TAG =
  /<(?:!doctype\b|!--|\?xml\b|\/?(?:a|abbr|address|article|b|base|big|blockquote|body|br|center|code|dd|div|dl|dt|em|font|footer|form|h[1-6]|head|header|hr|html|i|img|ins|label|li|link|main|meta|nav|o:p|ol|p|pre|q|s|section|small|span|strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul)(?:\s[^<>]{0,5000})?\/?>)/i;
const ENTITY = /&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});/i;

/**
 * Detects the type of a body that the provider declares as HTML, because providers pass on plain text without
 * converting it. `<ann@acme.example>` and `<https://…>` don't count as tags.
 */
export function bodyTypeOf(body: string): BodyType {
  const beginning = body.slice(0, MAX_LOOKED_AT);
  if (HTML_TAG.test(beginning) || ENTITY.test(beginning)) return 'text/html';
  return /[<\n]/.test(beginning) ? 'text/plain' : 'text/html';
}

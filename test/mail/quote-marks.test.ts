import { describe, expect, it } from 'vitest';
import { previewOf } from '../../src/mail/preview.ts';

/** Plain texts that quote with other marks than `>`, as on mailing lists. Add a text here that is read wrongly. */

const WROTE = 'On Mon, 2 Nov 2026 at 9:00, AR <ar@harborline.example> wrote:';

const TEXTS: [shape: string, text: string, preview: string][] = [
  // Above the sender's own words.
  ...[')', ']', '}', '|', ':', ';', '%', '~', '!', '#', '*', '=', '+', '&', '$', '¦', '»', '│'].map(
    (mark): [string, string, string] => [
      `"${mark} " above, below an attribution`,
      `${WROTE}\n${mark} Please pay INV-7001.\n${mark} Today.\n\nWe pay on Friday.`,
      'We pay on Friday.',
    ],
  ),
  ...[')', ']', '}', '|', ':', ';', '%', '~', '!', '»'].map((mark): [string, string, string] => [
    `"${mark} " above, without an attribution`,
    `${mark} Please pay INV-7001.\n${mark} Today.\n\nWe pay on Friday.`,
    'We pay on Friday.',
  ]),
  ...[')', ']', '}', '|', ':', '%', '~', 'JD>', 'jd>', 'John>', 'J.D.>', 'Jörg>'].map(
    (mark): [string, string, string] => [
      `"${mark} " above, below a name only`,
      `John Doe wrote:\n${mark} Please pay INV-7001.\n${mark} Today.\n\nWe pay on Friday.`,
      'We pay on Friday.',
    ],
  ),
  ['one marked line only', `${WROTE}\n) Please pay INV-7001.\n\nWe pay on Friday.`, 'We pay on Friday.'],
  ['one marked line below a name', 'John schrieb:\n} Bitte zahlen.\n\nWir zahlen.', 'Wir zahlen.'],
  ['a name without an attribution', 'John> Please pay.\nJohn> Today.\n\nWe pay.', 'We pay.'],
  ['marks of two depths', `${WROTE}\n) ) Please pay.\n) We asked twice.\n\nWe pay.`, 'We pay.'],
  ['between the own words', `We got this:\n\n${WROTE}\n) Please pay.\n\nWe pay.`, 'We got this: We pay.'],
  ['answers between the lines', `${WROTE}\n) Is INV-7001 paid?\nYes.\n) And INV-7002?\nOn Friday.`, 'Yes. On Friday.'],
  // Below the sender's own words.
  ['below a name', 'We pay.\n\nJohn Doe wrote:\n) Please pay.\n) Today.', 'We pay.'],
  ['below without a name', 'We pay.\n\n} Please pay.\n} Today.', 'We pay.'],
  ['list marks below an attribution', `We pay.\n\n${WROTE}\n* Please pay.\n* Today.`, 'We pay.'],
  // No own words: the first that are quoted.
  ['nothing but marked lines', ') Please pay.\n) Today.', 'Please pay. Today.'],
  ['nothing below an attribution', `${WROTE}\n# Please pay.\n# Today.`, 'Please pay. Today.'],
  ['one marked line and nothing else', ') Please pay.', ') Please pay.'],
  ['only initials', 'jd> Please pay.\njd> Today.', 'Please pay. Today.'],
  // What people write.
  ['a list', 'Paid today:\n* INV-7001\n* INV-7002', 'Paid today: * INV-7001 * INV-7002'],
  ['a list of numbers', '# 7001 is paid\n# 7002 is not', '# 7001 is paid # 7002 is not'],
  ['dashes', '- INV-7001 is paid\n- INV-7002 is not', '- INV-7001 is paid - INV-7002 is not'],
  [
    'an accountant’s list',
    'Our accountant wrote:\n* pay 7001\n* pay 7002',
    'Our accountant wrote: * pay 7001 * pay 7002',
  ],
  ['a table', '| Invoice | Amount |\n| 7001 | 500 |', '| Invoice | Amount | | 7001 | 500 |'],
  ['a smiley at the beginning', ':) thanks\nWe pay.', ':) thanks We pay.'],
  ['one line that begins oddly', '~ 500 EUR are open.\nIs that right?', '~ 500 EUR are open. Is that right?'],
  [
    'a path of menus',
    'Settings> Billing shows INV-7001.\nIs it paid?',
    'Settings> Billing shows INV-7001. Is it paid?',
  ],
];

describe('a plain text with', () => {
  it.each(TEXTS)('%s', (_shape, text, preview) => {
    expect(previewOf(text, 'text/plain')).toBe(preview);
    const html = text.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
    expect(previewOf(`<div>${html}</div>`, 'text/html')).toBe(preview);
  });
});

import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it, vi } from 'vitest';
import { BodyTexts, fullTextOf, ownTextOf, PREVIEW_LENGTH, previewOf } from '../../src/mail/preview.ts';
import { HTML_REPLIES, TEXT_REPLIES } from '../support/mail-bodies.ts';
import { processorMilliseconds } from '../support/processor-time.ts';

const html = (body: string | null) => previewOf(body, 'text/html');
const text = (body: string | null) => previewOf(body, 'text/plain');
const lengthOf = (preview: string | null) => Array.from(preview ?? '').length;

describe('previewOf', () => {
  it.each(Object.entries(HTML_REPLIES))('shows the own words of an HTML mail: %s', (_, body) => {
    expect(html(body)).toBe('Own words.');
  });

  it.each(Object.entries(TEXT_REPLIES))('shows the own words of a plain text mail: %s', (_, body) => {
    expect(text(body)).toBe('Own words.');
  });

  it('shows the forwarded words where there are no others', () => {
    const gmail = `<div dir="ltr"><br><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: <b>Bob</b> &lt;bob@acme.example&gt;<br>Date: Tue, 6 Jan 2026<br>Subject: Hi<br>To: Ann<br></div><br><p>Forwarded words.</p></div></div>`;
    const apple = `<body>\n<div><br><blockquote type="cite"><div>Begin forwarded message:</div><br><div><b>From: </b>Bob</div><div><b>Subject: </b>Hi</div><div><b>Date: </b>6 January</div><div><b>To: </b>Ann</div><br><div>Forwarded words.</div></blockquote></div></body>`;
    const thunderbird = `<p><br></p><div class="moz-forward-container"><br>-------- Forwarded Message --------<table class="moz-email-headers-table"><tr><th>Subject: </th><td>Hi</td></tr><tr><th>From: </th><td>Bob</td></tr></table><br>Forwarded words.</div>`;
    const plain =
      '---------- Forwarded message ---------\nFrom: Bob <bob@acme.example>\nDate: Tue, 6 Jan 2026\nSubject: Hi\nTo: Ann\n\nForwarded words.';
    expect([html(gmail), html(apple), html(thunderbird), text(plain)]).toEqual(Array(4).fill('Forwarded words.'));
  });

  it('is null without words', () => {
    for (const body of [null, '', '   ', '&nbsp;<br>', '<p></p>', '<img src="x.png">', '<!-- x -->']) {
      expect(html(body)).toBeNull();
    }
    for (const body of [null, '', '\r\n \t', '> ', '-- \n', '\0\0']) expect(text(body)).toBeNull();
  });

  it('is not fooled by sentences that only look like history', () => {
    expect(text('He wrote:\n"we pay on 5 May"\nFrom: the desk of Ann\nOn Monday we meet.')).toBe(
      'He wrote: "we pay on 5 May" From: the desk of Ann On Monday we meet.',
    );
    expect(text('On 5 May 2026 Bob wrote:\nwe pay')).toBe('On 5 May 2026 Bob wrote: we pay');
    expect(text('Am 06.01.2026 schrieb ich Ihnen:\nbitte zahlen')).toBe(
      'Am 06.01.2026 schrieb ich Ihnen: bitte zahlen',
    );
    expect(text('Open items:\n1) INV-1001 of 2026-01-06:\nplease pay')).toBe(
      'Open items: 1) INV-1001 of 2026-01-06: please pay',
    );
    expect(html('<blockquote style="margin:0 0 0 40px;border:none">indented</blockquote> words')).toBe(
      'indented words',
    );
  });

  it('is one line of text without markup, with entities decoded and blanks collapsed', () => {
    expect(
      html('<h1>Title</h1><ul><li>one</li><li>two</li></ul>a&nbsp;&nbsp;b<br/>c&amp;d &euro;5 &lt;ok&gt; &#x1F600;'),
    ).toBe('Title one two a b c&d €5 <ok> 😀');
    expect(html('<p>in<b>vo</b>ice</p><table><tr><td>1</td><td>2</td></tr></table>')).toBe('invoice 1 2');
    expect(html('no tags,\njust lines\n> quoted')).toBe('no tags, just lines');
    expect(text('a <b>tag</b> stays what it is: text')).toBe('a <b>tag</b> stays what it is: text');
    expect(html('a\u0000b\u0007c\u200Bd\uD800e')).toBe('a b cd\uFFFDe');
  });

  it('joins a word at soft hyphens and zero-width characters, and drops them between words', () => {
    for (const mark of ['\u00AD', '\u200B', '\u2060', '\uFEFF', '\u034F\u00AD'])
      expect(text(`pay${mark}ment is${mark} ${mark}due ${mark} ${mark}now`)).toBe('payment is due now');
    expect(html('<p>pay&shy;ment is due&#847; &shy; &#847; &shy;</p>')).toBe('payment is due');
  });

  it('holds nothing that could run, however it is hidden in the markup', () => {
    const attacks = [
      '<scr<script>ipt>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<svg/onload=alert(1)>',
      '<svg><script>alert(1)</script></svg>',
      '<a href="javascript:alert(1)">link</a>',
      '<style>@import "javascript:alert(1)"</style>',
      '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
      '<!--><script>alert(1)</script>-->',
      '<title><img src=x onerror=alert(1)></title>',
    ];
    for (const attack of attacks)
      expect(html(`${attack}<p>ok</p>`) ?? '').not.toMatch(/<[a-z]|onerror|onload|javascript:/i);
  });

  it('has at most 200 characters and never cuts one in half', () => {
    expect(html('a'.repeat(200))).toBe('a'.repeat(200));
    expect(html('a'.repeat(300))).toBe('a'.repeat(200));
    expect(text(`${'a'.repeat(199)}😀b`)).toBe(`${'a'.repeat(199)}😀`);
    expect(text(`${'a'.repeat(199)}👩‍👩‍👧b`)).toBe('a'.repeat(199));
    expect(text(`${'a'.repeat(199)}e\u0301b`)).toBe('a'.repeat(199));
    expect(text(`${'a'.repeat(199)}🇩🇪b`)).toBe('a'.repeat(199));
    expect(lengthOf(text('😀'.repeat(500)))).toBe(200);
    expect(lengthOf(text(`e${'\u0301'.repeat(500)}`))).toBe(200);
  });

  it.each([
    'שלום, החשבונית שולמה.',
    'مرحبا، تم دفع الفاتورة.',
    'Здравствуйте, счёт оплачен.',
    '請求書をお支払いしました。',
    '안녕하세요, 송장이 지불되었습니다.',
    'สวัสดี ใบแจ้งหนี้',
    'नमस्ते चालान',
    '👩‍👩‍👧 family',
    'می‌خواهم', // a zero-width non-joiner is a letter's part in Persian
  ])('keeps every script: %s', (words) => {
    expect(text(words)).toBe(words);
    expect(html(`<div dir="rtl">${words}</div>`)).toBe(words);
  });

  it('never throws and keeps its promises for any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<div>',
        '</div>',
        '<p',
        '>',
        '&',
        '&#',
        '<!--',
        '-->',
        '<style>',
        '</style>',
        '<blockquote type=cite>',
        '\n',
        '-- \n',
        '\0',
        '\uD83D',
        '> ',
      ),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...Object.values(HTML_REPLIES), ...Object.values(TEXT_REPLIES)),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.constantFrom('text/html' as const, 'text/plain' as const),
        (pieces, type) => {
          const preview = previewOf(pieces.join(''), type);
          if (preview === null) return;
          expect(lengthOf(preview)).toBeLessThanOrEqual(PREVIEW_LENGTH);
          expect(preview).toBe(preview.trim());
          expect(preview).not.toBe('');
          expect(preview.isWellFormed()).toBe(true);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
          expect(preview).not.toMatch(/[\u0000-\u001F\u007F]/);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  const MB = 1024 * 1024;
  it.each([
    ['<b>', '</i>'],
    ['<b></b>', ''],
    ['<div>', ''],
    ['<p>', ''],
    ['<', ''],
    ['&', ''],
    ['<!--', ''],
    ['<blockquote type=cite>', 'x'],
    ['<p style="display', ''],
    ['<a x=', ''],
    ['data:a/', ''],
    ['On 1/1/2026 a@b wrote ', ''],
    ['From: a\n', ''],
    ['1@:\n', ''],
    ['\n ', ''],
    ['-', '\n'],
    ['\u0301', ''],
    ['word ', ''],
  ])('takes a moment only for 5 MiB of %j and %j', (left, right) => {
    const body = left.repeat((5 * MB) / 2 / left.length) + right.repeat(right === '' ? 0 : (5 * MB) / 2 / right.length);
    previewOf('<p>warm</p>', 'text/html');
    for (const type of ['text/html', 'text/plain'] as const) {
      // Measured at up to nine plain passes; what grows faster than the body takes thousands.
      const plain = processorMilliseconds(() => sumOf(body));
      expect(processorMilliseconds(() => previewOf(body, type))).toBeLessThan(60 * plain);
    }
  });

  it('reads a mail no further than its preview goes', () => {
    const write = vi.spyOn(Parser.prototype, 'write');
    const body = '<p>We will pay the open invoices on Friday.</p>'.repeat(20_000);
    expect(lengthOf(html(body))).toBe(PREVIEW_LENGTH);
    expect(write.mock.calls.reduce((read, [piece]) => read + piece.length, 0)).toBeLessThan(2_000);
    write.mockRestore();
  });

  it('is the same wherever a piece that is read at once ends', () => {
    const body =
      '<p class="a">Fish &amp; Chips&nbsp;Ltd</p><style>p{}</style><pre>pays\n\u{1F600} soon</pre><div class="gmail_quote">x</div>';
    const expected = html(body);
    expect(expected).toBe('Fish & Chips Ltd pays \u{1F600} soon x');
    for (let before = 0; before < 300; before += 1) {
      expect(html(`<!--${'-'.repeat(before)}-->${body}`), `${before} before it`).toBe(expected);
    }
  });

  it('finds the words behind megabytes of style and of pictures pasted in', () => {
    const style = `<style>${'.a{color:red}'.repeat(20_000)}</style>`;
    const picture = `<img src="data:image/png;base64,${'A'.repeat(4 * MB)}">`;
    expect(html(`<html><head>${style}</head><body>${picture}<p>Own words.</p></body></html>`)).toBe('Own words.');
  });
});

describe('ownTextOf and fullTextOf', () => {
  it('keep every word of a paragraph without line breaks, whole', () => {
    const words = Array.from({ length: 12_000 }, (_, n) => `w${n}`);
    const paragraph = words.join(' ');
    expect(paragraph.length).toBeLessThan(100_000);
    expect(ownTextOf(paragraph, 'text/plain', 100_000).split(/\s/)).toEqual(words);
    expect(ownTextOf(`<p>${paragraph}</p>`, 'text/html', 100_000).split(/\s/)).toEqual(words);
    expect(ownTextOf('x'.repeat(10_000), 'text/plain').replaceAll('\n', '')).toBe('x'.repeat(10_000));
  });

  it('take the rest of a long quoted line for quoted', () => {
    const quoted = `> ${'quoted '.repeat(2_000)}`;
    expect(ownTextOf(`Own words.\n${quoted}`, 'text/plain')).toBe('Own words.');
    expect(ownTextOf(`${quoted}\nOwn words.`, 'text/plain')).toBe('Own words.');
  });

  it('give the rules more than a preview, with or without earlier messages', () => {
    const body = `First line\n${'word '.repeat(100)}\n\n-----Original Message-----\nFrom: Bob\nINV-1001`;
    expect(ownTextOf(body, 'text/plain')).toBe(`First line\n${'word '.repeat(100).trim()}`);
    expect(fullTextOf(body, 'text/plain')).toContain('INV-1001');
    expect(ownTextOf('word\n'.repeat(1_000), 'text/plain', 100).length).toBeLessThan(120);
    expect([ownTextOf(null, 'text/html'), fullTextOf(null, 'text/html')]).toEqual(['', '']);
  });

  it.each([
    ['own words above a quote', '<p>Own words.</p><p>More.</p><blockquote>quoted</blockquote>'],
    ['a quote only', '<blockquote>quoted</blockquote>'],
    ['words in the colour of the background', '<p style="color:white">Pay.</p><blockquote>quoted</blockquote>'],
    ['words that a style sheet hides', '<style>.a{display:none}</style><p class="a">Pay.</p>'],
  ])('are the same in any order when a body is read once: %s', (_, body) => {
    const [own, full, start] = [
      ownTextOf(body, 'text/html'),
      fullTextOf(body, 'text/html'),
      ownTextOf(body, 'text/html', 1),
    ];
    const [forwards, backwards] = [new BodyTexts(body, 'text/html'), new BodyTexts(body, 'text/html')];
    expect([forwards.own(1), forwards.own(20_000), forwards.full(40_000)]).toEqual([start, own, full]);
    expect([backwards.full(40_000), backwards.own(20_000), backwards.own(1)]).toEqual([full, own, start]);
  });
});

/** The yardstick: looks at each character once. */
function sumOf(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum += text.charCodeAt(at);
  return sum;
}

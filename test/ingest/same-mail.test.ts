import { describe, expect, it } from 'vitest';
import { type ComparedMail, comparableSubject, isSameMail } from '../../src/ingest/same-mail.ts';

/** One mail, or two? Each row changes the second delivery; extend the tables with what a provider sent. */

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 5, 12, 0, seconds));
const MAIL: ComparedMail = {
  messageId: 'b1@erp.acme.example',
  from: { email: 'Ann@acme.example' },
  to: [{ email: 'ar@northwind.example' }],
  cc: [],
  subject: 'Remittance for INV-1001',
  date: at(0),
  body: '<p>We pay INV-1001 on Friday by bank transfer.</p>',
  bodyType: 'text/html',
  files: [],
};
const FOOTER = `${MAIL.body}<p>-- <br>You get this as a member of the list AR.</p>`;
const BANNER = `<p>CAUTION: this mail came from outside of your organisation.</p>${MAIL.body}`;
const scan = (sizeBytes: number | null) => [{ filename: 'scan.pdf', sizeBytes }];

type Row = [
  why: string,
  second: Partial<ComparedMail>,
  inOtherMailbox: boolean,
  inSameMailbox: boolean,
  first?: Partial<ComparedMail>,
];

const WITH_THE_SAME_ID: Row[] = [
  ['nothing differs', {}, true, true],
  ['a list: tag, footer, later', { subject: '[AR] Remittance for INV-1001', body: FOOTER, date: at(40) }, true, true],
  ['a gateway: banner and tag', { subject: '[EXTERNAL] Remittance for INV-1001', body: BANNER }, true, true],
  [
    'links rewritten',
    { body: '<p>We pay INV-1001 on Friday by bank transfer. https://gate.example/x1</p>' },
    true,
    true,
    { body: '<p>We pay INV-1001 on Friday by bank transfer. https://a.example/</p>' },
  ],
  ['other recipients', { to: [{ email: 'jane@northwind.example' }] }, true, true],
  [
    'other sender and words',
    { from: { email: 'bo@birch.example' }, subject: 'Dispute', body: '<p>Wrong goods.</p>' },
    false,
    false,
  ],
  ['another number in the text', { body: '<p>We pay INV-1002 on Friday by bank transfer.</p>' }, false, false],
  ['the same words a day later', { date: at(86_400) }, false, false],
  ['hours late, but equal in everything', { date: at(7_200) }, true, true],
  ['hours late, another file', { date: at(7_200), files: scan(7) }, false, false, { files: scan(9) }],
  [
    'another subject in the same minute',
    { subject: 'Remittance for INV-1002', body: '<p>See above.</p>' },
    false,
    false,
  ],
  ['a copy that came truncated', { body: null }, true, true],
  ['truncated, another subject', { body: null, subject: 'Remittance for INV-1002' }, true, false],
];

const WITHOUT_IDS: Row[] = [
  ['nothing differs', {}, true, true],
  ['seconds apart', { date: at(30) }, true, false],
  ['an hour apart', { date: at(3_600) }, false, false],
  ['another text in the same second', { body: '<p>We pay INV-1001 next week instead, sorry.</p>' }, false, false],
  ['another subject in the same second', { subject: 'Remittance for INV-1002' }, false, false],
  ['another recipient in the same second', { to: [{ email: 'ar+b@northwind.example' }] }, false, false],
  ['another sender in the same second', { from: { email: 'ann+x@acme.example' } }, false, false],
  ['another file in the same second', { files: scan(7) }, false, false, { files: scan(900) }],
  ['sizes counted in Base64', { files: scan(1_370) }, true, false, { files: scan(1_000) }],
  ['a gateway tag', { subject: 'EXT: Remittance for INV-1001' }, true, true],
  ['no time', { date: null }, false, false],
  ['no sender', { from: null }, false, false],
  ['no text, the same second', { body: null }, true, true],
  ['no text, seconds apart', { body: null, date: at(30) }, false, false],
];

describe('isSameMail with the same Message-ID', () => {
  it.each(WITH_THE_SAME_ID)('%s', (_why, second, inOther, inSame, first = {}) => {
    const [a, b] = [
      { ...MAIL, ...first },
      { ...MAIL, ...second },
    ];
    expect([isSameMail(a, b, false), isSameMail(b, a, false)]).toEqual([inOther, inOther]);
    expect(isSameMail(a, b, true)).toBe(inSame);
  });

  it('never takes mails with two Message-IDs for one', () => {
    expect(isSameMail(MAIL, { ...MAIL, messageId: 'b2@erp.acme.example' }, false)).toBe(false);
  });
});

describe('isSameMail without a Message-ID on one side', () => {
  it.each(WITHOUT_IDS)('%s', (_why, second, inOther, inSame, first = {}) => {
    const [a, b] = [
      { ...MAIL, ...first },
      { ...MAIL, ...second, messageId: null },
    ];
    expect([isSameMail(a, b, false), isSameMail(b, a, false)]).toEqual([inOther, inOther]);
    expect(isSameMail(a, b, true)).toBe(inSame);
  });
});

describe('comparableSubject', () => {
  it.each([
    ['[EXTERNAL] Invoice 7', 'invoice 7'],
    ['Re: [EXT] Invoice 7', 're: invoice 7'],
    ['[extern]  AW: Rechnung', 'aw: rechnung'],
    ['***SPAM*** Invoice 7', 'invoice 7'],
    ['EXTERNAL: Invoice 7', 'invoice 7'],
    ['[INV-7001] paid', '[inv-7001] paid'],
    ['', ''],
  ])('%s', (subject, compared) => {
    expect(comparableSubject(subject)).toBe(compared);
  });
});

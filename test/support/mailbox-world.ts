import { HTML_REPLIES } from './mail-bodies.ts';
import { nylasEvent } from './nylas-samples.ts';

/**
 * Correspondence as mailboxes really hold it, with the truth beside it: which mails there are and which of them belong
 * together. Written without a line of what it tests.
 */

export type TrueMail = {
  /** Every id that a provider gave it: `grant/message id`. */
  copies: string[];
  conversation: number;
  subject: string;
  body: string | null;
  /** Null when its date is missing or wrong. */
  seconds: number | null;
};

export type World = { mails: TrueMail[]; conversations: number; events: object[] };

export type Random = () => number;

/** The same numbers for the same seed. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SUBJECTS = [
  '',
  'Invoice 10397 – overdue',
  'Zahlungserinnerung: Rechnung überfällig',
  'تذكير بالدفع',
  'תזכורת תשלום',
  '請求書の件',
  '发票逾期',
  '청구서 확인 부탁드립니다',
  'Напоминание об оплате',
  'Υπενθύμιση πληρωμής',
  'แจ้งเตือนการชำระเงิน',
  'भुगतान अनुस्मारक',
  '👩‍👩‍👧 party 🎉 e\u0301',
  ' \t leading and trailing  ',
  'tab\tand\r\nfolded',
  'nul \u0000 and half \uD83D a pair',
  'S'.repeat(2_000),
  '<script>alert(1)</script>',
  "Robert'); DROP TABLE mails;--",
  '\u202Ereversed\u202C',
];
const PREFIXES = ['Re: ', 'RE: RE: ', 'AW: ', 'SV: ', 'Fwd: ', 'TR : ', '回复：', 'Odp: ', ''];
const BODIES = [
  ...Object.values(HTML_REPLIES),
  '',
  null,
  'plain text, no markup at all\r\n> quoted\r\n-- \r\nsig',
  '<p>مرحبا، سندفع الفاتورة يوم الجمعة.</p>',
  '<p>支払いは金曜日です。</p>\u0000<p>\uDFFF</p>',
  '<div><table><tr><td>broken <b>tags<td></div></p><!-- never closed',
  `<p>${'long '.repeat(4_000)}</p>`,
  `${'> '.repeat(50)}deep quoting\n`.repeat(20),
  '&lt;img src=x onerror=alert(1)&gt;',
];
const WRONG_DATES = [undefined, null, 0, -1, 'yesterday', 9e16, {}];
const FIRST_SECOND = 1_700_000_000;

type Mailboxes = { first: string; second: string };

/** @param salt makes ids differ between worlds */
export function inventWorld(random: Random, conversations: number, { first, second }: Mailboxes, salt: string): World {
  const world: World = { mails: [], conversations: 0, events: [] };
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
  for (let nth = 0; nth < conversations; nth += 1) {
    const kind = pick(['first', 'first', 'second', 'both', 'both', 'both', 'relay', 'strangers']);
    const length = 1 + Math.floor(random() ** 4 * 8);
    const subject = pick(SUBJECTS);
    let previous: string | null = null;
    for (let at = 0; at < Math.max(length, kind === 'relay' || kind === 'strangers' ? 2 : 1); at += 1) {
      const seen = seenBy(kind, at, random);
      // What no header and no date tells from another mail is another mail.
      const hasHeaders = kind === 'relay' || (kind !== 'strangers' && random() < 0.5);
      const hasDate = (seen.length > 1 && !hasHeaders) || random() < 0.9;
      const sequence = world.mails.length;
      const messageId = `<${salt}.${nth}.${at}@customer.example>`;
      const mail: TrueMail = {
        copies: seen.map((box) => `${box === 'first' ? first : second}/${salt}-${box}-${nth}-${at}`),
        conversation: kind === 'strangers' ? world.conversations + Math.min(at, 1) : world.conversations,
        subject: at === 0 || random() < 0.2 ? subject : `${pick(PREFIXES)}${subject}`,
        body: pick(BODIES),
        seconds: hasDate ? FIRST_SECOND + sequence * 7 : null,
      };
      const parties = inventParties(random, pick);
      const scan = { id: 'a', filename: 'स्कैन.pdf', content_type: 'application/pdf', size: 9 };
      const attachments = random() < 0.1 ? [scan] : [];
      for (const box of seen) {
        const object = {
          ...parties,
          grant_id: box === 'first' ? first : second,
          id: `${salt}-${box}-${nth}-${at}`,
          thread_id: `${salt}-${box}-${nth}`,
          subject: mail.subject,
          snippet: '',
          body: mail.body,
          date: mail.seconds ?? pick(WRONG_DATES),
          attachments,
          folders: box === 'first' && random() < 0.3 ? ['SENT'] : ['INBOX'],
          headers: hasHeaders ? headersOf(messageId, previous) : [],
        };
        world.events.push(
          nylasEvent(object, { id: `event-${salt}-${box}-${nth}-${at}`, time: FIRST_SECOND + sequence * 7 + 3 }),
        );
      }
      world.mails.push(mail);
      if (hasHeaders) previous = messageId;
    }
    world.conversations += kind === 'strangers' ? 2 : 1;
  }
  return world;
}

type Box = 'first' | 'second';

/**
 * `both`: the first mail reached both mailboxes, each later one either or both. `relay`: the first mailbox asked, only
 * the second one was answered. `strangers`: alike, but nothing joins them.
 */
function seenBy(kind: string, at: number, random: Random): Box[] {
  if (kind === 'first' || kind === 'second') return [kind];
  if (kind === 'relay' || kind === 'strangers') return [at === 0 ? 'first' : 'second'];
  if (at === 0 || random() < 0.5) return random() < 0.5 ? ['first', 'second'] : ['second', 'first'];
  return [random() < 0.5 ? 'first' : 'second'];
}

function headersOf(messageId: string, previous: string | null) {
  const own = { name: 'Message-ID', value: messageId };
  if (previous === null) return [own];
  return [own, { name: 'In-Reply-To', value: previous }, { name: 'References', value: `<lost@x.example> ${previous}` }];
}

function inventParties(random: Random, pick: <T>(values: readonly T[]) => T) {
  const nobody = { name: 'Zoë 🙂', email: `person${Math.floor(random() * 500)}@customer.example` };
  const crowd = Array.from({ length: random() < 0.05 ? 250 : 1 }, (_, nth) => ({
    name: pick(['', 'Ann', '李雷', '"Reed, Ann"']),
    email: `to${nth}.${Math.floor(random() * 1_000)}@northwind.example`,
  }));
  return {
    from: [nobody],
    to: crowd,
    cc: random() < 0.3 ? [{ email: 'Boss@Customer.Example' }] : [],
    reply_to: [],
    bcc: [],
  };
}

export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const copy = [...values];
  for (let at = copy.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [copy[at], copy[other]] = [copy[other] as T, copy[at] as T];
  }
  return copy;
}

/**
 * Writes an import file of made-up correspondence to standard output, the same one for the same parameters:
 *
 *     tsx bench/generate.ts --messages 1000000 --companies 20 --seed 1 > bench/work/million.ndjson
 *
 * Skewed as real data is: the biggest company has 40 % of the messages; conversations have about four, with a long tail
 * to some 500; bodies are about 1.4 KB (`--body-characters`), half of them HTML. Messages of a company come in the order of their times.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000' },
    companies: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    'body-characters': { type: 'string', default: '1400' },
  },
});
const BODY_CHARACTERS = Number(values['body-characters']);

const BIGGEST_SHARE = 0.4;
const LONGEST_CONVERSATION = 500;
const FIRST_DAY = Date.UTC(2023, 0, 2);
const DAYS = 1_000;
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

const WORDS =
  `account accounts payable receivable invoice payment remittance transfer bank check wire amount balance overdue due date
  terms net thirty days statement aging reminder notice dispute credit note discount short paid partial order purchase
  delivery shipment received quantity price contract approval manager controller finance department team system portal
  upload resend copy attached please confirm review schedule week month today tomorrow friday monday processed pending hold
  release run cycle cutoff tax form vendor number reference line item freight pallet damage return refund apply unapplied
  cash deposit lockbox address update contact phone call meeting follow question answer regarding thanks regards promise`
    .split(/\s+/)
    .filter((word) => word !== '');
const FIRST_NAMES =
  'Ana Ben Chloé Dmitri Elena Farid Grace Hiro Inés Jack Katya Liam María Noor Olga Paul Quinn Rosa Søren Tara'.split(
    ' ',
  );
const LAST_NAMES =
  'Alvarez Becker Chen Dubois Eriksen Fischer García Haddad Ivanov Jansen Kowalski Lopez Müller Nguyen Okafor Patel'.split(
    ' ',
  );
const TRADES = 'Logistics Foods Hardware Textiles Medical Printing Packaging Electric Marine Dairy Glass Timber'.split(
  ' ',
);
const TAGS = ['promise-to-pay', 'dispute', 'first-reminder', 'second-reminder', 'call-campaign', 'payment-plan'];

type Random = {
  /** From 0, below 1. */
  next(): number;
  below(limit: number): number;
  chance(share: number): boolean;
  pick<T>(values: readonly T[]): T;
};

type Customer = { id: string; name: string; contacts: Person[]; invoices: string[] };
type Person = { id: string; name: string; email: string; phone?: string };
type Company = { id: string; users: Person[]; customers: Customer[]; messages: number };
type Conversation = {
  groupId: string;
  kind: Kind;
  customer: Customer | undefined;
  with: Person | undefined;
  subject: string;
};
type Kind = 'email' | 'call' | 'manual';
/** A message that isn't written yet, in a heap by time. */
type Due = {
  at: number;
  left: number;
  conversation: Conversation;
  completes?: { action?: string; touchpoint?: string };
};

async function generate(messages: number, companies: number, seed: number): Promise<void> {
  const random = seeded(seed);
  for (let nth = 0; nth < companies; nth += 1) {
    await writeCompany(nth, Math.round(messages * shareOf(nth, companies)), random);
  }
  await flush();
}

/** The first company has 40 % of the messages, or all if it is the only one; each further one has less of the rest. */
function shareOf(nth: number, companies: number): number {
  if (companies === 1) return 1;
  if (nth === 0) return BIGGEST_SHARE;
  let harmonic = 0;
  for (let other = 1; other < companies; other += 1) harmonic += 1 / other;
  return (1 - BIGGEST_SHARE) / nth / harmonic;
}

async function writeCompany(nth: number, messages: number, random: Random): Promise<void> {
  const company: Company = { id: newId(FIRST_DAY - DAY, random), users: [], customers: [], messages };
  await write({
    type: 'company',
    id: company.id,
    name: `Company ${nth + 1}`,
    timezone: nth % 2 ? 'America/New_York' : 'UTC',
  });
  for (let user = 0; user < 3 + messages / 20_000; user += 1) await writeUser(company, nth, user, random);
  const customers = Math.max(2, Math.round(messages / 100));
  for (let customer = 0; customer < customers; customer += 1) await writeCustomer(company, customer, random);
  const due = new Heap();
  await writeSteps(company, due, random);
  await writeMessages(company, due, random);
}

async function writeUser(company: Company, nth: number, user: number, random: Random): Promise<void> {
  const person = newPerson(`company${nth + 1}.example`, random);
  company.users.push(person);
  const { id, name, email } = person;
  await write({ type: 'user', id, username: `user-${nth + 1}-${user + 1}`, email, name });
  await write({ type: 'membership', company_id: company.id, user_id: id, role: user === 0 ? 'admin' : 'member' });
}

async function writeCustomer(company: Company, nth: number, random: Random): Promise<void> {
  const name = `${random.pick(LAST_NAMES)} ${random.pick(TRADES)} ${nth + 1}`;
  const customer: Customer = { id: newId(FIRST_DAY, random), name, contacts: [], invoices: [] };
  company.customers.push(customer);
  await write({ type: 'customer', id: customer.id, company_id: company.id, name });
  const of = { company_id: company.id, customer_id: customer.id };
  for (let contact = 0; contact < 2; contact += 1) {
    const { id, name: contactName, email, phone } = newPerson(`customer${nth + 1}.example`, random);
    customer.contacts.push({ id, name: contactName, email });
    await write({ type: 'contact', id, ...of, name: contactName, email, phone });
  }
  for (let invoice = 0; invoice < 6; invoice += 1) {
    const id = newId(FIRST_DAY, random);
    customer.invoices.push(id);
    await write({ type: 'invoice', id, ...of, number: `INV-${(nth + 1) * 10 + invoice}` });
  }
}

/** Writes scheduled actions and touchpoints; a log later in the file completes a third of them. */
async function writeSteps(company: Company, due: Heap, random: Random): Promise<void> {
  for (const customer of company.customers) {
    for (const kind of ['action', 'touchpoint'] as const) {
      const id = newId(FIRST_DAY, random);
      const at = FIRST_DAY + random.below(DAYS) * DAY + random.below(1_440) * MINUTE;
      const isCompleted = random.chance(0.35);
      const of = { id, company_id: company.id, customer_id: customer.id };
      if (kind === 'action') {
        const status = isCompleted ? { status: 'completed', executed_at: iso(at) } : { status: 'proposed' };
        const invoice_id = random.pick(customer.invoices);
        await write({ type: 'scheduled_action', ...of, invoice_id, action_type: 'call', ...status, due_at: iso(at) });
      } else {
        const status = isCompleted ? { status: 'completed', completed_at: iso(at) } : { status: 'pending' };
        await write({
          type: 'scheduled_touchpoint',
          ...of,
          step_type: 'call',
          ...status,
          label: 'Day 30',
          scheduled_for: iso(at),
        });
      }
      if (!isCompleted || due.size >= company.messages) continue;
      const conversation = newConversation('manual', customer, at, random);
      due.push({ at, left: 1, conversation, completes: { [kind]: id } });
    }
  }
}

async function writeMessages(company: Company, due: Heap, random: Random): Promise<void> {
  let planned = due.size;
  const perDay = Math.max(1, (company.messages - planned) / 4 / DAYS);
  let begun = 0;
  let written = 0;
  while (written < company.messages) {
    const next = due.peek();
    const begins = FIRST_DAY + (begun / perDay) * DAY;
    if (planned < company.messages && (next === undefined || begins <= next.at)) {
      const left = Math.min(conversationLength(random), company.messages - planned);
      const customer = random.chance(0.97) ? random.pick(company.customers) : undefined;
      const kind = left > 1 ? 'email' : random.pick<Kind>(['email', 'email', 'call', 'manual']);
      due.push({ at: begins, left, conversation: newConversation(kind, customer, begins, random) });
      planned += left;
      begun += 1;
      continue;
    }
    const message = due.pop();
    if (message === undefined) break;
    await writeMessage(company, message, random);
    written += 1;
    if (message.left > 1)
      due.push({ ...message, at: message.at + 10 * MINUTE + random.below(2 * DAY), left: message.left - 1 });
  }
}

/**
 * The number of messages: two fifths of the conversations have one, most others few, some very many; about four on
 * average.
 */
function conversationLength(random: Random): number {
  if (random.chance(0.42)) return 1;
  return Math.min(LONGEST_CONVERSATION, Math.floor(2 + 2.4 * (random.next() ** -0.62 - 1)));
}

function newConversation(kind: Kind, customer: Customer | undefined, at: number, random: Random): Conversation {
  const subject = `${capital(phrase(3, random))} INV-${random.below(90_000) + 10_000}`;
  return { groupId: newId(at, random), kind, customer, with: customer && random.pick(customer.contacts), subject };
}

async function writeMessage(company: Company, message: Due, random: Random): Promise<void> {
  const { customer, groupId, kind } = message.conversation;
  const id = newId(message.at, random);
  const thread: Record<string, unknown> = {
    type: 'thread',
    id,
    company_id: company.id,
    thread_group_id: groupId,
    customer_id: customer?.id,
    contact_id: message.conversation.with?.id,
    ...contentOf(company, message, kind, random),
    is_resolved: random.chance(0.6),
    timestamp: iso(message.at),
    created_at: iso(message.at + 5_000),
  };
  if (customer && random.chance(0.4)) thread.invoice_ids = pickSome(customer.invoices, random);
  if (random.chance(0.2)) thread.strategy_tags = pickSome(TAGS, random);
  await write(thread);
  if (!random.chance(0.04)) return;
  const note = {
    id: newId(message.at + DAY, random),
    company_id: company.id,
    thread_id: id,
    author_id: random.pick(company.users).id,
  };
  await write({
    type: 'thread_note',
    ...note,
    content: sentences(160, ' ', random),
    created_at: iso(message.at + DAY),
  });
}

function contentOf(company: Company, message: Due, kind: Kind, random: Random): Record<string, unknown> {
  if (kind === 'manual') {
    return {
      communication_type: random.pick(['call', 'meeting', 'note', 'letter']),
      source: 'manual',
      direction: 'outbound',
      subject: message.conversation.subject,
      notes: sentences(300, ' ', random),
      logged_by_id: random.pick(company.users).id,
      scheduled_action_id: message.completes?.action,
      scheduled_touchpoint_id: message.completes?.touchpoint,
    };
  }
  if (kind === 'call') return callOf(message, random);
  return mailOf(company, message, random);
}

function callOf(message: Due, random: Random): Record<string, unknown> {
  const seconds = random.below(900);
  return {
    communication_type: 'call',
    source: 'vonage',
    direction: random.pick(['inbound', 'outbound']),
    subject: 'Call',
    call: {
      status: 'completed',
      from_number: `+1555${random.below(9_000_000) + 1_000_000}`,
      to_number: '+15550100000',
      started_at: iso(message.at),
      ended_at: iso(message.at + seconds * 1_000),
      duration_seconds: seconds,
    },
    provider: { call_uuid: newId(message.at, random) },
  };
}

function mailOf(company: Company, message: Due, random: Random): Record<string, unknown> {
  const user = random.pick(company.users);
  const stranger = { name: 'Front Desk', email: `office@stranger${random.below(5_000)}.example` };
  const contact = addressOf(message.conversation.with ?? stranger);
  const isInbound = random.chance(0.5);
  const isHtml = random.chance(0.5);
  const mail: Record<string, unknown> = {
    communication_type: 'email',
    source: 'nylas',
    direction: isInbound ? 'inbound' : 'outbound',
    subject: `Re: ${message.conversation.subject}`,
    body: isHtml
      ? htmlBody(user.name, random)
      : `${seldom(random)}. ${sentences(BODY_CHARACTERS - 20, '\n\n', random)}\n\nRegards,\n${user.name}`,
    body_type: isHtml ? 'text/html' : 'text/plain',
    from: isInbound ? contact : addressOf(user),
    to: [isInbound ? addressOf(user) : contact],
    requires_response: isInbound && message.left === 1 && random.chance(0.3),
    is_ar_related: random.pick([true, true, true, true, false, null]),
    provider: { message_id: newId(message.at, random), thread_id: message.conversation.groupId },
  };
  if (random.chance(0.15)) {
    const attachment = { content_type: 'application/pdf', size_bytes: random.below(500_000) };
    mail.attachments = [
      { filename: `statement-${random.below(1_000)}.pdf`, ...attachment, is_inline: random.chance(0.2) },
    ];
  }
  return mail;
}

function htmlBody(from: string, random: Random): string {
  const paragraphs = `${seldom(random)}. ${sentences(BODY_CHARACTERS - 140, '</p>\n<p>', random)}`;
  return `<html><body><p>${paragraphs}</p>\n<p>Regards,<br>${from}</p></body></html>`;
}

/**
 * Words for searches: one that 30 % of the mails have, one for 6 %, one for 0.2 %, and two out of 200,000 rare ones.
 */
function seldom(random: Random): string {
  const shares = Object.entries({ thirtieth: 0.3, sixth: 0.06, rarely: 0.002 });
  const words = shares.filter(([, share]) => random.chance(share)).map(([word]) => word);
  return [...words, `ref${random.below(200_000)}`, `ref${random.below(200_000)}`].join(' ');
}

/** About `length` characters; every third sentence ends a paragraph. */
function sentences(length: number, betweenParagraphs: string, random: Random): string {
  let text = '';
  for (let nth = 1; text.length < length; nth += 1) {
    text += `${capital(phrase(5 + random.below(10), random))}.${nth % 3 === 0 ? betweenParagraphs : ' '}`;
  }
  return text.trimEnd();
}

function phrase(words: number, random: Random): string {
  let text = random.pick(WORDS);
  for (let more = 1; more < words; more += 1) text += ` ${random.pick(WORDS)}`;
  return text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function pickSome<T>(values: readonly T[], random: Random): T[] {
  return [...new Set([random.pick(values), random.pick(values)])];
}

function newPerson(domain: string, random: Random): Required<Person> {
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const id = newId(FIRST_DAY, random);
  const email = `${first}.${last}.${id.slice(-4)}@${domain}`.toLowerCase();
  return { id, name: `${first} ${last}`, email, phone: `+1555${random.below(9_000_000) + 1_000_000}` };
}

function addressOf({ name, email }: { name: string; email: string }): { name: string; email: string } {
  return { name, email };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** A UUID version 7 whose random part comes from the seed. */
function newId(milliseconds: number, random: Random): string {
  const time = Math.floor(milliseconds).toString(16).padStart(12, '0');
  const variant = (8 + random.below(4)).toString(16);
  const rest = () =>
    random
      .below(2 ** 24)
      .toString(16)
      .padStart(6, '0');
  const [a, b, c] = [rest(), rest(), rest()];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-${variant}${a.slice(3)}-${b}${c}`;
}

/** The generator named sfc32. */
function seeded(seed: number): Random {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9, 0x243f6a88, 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 20; warm += 1) next();
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: <T>(values: readonly T[]) => values[below(values.length)] as T,
  };
}

/** Messages that aren't written yet, the earliest on top. */
class Heap {
  readonly #due: Due[] = [];

  get size(): number {
    return this.#due.length;
  }

  peek(): Due | undefined {
    return this.#due[0];
  }

  push(message: Due): void {
    let at = this.#due.push(message) - 1;
    while (at > 0 && this.#time((at - 1) >> 1) > this.#time(at)) {
      this.#swap(at, (at - 1) >> 1);
      at = (at - 1) >> 1;
    }
  }

  pop(): Due | undefined {
    const first = this.#due[0];
    const last = this.#due.pop();
    if (first === undefined || last === undefined || this.#due.length === 0) return first;
    this.#due[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const earliest = this.#time(left + 1) < this.#time(left) ? left + 1 : left;
      if (this.#time(earliest) >= this.#time(at)) return first;
      this.#swap(at, earliest);
      at = earliest;
    }
  }

  #time(at: number): number {
    return this.#due[at]?.at ?? Number.POSITIVE_INFINITY;
  }

  #swap(one: number, other: number): void {
    [this.#due[one], this.#due[other]] = [this.#due[other] as Due, this.#due[one] as Due];
  }
}

let pending = '';

async function write(line: Record<string, unknown>): Promise<void> {
  pending += `${JSON.stringify(line)}\n`;
  if (pending.length > 1 << 20) await flush();
}

async function flush(): Promise<void> {
  const text = pending;
  pending = '';
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

await generate(Number(values.messages), Number(values.companies), Number(values.seed));

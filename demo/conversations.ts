/** From the scripts of conversations by mail to `thread` lines, a message each. */

import { isTeam, personOf } from './cast.ts';
import { CONTACTS } from './contacts.ts';
import { contactId, customerId } from './ids.ts';
import { DEMO_COMPANY_ID, MAILBOXES, type Person, SHARED_ADDRESS } from './people.ts';
import { bodyTypeOf, type Letter, renderBody } from './render.ts';
import type { Conversation, MailExtra, MailScript } from './script.ts';
import { digest, numberFor, toInstant, uuidFor } from './script.ts';
import {
  after,
  assertInvoices,
  type Line,
  linkedInvoices,
  scheduledBy,
  type ThreadLines,
  writeNotes,
} from './thread-lines.ts';

/** The day on which the team's older mail was imported. */
const IMPORTED = toInstant('05-07 08:00');

export function writeConversation(lines: ThreadLines, conversation: Conversation): void {
  const { key, customer } = conversation;
  const times = conversation.mail.map(([at], index) => toInstant(at, numberFor(`${key}:${index}:second`, 0, 59)));
  const [first, last] = [times[0], times.at(-1)];
  if (!first || !last) throw new Error(`${key} has no mail`);
  const letters = lettersOf(conversation, times);
  conversation.mail.forEach(([at, by, text, extra = {}], index) => {
    checkMail(conversation, index);
    const [letter, time] = [letters[index], times[index]];
    if (!letter || !time) throw new Error(`${key} lost a letter`);
    const id = uuidFor('thread', `${key}:${index}`, time);
    const createdAt =
      conversation.source === 'import'
        ? new Date(IMPORTED.getTime() + numberFor(key, 0, 59_999))
        : after(time, numberFor(id, 2, 40));
    lines.threads.push({
      type: 'thread',
      id,
      company_id: DEMO_COMPANY_ID,
      thread_group_id: uuidFor('group', key, first),
      ...(customer ? { customer_id: customerId(customer) } : {}),
      ...contactOf(conversation, by, letter),
      communication_type: 'email',
      source: conversation.source ?? 'nylas',
      direction: isTeam(by) ? 'outbound' : 'inbound',
      subject: letter.subject,
      body: renderBody(letter),
      body_type: bodyTypeOf(letter.from),
      from: addressIn(conversation, by),
      to: letter.to,
      ...copiesOf(conversation, by, extra),
      requires_response: extra.needsReply === true,
      is_resolved: conversation.resolved === true,
      is_ar_related: extra.ar !== undefined ? extra.ar : conversation.ar !== undefined ? conversation.ar : true,
      ...(extra.tags ? { strategy_tags: extra.tags } : {}),
      ...linkedInvoices(conversation.invoices, at),
      ...attachmentsOf(conversation, id, letter, extra),
      ...providerOf(conversation, index, by),
      ...scheduledBy(lines, extra, time),
      timestamp: time.toISOString(),
      created_at: createdAt.toISOString(),
      updated_at: (conversation.resolved
        ? later(createdAt, after(last, numberFor(key, 60, 1500)))
        : createdAt
      ).toISOString(),
    });
    writeNotes(lines, id, extra.notes);
    assertText(conversation, text, at);
  });
}

/** Every mail as its writer sent it, with the newest earlier mail of a person quoted. */
function lettersOf(conversation: Conversation, times: readonly Date[]): readonly Letter[] {
  const letters: Letter[] = [];
  const signed = new Set<string>();
  let answered: Letter | undefined;
  conversation.mail.forEach(([, by, text, extra = {}], index) => {
    const person = personOf(by);
    const time = times[index];
    if (!time) throw new Error(`${conversation.key} has no time for ${index}`);
    const firstOfPerson = !signed.has(by);
    const address = addressIn(conversation, by);
    const letter: Letter = {
      from: { ...person, ...address },
      to: recipientsOf(conversation, index),
      at: time,
      subject: extra.subject ?? subjectOf(conversation, index),
      text,
      signature: extra.auto ? [] : firstOfPerson ? person.sign : [person.short ?? person.name],
      ...(person.logo && firstOfPerson && !extra.auto ? { logoCid: `${person.logo}@${digest(by).slice(0, 8)}` } : {}),
      ...(answered && !extra.auto ? { answers: answered } : {}),
    };
    letters.push(letter);
    if (!extra.auto) {
      signed.add(by);
      answered = letter;
    } else if (person.sign.length === 0) {
      answered = letter;
    }
  });
  return letters;
}

function recipientsOf(conversation: Conversation, index: number): readonly { name: string; email: string }[] {
  const [, by, , extra = {}] = conversation.mail[index] ?? never(conversation.key);
  if (extra.to) return extra.to.map((one) => addressIn(conversation, one));
  if (!isTeam(by)) return [mailboxAddress(conversation)];
  const asked = conversation.mail.slice(0, index).findLast(([, writer, , { auto } = {}]) => !isTeam(writer) && !auto);
  return [addressIn(conversation, asked?.[1] ?? conversation.with)];
}

/** In a conversation of Marcus's mailbox he is copied on what his colleagues write. */
function copiesOf(conversation: Conversation, by: string, { cc = [] }: MailExtra): Line {
  const copied = conversation.mailbox === 'marcus' && isTeam(by) && by !== 'marcus' ? ['marcus', ...cc] : cc;
  const keys = [...new Set(copied)];
  return keys.length > 0 ? { cc: keys.map((key) => addressIn(conversation, key)) } : {};
}

function subjectOf({ subject, mail }: Conversation, index: number): string {
  const [, by, , extra = {}] = mail[index] ?? never(subject);
  const person = personOf(by);
  if (index === 0 || (extra.auto && person.sign.length === 0)) return subject;
  if (extra.auto) return `Automatic reply: ${subject}`;
  const prefix = person.locale === 'de' ? 'AW:' : person.style === 'outlook' ? 'RE:' : 'Re:';
  return `${prefix} ${subject}`.trim();
}

/** Through the shared mailbox everybody of the team writes as `ar@`; through one's own mailbox as oneself. */
function addressIn(conversation: Conversation, key: string): { name: string; email: string } {
  const { name, email } = personOf(key);
  return { name, email: isTeam(key) && conversation.mailbox !== 'marcus' ? SHARED_ADDRESS : email };
}

const mailboxAddress = ({ mailbox }: Conversation): { name: string; email: string } =>
  mailbox === 'marcus'
    ? { name: personOf('marcus').name, email: personOf('marcus').email }
    : { name: 'Northbrook AR', email: SHARED_ADDRESS };

function contactOf({ customer }: Conversation, by: string, letter: Letter): Line {
  const other = isTeam(by) ? Object.keys(CONTACTS).find((key) => CONTACTS[key]?.email === letter.to[0]?.email) : by;
  return other && customer && CONTACTS[other]?.customer === customer ? { contact_id: contactId(other) } : {};
}

const FILE_KINDS: Record<string, readonly [contentType: string, low: number, high: number]> = {
  pdf: ['application/pdf', 38_000, 420_000],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 9_000, 64_000],
  csv: ['text/csv', 2_000, 88_000],
  txt: ['text/plain', 900, 14_000],
  jpg: ['image/jpeg', 380_000, 3_900_000],
  png: ['image/png', 4_200, 18_000],
  eml: ['message/rfc822', 12_000, 60_000],
};

function attachmentsOf(conversation: Conversation, threadId: string, letter: Letter, extra: MailExtra): Line {
  const inline = letter.logoCid && letter.from.logo ? [letter.from.logo] : [];
  const attachments = [...(extra.files ?? []), ...inline].map((filename, index) => {
    const kind = FILE_KINDS[filename.split('.').at(-1) ?? ''];
    if (!kind) throw new Error(`What kind of file is ${filename}?`);
    const [contentType, low, high] = kind;
    const isInline = inline.includes(filename);
    return {
      id: uuidFor('attachment', `${threadId}:${index}`, letter.at),
      filename,
      content_type: contentType,
      size_bytes: isInline ? numberFor(filename, low, high) : numberFor(`${threadId}:${filename}`, low, high),
      ...(isInline ? { is_inline: true } : {}),
      ...(conversation.source === 'import' ? {} : { provider_id: `v0:${digest(`${threadId}:${index}`).slice(0, 24)}` }),
    };
  });
  return attachments.length > 0 ? { attachments } : {};
}

function providerOf(conversation: Conversation, index: number, by: string): Line {
  if (conversation.source === 'import') return {};
  const key = `${conversation.key}:${index}`;
  const domain = addressIn(conversation, by).email.split('@')[1];
  return {
    provider: {
      grant_id: MAILBOXES[conversation.mailbox ?? 'ar'].grantId,
      message_id: digest(`message:${key}`).slice(0, 16),
      thread_id: digest(`thread:${conversation.key}`).slice(0, 16),
      rfc_message_id: `<${digest(`rfc:${key}`).slice(0, 28)}@${domain}>`,
    },
  };
}

/** Slips of a script's author, found here rather than by a reader of the demo. */
function checkMail(conversation: Conversation, index: number): void {
  const { key, mail, customer } = conversation;
  const [at, by, , extra = {}] = mail[index] ?? never(key);
  const previous: MailScript | undefined = mail[index - 1];
  if (previous && previous[0] >= at) throw new Error(`${key}: ${at} is not after ${previous[0]}`);
  if (extra.needsReply && (index !== mail.length - 1 || isTeam(by))) throw new Error(`${key}: nothing to answer`);
  const person: Person = personOf(by);
  if (!isTeam(by) && person.customer !== customer) throw new Error(`${key}: ${by} is of another customer`);
  const weekday = new Date(`2026-${at.slice(0, 5)}T00:00:00Z`).getUTCDay();
  if (isTeam(by) && (weekday === 0 || weekday === 6)) throw new Error(`${key}: ${by} writes at the weekend, ${at}`);
  for (const other of [...(extra.to ?? []), ...(extra.cc ?? [])]) personOf(other);
  assertInvoices(conversation.invoices, customer);
}

/** An invoice that a text names belongs to the customer and has been issued. */
function assertText({ key, customer }: Conversation, text: string, at: string): void {
  for (const [, number] of text.matchAll(/(?:INV-|\{)(\d{5})/g)) {
    try {
      assertInvoices([Number(number)], customer, at);
    } catch (error) {
      throw new Error(`${key} ${at}`, { cause: error });
    }
  }
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);

function never(key: string): never {
  throw new Error(`${key} ends too early`);
}

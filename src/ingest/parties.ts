import { lowerCase } from '../domain/normalize-text.ts';
import { isPublicMailDomain } from '../domain/public-mail-domains.ts';
import type { Direction } from '../domain/vocabulary.ts';
import { addressKey, type Correspondent, displayAddress, exactAddressKey } from '../mail/address.ts';
import { isSent } from './direction.ts';

/** The parties of a mail: author, direction, and which addresses are the company's own. */

/**
 * The company's own addresses: its mailboxes, and every address at their domains. Public mail domains are excepted, and
 * so are customers' contacts that have an address at one of the company's domains.
 */
export class OwnAddresses {
  readonly #exact: ReadonlySet<string>;
  readonly #keys: ReadonlySet<string>;
  readonly #contacts: ReadonlySet<string>;
  /** Domains of the mailboxes, without public mail domains. */
  readonly domains: readonly string[];

  /** @param contactAddresses addresses of the customers' contacts that the mail names */
  constructor(mailboxes: readonly string[], contactAddresses: readonly (string | null)[]) {
    this.#exact = new Set(keysOf(mailboxes, exactAddressKey));
    this.#keys = new Set(keysOf(mailboxes, addressKey));
    this.#contacts = new Set(keysOf(contactAddresses, exactAddressKey));
    const domains = [...this.#keys].map(domainOf);
    this.domains = [...new Set(domains)].filter((domain) => !isPublicMailDomain(domain));
  }

  /** Compares the address itself first, then without its plus-tag, then its domain or a parent of it. */
  includes(address: string): boolean {
    const exact = exactAddressKey(address);
    const key = addressKey(address);
    if (exact === null || key === null) return false;
    if (this.#exact.has(exact)) return true;
    if (this.#contacts.has(exact)) return false;
    const domain = domainOf(key);
    return this.#keys.has(key) || this.domains.some((own) => domain === own || domain.endsWith(`.${own}`));
  }

  /** Whether it is one of the connected mailboxes, with or without a plus-tag. */
  isMailbox(address: string): boolean {
    return this.#keys.has(addressKey(address) ?? '');
  }
}

function keysOf(addresses: readonly (string | null)[], toKey: (address: string) => string | null): string[] {
  return addresses.map((address) => (address === null ? null : toKey(address))).filter((key) => key !== null);
}

function domainOf(key: string): string {
  return key.slice(key.lastIndexOf('@') + 1);
}

export type WrittenMail = {
  from: Correspondent | null;
  replyTo: readonly Correspondent[];
  to: readonly Correspondent[];
  cc: readonly Correspondent[];
  bcc: readonly Correspondent[];
  folders: readonly string[];
  headers: readonly { name: string; value: string }[];
};

export type Parties = {
  direction: Direction;
  /** The author. When a group address or a website's form put itself into `From`, the person it wrote for. */
  author: Correspondent | null;
  /** Whether one of its recipients is outside the company. */
  reachesOutside: boolean;
};

/** @param isReport whether the mail is a delivery report: inbound, even when the server's domain is the company's */
export function partiesOf(mail: WrittenMail, own: OwnAddresses, isReport = false): Parties {
  const isOwn = ({ email }: Correspondent) => own.includes(email);
  const reachesOutside = [...mail.to, ...mail.cc, ...mail.bcc].some((party) => party.email !== '' && !isOwn(party));
  const { from } = mail;
  if (from === null) return { direction: isSent(mail.folders) ? 'outbound' : 'inbound', author: null, reachesOutside };
  if (isReport && !own.isMailbox(from.email)) return { direction: 'inbound', author: from, reachesOutside };
  if (!isOwn(from)) {
    const author = isRewritten(from) ? (originalSenders(mail).find(hasAddress) ?? from) : from;
    return { direction: isSent(mail.folders) ? 'outbound' : 'inbound', author, reachesOutside };
  }
  const author = originalAuthor(mail, from, own, reachesOutside);
  return { direction: author ? 'inbound' : 'outbound', author: author ?? from, reachesOutside };
}

const ORIGINAL_SENDER_HEADERS = ['x-original-from', 'x-original-sender', 'x-google-original-from', 'original-from'];

/** The outside author of a mail that has one of our addresses in `From`; undefined when we wrote it ourselves. */
function originalAuthor(
  mail: WrittenMail,
  from: Correspondent,
  own: OwnAddresses,
  reachesOutside: boolean,
): Correspondent | undefined {
  const isOutside = ({ email }: Correspondent) => addressKey(email) !== null && !own.includes(email);
  const outsideReplyTo = mail.replyTo.find(isOutside);
  const original = originalSenders(mail).find(isOutside);
  if (original)
    return outsideReplyTo && isSameParty(original, outsideReplyTo) ? named(original, outsideReplyTo) : original;
  if (!outsideReplyTo) return undefined;
  // Our own mail may name another address in Reply-To as well, but then a recipient is outside.
  const key = addressKey(from.email);
  const isToItself = [...mail.to, ...mail.cc].some(({ email }) => addressKey(email) === key) && !isSent(mail.folders);
  return !reachesOutside || isRewritten(from) || isToItself ? outsideReplyTo : undefined;
}

/** Whether a group address has put itself into From: `'Maria Alder' via Invoices`. */
function isRewritten(from: Correspondent): boolean {
  return (
    certifiedSender(from) !== undefined || / via .|\u00a0via\u00a0| über .|\(via .+\)/iu.test(from.name.slice(0, 300))
  );
}

function hasAddress({ email }: Correspondent): boolean {
  return addressKey(email) !== null;
}

/** The senders that headers such as `X-Original-From` name, for a mail that a group address forwarded. */
export function originalSenders({ from, headers }: Pick<WrittenMail, 'from' | 'headers'>): Correspondent[] {
  const certified = from === null ? undefined : certifiedSender(from);
  const inHeaders = headers
    .filter(({ name }) => ORIGINAL_SENDER_HEADERS.includes(lowerCase(name)))
    .map(({ value }) => readSender(value.slice(0, 1_000)));
  return certified === undefined ? inHeaders : [{ name: '', email: displayAddress(certified) }, ...inHeaders];
}

/** Italian certified mail is sent by its provider: `Per conto di: ann@acme.example`. */
function certifiedSender({ name, email }: Correspondent): string | undefined {
  return /^posta-certificata@/i.test(email) ? CERTIFIED.exec(name.slice(0, 300))?.[1] : undefined;
}

const CERTIFIED = /^["']?per conto di:?\s{1,3}<?([^\s<>"']{1,100}@[^\s<>"']{1,100})/i;

function isSameParty(a: Correspondent, b: Correspondent): boolean {
  return addressKey(a.email) === addressKey(b.email);
}

function named(a: Correspondent, b: Correspondent): Correspondent {
  return a.name === '' ? b : a;
}

/** `Maria Alder <maria@alder.example>` */
function readSender(value: string): Correspondent {
  const open = value.lastIndexOf('<');
  const name = open > 0 ? value.slice(0, open).replace(/^["'\s]+|["'\s]+$/g, '') : '';
  return { name, email: displayAddress(value) };
}

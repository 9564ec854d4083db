import { domainToASCII } from 'node:url';
import { lowerCase, normalizeText } from '../domain/normalize-text.ts';

/** In UTF-16 units: three times what RFC 5321 allows, with a name around it. A longer text isn't an address. */
const MAX_ADDRESS = 1_000;

/** One correspondent as in the contract; one of the two may be empty, never both. */
export interface Correspondent {
  name: string;
  email: string;
}

/**
 * The key by which all spellings of one mailbox compare equal: trimmed, in lower case, without plus-tag, the domain in
 * its ASCII form; at Gmail without dots, which it ignores. Null when `raw` isn't an address (an Exchange X.500 name,
 * `undisclosed-recipients:;`).
 */
export function addressKey(raw: string): string | null {
  const parts = splitAddress(raw);
  if (parts === null) return null;
  const mailbox = withoutTag(parts.local);
  return GMAIL.has(parts.domain) ? `${mailbox.replaceAll('.', '')}@gmail.com` : `${mailbox}@${parts.domain}`;
}

/** Two names of one provider: mail to either domain reaches the same mailbox. */
const GMAIL = new Set(['gmail.com', 'googlemail.com']);

/** Like {@link addressKey}, but with the plus-tag and with Gmail's dots and domain as they are. */
export function exactAddressKey(raw: string): string | null {
  const parts = splitAddress(raw);
  return parts === null ? null : `${parts.local}@${parts.domain}`;
}

/** Like {@link exactAddressKey}, but without plus-tag. */
export function untaggedAddressKey(raw: string): string | null {
  const parts = splitAddress(raw);
  return parts === null ? null : `${withoutTag(parts.local)}@${parts.domain}`;
}

function withoutTag(local: string): string {
  const plus = local.indexOf('+');
  return plus > 0 ? local.slice(0, plus) : local;
}

/**
 * The address for display: as it was sent, without surrounding blanks, angle brackets or `mailto:`, and without what mail
 * servers wrap around an address.
 */
export function displayAddress(raw: string): string {
  const address = bareAddress(raw);
  return raw.length > MAX_ADDRESS ? address : unwrapped(address);
}

/** A forwarder's (SRS): `SRS0=hash=day=domain=user@forwarder`, `SRS1=hash=forwarder==hash=day=domain=user@second`. */
const SRS = /^srs(?:0|1[=+-][^@=]+=[^@=]+=)[=+-][^@=]+=[^@=]{2}=([^@=]+)=([^@]+)@[^@]+$/i;
/** Signed against forged bounces (BATV): `prvs=signature=user@domain`. */
const BATV = /^prvs=[0-9a-z]{10}=([^@]+@[^@]+)$/i;

/** The address that a forwarder rewrote or a mail server signed; any other as it is. */
function unwrapped(address: string): string {
  const [, domain, user] = SRS.exec(address) ?? [];
  return domain !== undefined && user !== undefined ? `${user}@${domain}` : (BATV.exec(address)?.[1] ?? address);
}

function splitAddress(raw: string): { local: string; domain: string } | null {
  if (raw.length > MAX_ADDRESS) return null;
  const address = lowerCase(normalizeText(bareAddress(raw), 'NFC', MAX_ADDRESS), MAX_ADDRESS);
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1).replace(/\.$/, '');
  if (at < 1 || domain === '' || /[\s<>,;]/.test(domain) || (!local.startsWith('"') && /[\s<>,;]/.test(local)))
    return null;
  // An address literal such as [192.0.2.1] isn't a domain name and stays as it is.
  const ascii = domain.startsWith('[') || isPlainDomain(domain) ? domain : domainToASCII(domain);
  return { local, domain: ascii === '' ? domain : ascii };
}

const PLAIN_DOMAIN = /^(?:[a-z0-9-]{1,63}\.){1,10}[a-z]{2,63}$/;

/** Whether the domain is in its ASCII form already, as most are. */
function isPlainDomain(domain: string): boolean {
  return PLAIN_DOMAIN.test(domain) && !domain.includes('xn--');
}

function bareAddress(raw: string): string {
  const trimmed = raw.trim();
  const open = trimmed.lastIndexOf('<');
  const inner = open >= 0 && trimmed.endsWith('>') ? trimmed.slice(open + 1, -1).trim() : trimmed;
  const address = inner.replace(/^(?:mailto|smtp):/i, '').trim();
  return withoutPunctuation(address);
}

/** Removes quotes around the whole address, which Outlook adds, and the separator after it. */
function withoutPunctuation(address: string): string {
  const whole = address.replace(/[,;\s]+$/, '');
  const quoted = /^(["'])([^"']{1,500}@[^"'\s]{1,500})\1$/.exec(whole)?.[2];
  return quoted ?? whole;
}

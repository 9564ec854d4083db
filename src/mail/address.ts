import { domainToASCII } from 'node:url';
import { lowerCase, normalizeText } from '../domain/normalize-text.ts';

/** Three times what RFC 5321 allows, with a name around it: what is longer is no address. */
const MAX_ADDRESS = 1_000;

/** One correspondent as the contract shows it; either may be empty, never both. */
export interface Correspondent {
  name: string;
  email: string;
}

/**
 * The key by which two spellings of one mailbox compare equal: trimmed, lower case, without plus-tag, domain in its
 * ASCII form. Null when it is no address (an Exchange X.500 name, `undisclosed-recipients:;`).
 */
export function addressKey(raw: string): string | null {
  const parts = splitAddress(raw);
  if (parts === null) return null;
  const plus = parts.local.indexOf('+');
  const mailbox = plus > 0 ? parts.local.slice(0, plus) : parts.local;
  return `${mailbox}@${parts.domain}`;
}

/** Like {@link addressKey} but with the plus-tag: who exactly a mail was sent to. */
export function exactAddressKey(raw: string): string | null {
  const parts = splitAddress(raw);
  return parts === null ? null : `${parts.local}@${parts.domain}`;
}

/** The address as people should see it: as it was sent, without surrounding blanks, brackets or `mailto:`. */
export function displayAddress(raw: string): string {
  return bareAddress(raw);
}

function splitAddress(raw: string): { local: string; domain: string } | null {
  if (raw.length > MAX_ADDRESS) return null;
  const address = lowerCase(normalizeText(bareAddress(raw), 'NFC', MAX_ADDRESS), MAX_ADDRESS);
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1).replace(/\.$/, '');
  if (at < 1 || domain === '' || /[\s<>,;]/.test(domain) || (!local.startsWith('"') && /[\s<>,;]/.test(local)))
    return null;
  // An address literal such as [192.0.2.1] is no domain name; it stays as it is.
  const ascii = domain.startsWith('[') ? domain : domainToASCII(domain);
  return { local, domain: ascii === '' ? domain : ascii };
}

function bareAddress(raw: string): string {
  const trimmed = raw.trim();
  const open = trimmed.lastIndexOf('<');
  const inner = open >= 0 && trimmed.endsWith('>') ? trimmed.slice(open + 1, -1).trim() : trimmed;
  const address = inner.replace(/^(?:mailto|smtp):/i, '').trim();
  return withoutPunctuation(address);
}

/** Quotes around the whole address, which Outlook adds, and what parted it from the next one. */
function withoutPunctuation(address: string): string {
  const whole = address.replace(/[,;\s]+$/, '');
  const quoted = /^(["'])([^"']{1,500}@[^"'\s]{1,500})\1$/.exec(whole)?.[2];
  return quoted ?? whole;
}

import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { normalizeText } from '../../domain/normalize-text.ts';

/** What providers send instead of a withheld number. */
const WITHHELD = /^(?:anonymous|unknown|unavailable|restricted|private|withheld|blocked|asserted|\+?266696687)$/i;
/** A number with fewer digits is a short code or an extension and has no country code. */
const LEAST_INTERNATIONAL_DIGITS = 7;

export interface PhoneNumber {
  /** E.164 with `+`; null when the number can't be called internationally. */
  e164: string | null;
  /** As given, trimmed; the number part of a SIP or tel address. Shown when there is no E.164 form. */
  raw: string;
}

/**
 * Reads a number as Vonage sends it: international digits, with or without `+`. `anonymous`, short codes and personal
 * SIP addresses have a raw form only. Null for an empty text.
 * @param otherEnd the number at the other end of the line, E.164: a number without a country's code is one of its country
 */
export function readCallNumber(given: string | null | undefined, otherEnd?: string | null): PhoneNumber | null {
  const raw = numberPart(given ?? '');
  if (raw === '') return null;
  if (WITHHELD.test(raw)) return { e164: null, raw };
  // No country's code begins with a zero: 011 is what North America dials for 00.
  const digits = raw.replace(/[\s().\-/]/g, '').replace(/^(?:\+*00|\+{2,}|011(?=[1-9]\d{7}))/, '+');
  if (!/^\+?\d+$/.test(digits) || digits.replace('+', '').length < LEAST_INTERNATIONAL_DIGITS)
    return { e164: null, raw };
  if (digits.startsWith('+')) return { e164: toE164(digits), raw };
  return { e164: toE164(`+${digits}`) ?? nationalNumber(digits, otherEnd ?? null), raw };
}

function toE164(text: string): string | null {
  // `isPossible`, not `isValid`: the numbers in use change faster than the library's metadata.
  const number = parsePhoneNumberFromString(text, { extract: false });
  return number?.isPossible() === true ? number.number : null;
}

function nationalNumber(digits: string, otherEnd: string | null): string | null {
  const country = otherEnd === null ? undefined : parsePhoneNumberFromString(otherEnd)?.countryCallingCode;
  if (country === undefined) return null;
  const number = parsePhoneNumberFromString(digits, { defaultCallingCode: country, extract: false });
  return number?.isValid() === true ? number.number : null;
}

const LONGEST_CALLER_ID = 255;
/** What follows the number: an extension, or tones after a pause. */
const EXTENSION =
  /(?:[\s,]*(?:;?ext(?:ension)?[.=:]?|x|#|durchwahl|poste|extensión|anexo|interno|tst\.?)\s*[.:]?\s*\d{1,8}|[,pw;]+\d{1,8}[#*]?)$/i;
const SCHEME = /^(?:sips?|tel|phone|callto|whatsapp|facetime|h323):(?:\/\/)?/i;
const DASHES = /[\u2010-\u2015\u2212]/g;
const INVISIBLE = /\p{Cf}/gu;
const NUMBER = /^\+*[\d().\-/\s]*\d[\d().\-/\s]*$/;
/** `MARIA ALDER 13125550101`, `+1 312 555 0101 (Maria)`: one number next to a name. */
const BESIDE_NAME = /^[^\d+@:]*[\s(]?(\+?\d[\d().\-/\s]{5,30}\d)(?:\)|\s[^\d@:]*)?$/u;
const NAMED = /^[^\d+@:]*(?:[\s(]|$)/u;

/**
 * The number in a caller id: `"Maria" <sip:%2B4420…@host;user=phone>`, `tel:+4420…;ext=1`, `4420…@10.1.1.1`,
 * `+44 20 … ext. 5`. A caller id without a number, such as a personal SIP address or a name, is returned as it is.
 */
function numberPart(given: string): string {
  const text = given.trim().slice(0, LONGEST_CALLER_ID);
  const decoded = unescaped(text);
  // Parameters of a SIP header may follow the bracket.
  const address = /<([^<>]*)>(?:\s*;.*)?$/.exec(decoded)?.[1] ?? decoded;
  const uri = normalizeText(address, 'NFKC', LONGEST_CALLER_ID)
    .replace(INVISIBLE, '')
    .replace(DASHES, '-')
    .trim()
    .replace(SCHEME, '');
  const user = (uri.split(/[@;?]/)[0] ?? '').trim().replace(EXTENSION, '').trim();
  const number = NUMBER.test(user) ? user : (numberOfUser(user) ?? numberBesideName(uri));
  if (number === undefined) return text;
  // A local number has its country code in a parameter.
  const context = /;phone-context=(\+\d{1,7})(?:;|$)/i.exec(uri)?.[1];
  return context !== undefined && !number.startsWith('+') ? `${context}${number}` : number;
}

/** `+4420…:password@host` */
function numberOfUser(user: string): string | undefined {
  const name = user.split(':')[0]?.trim() ?? '';
  return name !== user && NUMBER.test(name) ? name : undefined;
}

function numberBesideName(text: string): string | undefined {
  const number = BESIDE_NAME.exec(text)?.[1]?.trim();
  return number !== undefined && NAMED.test(text.slice(0, text.indexOf(number))) ? number : undefined;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

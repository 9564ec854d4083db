import { lowerCase, normalizeText } from '../domain/normalize-text.ts';

/** In UTF-16 units. Longer texts are cut, because an invoice number is near the top. */
const MAX_TEXT = 100_000;
/** Shorter numbers (`12`, `A1`) and years count only after an invoice word. */
const LEAST_BARE_LENGTH = 4;
const YEAR = /^(?:19|20)\d\d$/;

/** Words after which a bare number is an invoice number. */
const INVOICE_WORDS = foldedWords(
  'invoice invoices inv bill bills rechnung rechnungen rechnungsnummer rechnungsnr rg beleg belegnummer factura facturas fac ' +
    'facture factures fattura fatture faktura fakturor fakturaer fakturanummer fakturanr factuur facturen factuurnummer factuurnr ' +
    'fatura faturas faktury ft nf nfe fiscal faktuře fakturu fakture fakturou faktúru faktúry fakturze fakturę fv numerfaktury ' +
    'facturii facturile facturilor faturası faturanın faturayı lasku laskun laskut laskunumero számla számlát számlák számlaszám ' +
    'račun računa računi računu arve arved rēķins rēķina rēķinu rēķini sąskaita sąskaitos sąskaitą τιμολόγιο τιμολογίου τιμολόγια ' +
    'счёт счет счета счёта фактура фактури фактуры фактурата рахунок рахунку рахунки חשבונית חשבוניות فاتورة الفاتورة فواتير ' +
    'चालान इनवॉइस hóa đơn tagihan',
);
/** The same in scripts without blanks between words, at the end of a run of letters. */
const INVOICE_CHARACTERS =
  /(?:請求書|請求|インボイス|发票|發票|账单|帳單|청구서|송장|세금계산서|ใบแจ้งหนี้|ใบกำกับภาษี)(?:番号|编号|號碼|号码|번호|เลขที่)?$/u;
/** Words that may occur between the invoice word and the number, or between two numbers. */
const BETWEEN = foldedWords(
  'no nr num number numbers nummer nummern numero numeros numer n o s and und y et e en i og och oraz to bis the a ' +
    'č čís číslo br broj št številka sz szám száma és și ve numarası ja numero ir un ter in и й та і № номер αρ αριθμός και ' +
    'מס מספר رقم संख्या नंबर số',
);

/** Alphabets in which people write invoice numbers. In others, a number may stand next to a word without a blank. */
const ALPHABET = '[\\p{sc=Latin}\\p{sc=Greek}\\p{sc=Cyrillic}]';
/** Runs of digits, of letters of those alphabets, and of other letters; every other character separates them. */
const RUN = new RegExp(`\\p{N}+|[[\\p{L}&&${ALPHABET}]\\p{M}]+|[[\\p{L}--${ALPHABET}]\\p{M}]+`, 'gv');
const DIGITS = /\p{N}+/gu;
const OTHER_LETTERS = new RegExp(`^[\\p{L}--${ALPHABET}]`, 'v');
/** What may separate the letters and the digits of one number: `INV-1001`, `INV 1001`, `INV # 1001`, `INV. 1001`. */
const LOOSE_GAP = /^\s?[-_/.#:\u2010-\u2015\u2212]{0,2}\s?$/;
/** A separator that joins two runs of the same kind into one number. */
const TIGHT_GAP = /^[-_/.\u2010-\u2015\u2212]$/;
/** `1,001` and `1.001` are amounts, and so is a number next to a currency sign. */
const AMOUNT_BEFORE = /[\p{Sc}][ \u00A0]?$|\d[.,'\u2019]$|\+$/u;
const AMOUNT_AFTER =
  /^(?:[.,'\u2019]\d|[ \u00A0]?[\p{Sc}%]|[ \u00A0]?(?:eur|usd|gbp|chf|jpy|cad|aud|inr|sek|nok|dkk|pln|brl|mxn|czk|kč|kc|huf|ft|ron|lei|try|tl|zł|zl|kr|rub|руб|грн|uah|bgn|лв|k)(?!\p{L})|[ \u00A0]?[元円원]|:\d)/iu;

interface Run {
  /** Letters in lower case without diacritics; digits as ASCII where they have such a form. */
  folded: string;
  isDigits: boolean;
  /** Whether its letters are of another script than `ALPHABET`. */
  isOther: boolean;
  start: number;
  end: number;
}

/** A stretch of text that could be an invoice number. */
interface Candidate {
  key: string;
  start: number;
  end: number;
}

/**
 * The invoice numbers in `knownNumbers`, those of one customer, that a text names; in their order and spelling. Only
 * whole numbers match (`INV-1001` isn't in `INV-10012`, nor in `INV-1001-2`). Case and the separator between letters
 * and digits don't matter.
 */
export function findInvoiceNumbers(fullText: string, knownNumbers: readonly string[]): string[] {
  if (knownNumbers.length === 0) return [];
  const text = normalizeText(fullText, 'NFKC', MAX_TEXT);
  const { numbersOfKey, endings } = possibleNumbers(text, knownNumbers);
  if (endings.size === 0) return [];
  const candidates = candidatesIn(text, endings).filter(({ key }) => numbersOfKey.has(key));
  const named = new Set(longest(candidates).map(({ key }) => key));
  return [...numbersOfKey].filter(([key]) => named.has(key)).flatMap(([, numbers]) => numbers);
}

/**
 * The key by which all spellings of one number compare equal: its runs of letters and digits, with `-` between two runs
 * of the same kind: `INV-2024-001` → `inv2024-001`. Empty when the number has no digit.
 */
export function invoiceNumberKey(number: string): string {
  const runs = runsOf(normalizeText(number, 'NFKC', MAX_TEXT));
  return runs.some((run) => run.isDigits) ? joined(runs) : '';
}

/**
 * The known numbers whose last digits the text has, by their keys, and these digits. Most mails name no number, and
 * need no other look at their text.
 */
function possibleNumbers(text: string, knownNumbers: readonly string[]) {
  const digits = new Set([...new Set(text.match(DIGITS))].map(foldRun));
  const numbersOfKey = new Map<string, string[]>();
  const endings = new Set<string>();
  for (const number of new Set(knownNumbers)) {
    const ending = lastDigits(number);
    if (!digits.has(ending)) continue;
    const key = invoiceNumberKey(number);
    numbersOfKey.set(key, [...(numbersOfKey.get(key) ?? []), number]);
    endings.add(ending);
  }
  return { numbersOfKey, endings };
}

/** @param endings a candidate without one of these runs of digits is left out */
function candidatesIn(text: string, endings: ReadonlySet<string>): Candidate[] {
  const runs = runsOf(text);
  const candidates: Candidate[] = [];
  let afterInvoiceWord = false;
  let ending = 0;
  for (const [first, run] of runs.entries()) {
    while (ending < runs.length && (ending < first || !endings.has(runs[ending]?.folded ?? ''))) ending += 1;
    const isNearEnding = ending < first + MAX_RUNS;
    const startsNumber = run.isDigits || ((isNearEnding || afterInvoiceWord) && hasDigitsNext(text, runs, first));
    if (startsNumber && isNearEnding && !isTied(text, runs, first - 1, first))
      addCandidates(text, runs, first, afterInvoiceWord, candidates);
    if (run.isDigits) continue;
    if (isInvoiceWord(text, run)) afterInvoiceWord = true;
    else if (afterInvoiceWord && !BETWEEN.has(run.folded) && !(startsNumber && isJoined(text, run)))
      afterInvoiceWord = false;
  }
  return candidates;
}

function isInvoiceWord(text: string, run: Run): boolean {
  return INVOICE_WORDS.has(run.folded) || (run.isOther && INVOICE_CHARACTERS.test(text.slice(run.start, run.end)));
}

/** Whether the letters of a number are written together with its digits: `A17`, but not `dated 17 May`. */
function isJoined(text: string, { end }: Run): boolean {
  return !/\s/.test(text.charAt(end));
}

/** Drops candidates inside another one: `INV-1001` names that invoice, and not the invoice `1001` too. */
function longest(candidates: readonly Candidate[]): Candidate[] {
  let end = -1;
  return candidates
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter((candidate) => {
      const isInside = candidate.end <= end;
      end = Math.max(end, candidate.end);
      return !isInside;
    });
}

/** The most runs of one number, as in `DE-INV-2024-08-0001-A`. */
const MAX_RUNS = 6;

function addCandidates(
  text: string,
  runs: readonly Run[],
  first: number,
  afterInvoiceWord: boolean,
  candidates: Candidate[],
): void {
  for (let last = first; last < Math.min(runs.length, first + MAX_RUNS); last += 1) {
    if (last > first && !isOneNumber(text, runs, last)) return;
    if (isTied(text, runs, last, last + 1)) continue;
    const number = runs.slice(first, last + 1);
    if (!number.some((run) => run.isDigits)) continue;
    if (!afterInvoiceWord && !standsAlone(text, number)) continue;
    candidates.push({ key: joined(number), start: runs[first]?.start ?? 0, end: runs[last]?.end ?? 0 });
  }
}

/** Whether a number counts without an invoice word before it. */
function standsAlone(text: string, number: readonly Run[]): boolean {
  const length = number.reduce((sum, run) => sum + run.folded.length, 0);
  const [first] = number;
  const last = number.at(-1);
  if (length < LEAST_BARE_LENGTH || first === undefined || last === undefined) return false;
  if (number.some((run) => !run.isDigits)) return true;
  if (number.length === 1 && YEAR.test(first.folded)) return false;
  return (
    !AMOUNT_BEFORE.test(text.slice(Math.max(0, first.start - 2), first.start)) &&
    !AMOUNT_AFTER.test(text.slice(last.end, last.end + 5))
  );
}

function hasDigitsNext(text: string, runs: readonly Run[], at: number): boolean {
  for (let next = at + 1; next < Math.min(runs.length, at + MAX_RUNS); next += 1) {
    if (!isOneNumber(text, runs, next)) return false;
    if (runs[next]?.isDigits) return true;
  }
  return false;
}

/** Whether the run at `at` belongs to the same number as the run before it. */
function isOneNumber(text: string, runs: readonly Run[], at: number): boolean {
  const before = runs[at - 1];
  const run = runs[at];
  if (before === undefined || run === undefined) return false;
  const gap = text.slice(before.end, run.start);
  if (gap === '') return true;
  return before.isDigits === run.isDigits || before.isDigits ? TIGHT_GAP.test(gap) : LOOSE_GAP.test(gap);
}

/**
 * Whether two runs belong together, so that neither may match alone: `1001-2` and `2024/1001` are one number each, and
 * `PO-1001` is a number of another kind. An invoice word before an invoice number doesn't count as a part of it.
 */
function isTied(text: string, runs: readonly Run[], left: number, right: number): boolean {
  const before = runs[left];
  const after = runs[right];
  if (before === undefined || after === undefined) return false;
  const gap = text.slice(before.end, after.start);
  if (gap === '') return !before.isOther && !after.isOther && !INVOICE_WORDS.has(before.folded);
  if (!TIGHT_GAP.test(gap) || !after.isDigits) return false;
  return (
    before.isDigits || !(INVOICE_WORDS.has(before.folded) || BETWEEN.has(before.folded) || gap === '.' || gap === '/')
  );
}

function joined(runs: readonly Run[]): string {
  let key = '';
  for (const [at, run] of runs.entries())
    key += (at > 0 && runs[at - 1]?.isDigits === run.isDigits ? '-' : '') + run.folded;
  return key;
}

function runsOf(text: string): Run[] {
  if (!ASCII.test(text)) return Array.from(text.matchAll(RUN), (match) => runOf(match[0], match.index));
  const folded = lowerCase(text, MAX_TEXT);
  return Array.from(folded.matchAll(ASCII_RUN), ({ 0: run, index: start }) => {
    return { folded: run, isDigits: isAsciiDigit(run, 0), isOther: false, start, end: start + run.length };
  });
}

function runOf(run: string, start: number): Run {
  const isDigits = /^\p{N}/u.test(run);
  const isOther = !isDigits && OTHER_LETTERS.test(run);
  return { folded: foldRun(run), isDigits, isOther, start, end: start + run.length };
}

/** Lower-casing such a text moves no character. */
const ASCII = /^[\0-\x7F]*$/;
const ASCII_RUN = /[0-9]+|[a-z]+/g;

/** @param run of a text in NFKC */
function foldRun(run: string): string {
  if (!ASCII.test(run)) return foldLetters(run.replace(/\p{Nd}/gu, asciiDigit));
  return lowerCase(run, MAX_TEXT);
}

function foldLetters(letters: string): string {
  return lowerCase(normalizeText(letters, 'NFD', MAX_TEXT).replace(/\p{M}/gu, ''), MAX_TEXT);
}

function foldedWords(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(foldLetters));
}

/** The zeros of Arabic, Persian, Devanagari, Bengali and Thai digits. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? digit : String(code - zero);
}

/** The last run of digits in a known number, folded; empty without digits. */
function lastDigits(number: string): string {
  if (!ASCII.test(number))
    return runsOf(normalizeText(number, 'NFKC', MAX_TEXT)).findLast(({ isDigits }) => isDigits)?.folded ?? '';
  let end = number.length;
  while (end > 0 && !isAsciiDigit(number, end - 1)) end -= 1;
  let start = end;
  while (start > 0 && isAsciiDigit(number, start - 1)) start -= 1;
  return number.slice(start, end);
}

function isAsciiDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

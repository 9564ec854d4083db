import { cutText, foldText } from '../domain/normalize-text.ts';

/** UTF-16 units of a subject that are examined: its beginning identifies the program. */
const MAX_SUBJECT = 500;

const TAG_WORD =
  'ext|extern|externe?r?|external|external e?-?mail|external sender|externo|externa|esterno|externí|zewnętrzny|ulkoinen|внешнее|külső|har[iİ]c[iİ]|d[ıI]ş|ekstern|eksterna?|eksternt|vanjski|zunanje|външен|зовнішнє|външно|社外|外部|外部メール|外部邮件|外部郵件|외부|외부 ?메일|caution|warning|spam|suspected spam|possible spam';
/**
 * Tags that gateways and lists put before a subject: `[EXTERNAL]`, `EXT:`, `(Extern)`, `***SPAM***`, `[AR]`. Also
 * brackets that programs put around a warning: `【外部】`.
 */
const TAG = new RegExp(
  `^\\s*(?:\\[[^\\]]{1,40}\\]|\\{[^}]{1,40}\\}|【(?:${TAG_WORD})】|\\((?:ext|extern\\w*|external \\w+|${TAG_WORD})\\)|<{1,2}(?:ext|extern\\w*)>{1,2}|([!#_=-])(?:${TAG_WORD})\\1|\\*{1,4}\\s?[\\p{L} -]{2,30}\\s?\\*{1,4}|["“|](?:${TAG_WORD})["”|]|(?:${TAG_WORD})\\s*(?:[:|>]|\\s[-–—]\\s)|[⚠🔴🟠🟡🚩]\\uFE0F?)\\s*[-–:|]?\\s*`,
  'iu',
);

/** The tag of a gateway or a list at the beginning of a subject; empty when there is none. */
export function gatewayTag(subject: string): string {
  return TAG.exec(subject)?.[0] ?? '';
}

/** The subject without the tags of gateways and lists; unchanged when nothing else would be left. */
export function withoutGatewayTags(subject: string): string {
  const text = cutText(subject, MAX_SUBJECT);
  let rest = text;
  for (let tags = 0; tags < 5; tags += 1) {
    const tag = gatewayTag(rest);
    if (tag === '') break;
    rest = rest.slice(tag.length);
  }
  if (rest.trim() === '') return subject;
  return rest === text ? subject : rest + subject.slice(text.length);
}

/** Prefixes that mail programs put before the subject of an answer or a forward, in many languages. */
const REPLY_PREFIX =
  '(?:re|réf?p?|réponse|rsp|fwd?|aw|wg|antw?|antwort|doorst|ang|odg|na|prosl|proslijeđeno|posr|hb|ed|на|ха|те|тне|відп|вiдп|пересл|препр|उत्तर|अग्रे|sv|vs|vb|vl|tr|rv|rif|ri|r|i|enc|res|odp|pd|ynt|[iİ]lt|απ|πρθ|σχετ|atb|ats|bls|ytd|trs|fs|vá|továbbítás|пр|отг|нд|回复|回覆|转发|轉寄|轉發|答复|答覆|返信|転送|회신|전달|השב|הועבר|رد|إعادة توجيه|ตอบกลับ|ส่งต่อ|trả lời|chuyển tiếp)\\.?(?:[ -]?\\d{1,3}|\\s?[[(]\\d{1,3}[\\])]|\\s?\\^\\d{1,3})?\\s*[:：]';
const IS_REPLY = new RegExp(`^\\s*${REPLY_PREFIX}`, 'iu');
const REPLY_PREFIXES = new RegExp(`(?<![\\p{L}\\p{N}])${REPLY_PREFIX}`, 'giu');

/** Whether the subject has the prefix of an answer or a forward, after which it is another mail's subject. */
export function isReplyOrForward(subject: string): boolean {
  return IS_REPLY.test(cutText(withoutGatewayTags(subject), MAX_SUBJECT));
}

/** A text without any prefix of answers and forwards. */
export function withoutReplyPrefixes(text: string): string {
  return text.replace(REPLY_PREFIXES, '');
}

/** Scripts without blanks between words, or not always with them. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;

/**
 * The words of a text in lower case without marks, with one blank before, after and between them. Digits and other
 * characters separate words, as in `inv_1001` and `Statement2024`.
 */
export function foldWords(text: string, atMost: number): string {
  return ` ${foldText(text, atMost).replace(BETWEEN_WORDS, ' ').trim()} `;
}

/** What separates words, unless it is the one blank that replaces it, as most separators are. */
const BETWEEN_WORDS = /(?! \p{L})[^\p{L}]+/gu;

/** What may follow a phrase: `Return Receipt (displayed) - …`, `Out of office Re: …`. */
const HEADING_END = /^[)\]】」『\s!.]*(?:\([^()]{1,60}\)\s*)?(?:$|[:：;|–—-]|re\s*:)/u;

/** By language, separated by commas. */
export type Phrases = Readonly<Record<string, string>>;

/** Finds the phrase that a subject begins with. */
export class SubjectBeginnings {
  readonly #spaced: readonly string[];
  readonly #unspaced: readonly string[];

  constructor(phrases: Phrases) {
    const all = Object.values(phrases).flatMap((list) => list.split(', '));
    this.#spaced = all.filter((phrase) => !UNSPACED.test(phrase)).map((phrase) => beginning(phrase));
    this.#unspaced = all.filter((phrase) => UNSPACED.test(phrase)).map((phrase) => unspaced(phrase));
  }

  /** The folded words of the phrase that the subject begins with; undefined when it begins with none. */
  find(subject: string): string | undefined {
    for (const form of formsOf(subject)) {
      const phrase = this.#findIn(form);
      if (phrase !== undefined) return phrase;
    }
    return undefined;
  }

  #findIn(subject: string): string | undefined {
    const words = foldWords(subject, MAX_SUBJECT);
    const found = this.#spaced.filter((phrase) => words.startsWith(phrase));
    if (found.length > 0) return found.toSorted((a, b) => b.length - a.length)[0];
    const letters = words.replaceAll(' ', '');
    return this.#unspaced.filter((phrase) => letters.startsWith(phrase)).toSorted((a, b) => b.length - a.length)[0];
  }

  /** Whether nothing follows the phrase, or a separator or an answer's prefix does: `Out of office: Re: Invoice`. */
  isHeading(subject: string): boolean {
    return formsOf(subject).some((form) => this.#isHeadingOf(form));
  }

  #isHeadingOf(subject: string): boolean {
    const phrase = this.#findIn(subject);
    if (phrase === undefined) return false;
    const text = foldText(subject, MAX_SUBJECT);
    const letters = phrase.replaceAll(' ', '').length;
    let at = 0;
    for (let seen = 0; at < text.length && seen < letters; at += 1) if (/\p{L}/u.test(text[at] ?? '')) seen += 1;
    return HEADING_END.test(text.slice(at));
  }
}

/** Some programs put their own words into brackets, like a gateway's tag: `[Automatic reply] Invoice`. */
function formsOf(subject: string): string[] {
  return [...new Set([withoutGatewayTags(subject), subject])];
}

function beginning(phrase: string): string {
  return phrase.endsWith('*') ? foldWords(phrase, MAX_SUBJECT).trimEnd() : foldWords(phrase, MAX_SUBJECT);
}

function unspaced(phrase: string): string {
  return foldWords(phrase, MAX_SUBJECT).replaceAll(' ', '');
}

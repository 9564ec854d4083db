import { isBannerLine } from './banner.ts';
import type { MailLine, MailLines } from './lines.ts';

/** A program's "On … wrote:" may wrap over this many lines. */
const MAX_ATTRIBUTION_LINES = 4;
const MAX_ATTRIBUTION = 400;
/** A copied header (From, Sent, To, Subject …) is recognised by labels this near to each other. */
const HEADER_WINDOW = 6;

/** "… wrote:" as mail programs say it, at the end of the line. */
const WROTE =
  /(?<!\p{L})(?:wrote|sent|writes|schrieb|a\s+écrit|écrit|escribió|ha\s+scritto|escreveu|schreef|skrev|skrev\s+følgende|kirjoitti|napisał(?:\(a\)|a)?|pisze|napsala?(?:\(a\))?|napísala?(?:\(a\))?|írta|a\s+scris|yazdı|έγραψε|написал(?:\(а\)|а)?|пишет|пише|писал|כתב\/ה|כתבה?|كتب|đã\s+viết)[^\p{L}\p{N}]{0,3}[:：]\s*$|(?:写道|寫道|のメール|書きました|작성|씀)\s*[:：]\s*$/iu;
/** German and some others put the writer or the date after the verb: "Am 3. Mai schrieb Eva:", "Eva schrieb am 3. Mai:". */
const WROTE_IN_THE_MIDDLE =
  /(?<!\p{L})(?:schrieb|schreef|skrev|napsala?(?:\(a\))?|napisał(?:\(a\)|a)?|pisze|viết)\s.{1,200}[:：]\s*$/iu;
/** What an attribution that wraps begins with: a preposition or a date. */
const ATTRIBUTION_START =
  /^(?:(?:on|am|op|den|le|il|em|el|dne|w\s+dniu|dnia|vào|в|la|på)\s|\p{L}{2,4}\.,?\s\d|\p{L}{2,3},\s|\d{1,4}[.\-/年])|(?<!\p{L})(?:schrieb|schreef|skrev)\s/iu;
/** A time of day or an address, which people leave out when they write "on 5 May he wrote:" themselves. */
const HAS_TIME_OF_DAY = /\d{1,2}:\d\d|\d{1,2}\s?[h時点]\s?\d\d|kl\.?\s?\d{1,2}\.\d\d|@|</;
const HAS_TIME_OR_ADDRESS = /\d{1,4}[.:/\-年]\s?\d{1,2}|\d{4}|@/;

const ORIGINAL =
  'original message|original appointment|reply message|ursprüngliche nachricht|originalnachricht|message d.origine|message original|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|oryginalna wiadomość|wiadomość oryginalna|původní zpráva|pôvodná správa|eredeti üzenet|mesaj original|исходное сообщение|пересылаемое сообщение|orijinal mesaj|αρχικό μήνυμα|原始邮件|原始郵件|元のメッセージ|원본 메시지';
const FORWARDED =
  'forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht|vidarebefordrat meddelande|videresendt (?:besked|melding)|przekazana wiadomość|wiadomość przekazana dalej|přeposlaná zpráva|továbbított üzenet|пересланное сообщение|转发邮件|轉寄郵件|転送されたメッセージ';
const ORIGINAL_LINE = new RegExp(`^[-_=*\\s]{2,}(?:${ORIGINAL})[-_=*\\s:]*$`, 'iu');
const FORWARDED_LINE = new RegExp(
  `^(?:[-_=*\\s]{2,}(?:${FORWARDED})[-_=*\\s:]*|(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|inizio messaggio inoltrato|início da mensagem (?:encaminhada|reencaminhada)|begin doorgestuurd bericht|vidarebefordrat brev)\\s*:?)$`,
  'iu',
);

const FROM_LABEL = label(
  'from|von|de|da|van|från|fra|od|lähettäjä|feladó|от|від|kimden|gönderen|από|发件人|寄件者|差出人|보낸 사람|מאת|من',
);
const DATE_LABEL = label(
  'sent|date|gesendet|datum|envoyé(?: le)?|enviado(?: el| em)?|fecha|inviato|data|verzonden|skickat|sendt|dato|lähetetty|päivämäärä|wysłano|odesláno|dátum|elküldve|отправлено|дата|надіслано|tarih|gönderildi|ημερομηνία|发送时间|日期|日期和时间|送信日時|日付|보낸 날짜|날짜|נשלח|תאריך|تاريخ الإرسال|التاريخ',
);
const RECIPIENT_LABEL = label(
  'to|an|à|para|a|aan|till|til|vastaanottaja|do|komu|címzett|кому|kime|alıcı|προς|收件人|宛先|받는 사람|אל|إلى|cc|kopie|subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|aihe|temat|předmět|tárgy|тема|konu|θέμα|主题|主旨|件名|제목|נושא|الموضوع',
);
const ANY_HEADER_LABEL = label(
  'from|von|de|da|van|från|fra|od|date|sent|datum|gesendet|envoyé|enviado|fecha|inviato|data|verzonden|skickat|sendt|to|an|à|para|a|aan|till|til|cc|bcc|kopie|reply-to|subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne',
);

/** RFC 3676: two dashes and a blank. The blank is gone by then; other dashes are what people type instead. */
const SIGNATURE_DELIMITER = /^(?:--|—|––)$/;
const SENT_FROM_DEVICE =
  /^(?:sent from (?:my|mail for|outlook|yahoo)|get outlook for|von meinem .{1,40} gesendet|gesendet (?:von|mit)|envoyé (?:de|depuis) (?:mon|ma|l)|enviado desde|inviato da|enviado do meu|verstuurd vanaf|verzonden vanaf|skickat från min|sendt fra min|lähetetty|wysłane z|odesláno z|отправлено с|iphone(?:から|에서))/iu;
/** A line of dashes, underscores and the like. */
const RULE = /^[\s_\-=*~•·|]{3,}$/;

/**
 * What the sender wrote in this mail: without earlier messages, the lines that introduce them, signatures and the warnings
 * of a gateway. Where the sender wrote nothing, the first words that the mail quotes or forwards stand for them.
 *
 * `enough` ends the reading once the words have that length.
 */
export function ownWords(lines: MailLines, enough: number): string[] {
  const own = writtenWords(lines, enough);
  if (own.length > 0) return own;
  const passedOn = passedOnWords(lines, enough);
  return passedOn.length > 0 ? passedOn : anyWords(lines, enough);
}

function writtenWords(lines: MailLines, enough: number): string[] {
  const words: string[] = [];
  let length = 0;
  let isForward = false;
  for (let at = 0; length < enough; at += 1) {
    const line = lines.at(at);
    if (line === undefined) break;
    if (line.kind === 'signature') continue;
    if (FORWARDED_LINE.test(cut(line.text))) {
      if (words.length > 0) break;
      isForward = true;
      at = lastHeaderLine(lines, at);
      continue;
    }
    if (line.kind === 'attribution' || (line.kind === 'quoted' && !isForward)) continue;
    if (line.kind === 'history') {
      if (words.length > 0 || !isForward) break;
      continue;
    }
    const attribution = attributionLength(lines, at);
    if (attribution > 0) {
      at += attribution - 1;
      if (lines.at(at + 1)?.kind === 'quoted') continue;
      break;
    }
    if (endsOwnWords(lines, at)) break;
    if (RULE.test(line.text) || SENT_FROM_DEVICE.test(line.text)) continue;
    if (words.length === 0 && isBannerLine(line.text)) continue;
    words.push(line.text);
    length += line.text.length + 1;
  }
  return words;
}

/** The first words of earlier messages, without what introduces them. */
function passedOnWords(lines: MailLines, enough: number): string[] {
  const words: string[] = [];
  let length = 0;
  for (let at = 0; length < enough; at += 1) {
    const line = lines.at(at);
    if (line === undefined) break;
    if (line.kind === 'signature' || line.kind === 'attribution' || line.kind === 'history') continue;
    const text = cut(line.text);
    if (isIntroduction(text) || isBannerLine(line.text)) continue;
    const attribution = attributionLength(lines, at);
    if (attribution > 0) {
      if (words.length > 0) break;
      at += attribution - 1;
      continue;
    }
    if (isHeaderBlock(lines, at)) {
      if (words.length > 0) break;
      at = lastHeaderLine(lines, at);
      continue;
    }
    // Some programs quote with other marks than `>`.
    const unmarked = line.text.replace(/^(?:[)|:}\]»>]\s?)+/u, '');
    if (unmarked === '' || isIntroduction(unmarked)) continue;
    words.push(unmarked);
    length += unmarked.length + 1;
  }
  return words;
}

function isIntroduction(text: string): boolean {
  return (
    FORWARDED_LINE.test(text) ||
    ORIGINAL_LINE.test(text) ||
    SIGNATURE_DELIMITER.test(text) ||
    RULE.test(text) ||
    SENT_FROM_DEVICE.test(text)
  );
}

/** Of a mail that is nothing but a signature or a warning. */
function anyWords(lines: MailLines, enough: number): string[] {
  const words: string[] = [];
  let length = 0;
  for (let at = 0; length < enough; at += 1) {
    const line = lines.at(at);
    if (line === undefined) break;
    if (!/[\p{L}\p{N}]/u.test(line.text)) continue;
    words.push(line.text);
    length += line.text.length + 1;
  }
  return words;
}

function label(names: string): RegExp {
  // Outlook's own labels may be bold with asterisks in plain text: "*From:* Ann".
  return new RegExp(`^\\*{0,2}(?:${names})\\s?\\*{0,2}\\s?[:：]`, 'iu');
}

function cut(text: string): string {
  return text.length > MAX_ATTRIBUTION ? text.slice(0, MAX_ATTRIBUTION) : text;
}

function endsOwnWords(lines: MailLines, at: number): boolean {
  const text = cut(lines.at(at)?.text ?? '');
  return SIGNATURE_DELIMITER.test(text) || ORIGINAL_LINE.test(text) || isHeaderBlock(lines, at);
}

/** "From: … / Sent: … / To: … / Subject: …", the way Outlook introduces an earlier message in every language. */
function isHeaderBlock(lines: MailLines, at: number): boolean {
  if (!FROM_LABEL.test(lines.at(at)?.text ?? '')) return false;
  const next = Array.from({ length: HEADER_WINDOW - 1 }, (_, nth) => lines.at(at + 1 + nth)?.text ?? '');
  return next.some((text) => DATE_LABEL.test(text)) && next.some((text) => RECIPIENT_LABEL.test(text));
}

/** The number of lines from `at` on that say "On … wrote:"; 0 when they don't. */
function attributionLength(lines: MailLines, at: number): number {
  let joined = '';
  for (let count = 1; count <= MAX_ATTRIBUTION_LINES; count += 1) {
    // A wrapped one begins on its first line; a line that could begin it as well belongs to another.
    if (count > 1 && !startsAttribution(lines.at(at))) return 0;
    const line = lines.at(at + count - 1);
    if (line?.kind !== 'text' || (count > 1 && startsAttribution(line))) return 0;
    joined = joined === '' ? line.text : `${joined} ${line.text}`;
    if (joined.length > MAX_ATTRIBUTION) return 0;
    if (!/[:：]$/.test(joined)) continue;
    if (isAttribution(joined, lines.at(at + count)?.kind === 'quoted')) return count;
  }
  return 0;
}

function startsAttribution(line: MailLine | undefined): boolean {
  const text = cut(line?.text ?? '');
  return ATTRIBUTION_START.test(text) && HAS_TIME_OR_ADDRESS.test(text);
}

/** In any language, a line with a colon, a time and an address directly above a quote introduces it. */
function isAttribution(text: string, isAboveQuote: boolean): boolean {
  if (!HAS_TIME_OR_ADDRESS.test(text)) return false;
  if (WROTE.test(text) || WROTE_IN_THE_MIDDLE.test(text)) return isAboveQuote || HAS_TIME_OF_DAY.test(text);
  return isAboveQuote && /\d/.test(text) && /@|</.test(text);
}

function lastHeaderLine(lines: MailLines, forwarded: number): number {
  let last = forwarded;
  for (let at = forwarded + 1; at <= forwarded + 2 * HEADER_WINDOW; at += 1) {
    const text = lines.at(at)?.text;
    if (text === undefined) break;
    if (isHeaderLine(text)) last = at;
    else if (text !== '' && at > last + 2) break;
  }
  return last;
}

function isHeaderLine(text: string): boolean {
  return [ANY_HEADER_LABEL, FROM_LABEL, DATE_LABEL, RECIPIENT_LABEL].some((label) => label.test(text));
}

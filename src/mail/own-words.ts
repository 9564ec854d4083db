import { isBannerBelow, isBannerLine } from './banner.ts';
import {
  countAttributionLines,
  findLastHeaderLine,
  introductionText,
  isForwardedLine,
  isHeaderBlock,
  isOriginalLine,
  isReplyAboveLine,
} from './introductions.ts';
import type { MailLines } from './lines.ts';
import { QuoteMarks, withoutQuoteMarks } from './quote-marks.ts';

/** RFC 3676 has two dashes and a blank; lines are trimmed here, and people type other dashes instead. */
const SIGNATURE_DELIMITER = /^(?:--|—|––)$/;
const SENT_FROM_DEVICE =
  /^[\u200E\u200F\u202A-\u202E]{0,3}(?:sent (?:from (?:my|mail for|outlook|yahoo)|via the samsung|with proton ?mail)|get outlook for|(?:télécharger|obtenir|obtener|descargar|scarica|pobierz|baixe|obter|stáhnout|hämta|hent|lataa|загрузить|скачать) .{0,20}outlook .{0,20}(?:ios|android)|outlook für (?:ios|android) (?:beschaffen|herunterladen)|download outlook voor|von mein.{1,40} gesendet|von (?:samsung|meinem) .{1,40}gesendet|diese nachricht wurde von meinem .{1,60} gesendet|gesendet (?:von|mit)|envoyé (?:de|depuis) (?:mon|ma|l)|enviado desde|inviato da|enviado do meu|verstuurd vanaf|verzonden vanaf|skickat från min|sendt fra (?:min|mit|iphone|ipad|android|samsung|outlook|e-?post for)|enviat des del|lähetetty|wysłan[eo] z|odesláno z|odoslané z|elküldve az? |saadetud minu|nosūtīts no|išsiųsta iš|отправлено с|надіслано з|изпратено от моя|trimis de pe|poslano (?:s|z) |στάλθηκε από το|נשלח מה|أُ?رسلت? من (?:ال|هاتفي|جهاز|iphone|ipad|samsung)|ส่งจาก ?(?:iphone|ipad|android)|(?:đã|được) gửi từ|dikirim dari|(?:나의|내) (?:iphone|ipad|android|galaxy).{0,10}에서|发自我的|从我的 ?\p{L}{2,20} ?发送|從我的 ?\p{L}{2,20} ?傳送|मेरे \p{L}{2,20} से भेजा|iphone(?:から|에서|.um(?:dan|'dan) gönderildi|-(?:ról|omról) küldve))/iu;
/** A line of dashes, underscores and the like. */
const RULE = /^[\s_\-=*~•·|]{3,}$/;

/**
 * The first lines that a mail quotes or forwards, for a mail whose sender wrote nothing; else any line with words.
 * @param enough stops once the lines have this many UTF-16 units
 */
export function othersWords(lines: MailLines, enough: number): string[] {
  const quoted = quotedWords(lines, enough);
  return quoted.length > 0 ? quoted : anyWords(lines, enough);
}

/**
 * The lines that the sender wrote in this mail, without earlier messages, their introductions, signatures and warnings
 * of gateways.
 * @param enough stops once the lines have this many UTF-16 units
 */
export function writtenWords(lines: MailLines, enough: number): string[] {
  const words: string[] = [];
  const marks = new QuoteMarks();
  let length = 0;
  let isForward = false;
  for (let at = 0; length < enough; at += 1) {
    const line = lines.at(at);
    if (line === undefined) break;
    if (line.kind === 'signature') continue;
    if (isForwardedLine(line.text)) {
      if (words.length > 0) break;
      isForward = true;
      at = findLastHeaderLine(lines, at);
      continue;
    }
    if (line.kind === 'attribution' || (line.kind === 'quoted' && !isForward)) continue;
    if (line.kind === 'history') {
      if (words.length > 0 || !isForward) break;
      continue;
    }
    const attribution = countAttributionLines(lines, at);
    if (attribution > 0) {
      at += attribution - 1;
      if (lines.at(at + 1)?.kind === 'quoted' || marks.learn(lines, at + 1, words.length === 0)) continue;
      break;
    }
    if (!isForward && marks.includes(lines, at)) continue;
    if (isReplyAboveLine(line.text)) {
      if (words.length > 0) break;
      continue;
    }
    if (endsOwnWords(lines, at)) break;
    if (RULE.test(line.text) || SENT_FROM_DEVICE.test(line.text)) continue;
    if (words.length === 0 ? isBannerLine(line.text) : isBannerBelow(line.text)) continue;
    const text = withoutPictures(line.text);
    if (text === '') continue;
    words.push(text);
    length += text.length + 1;
  }
  return words;
}

/** The first lines of earlier messages, without their introductions. */
function quotedWords(lines: MailLines, enough: number): string[] {
  const words: string[] = [];
  let length = 0;
  for (let at = 0; length < enough; at += 1) {
    const line = lines.at(at);
    if (line === undefined) break;
    if (line.kind === 'signature' || line.kind === 'attribution' || line.kind === 'history') continue;
    const text = introductionText(line.text);
    if (isIntroduction(text) || isBannerLine(line.text)) continue;
    const attribution = countAttributionLines(lines, at);
    if (attribution > 0) {
      if (words.length > 0) break;
      at += attribution - 1;
      continue;
    }
    if (isHeaderBlock(lines, at)) {
      if (words.length > 0) break;
      at = findLastHeaderLine(lines, at);
      continue;
    }
    const unmarked = withoutPictures(withoutQuoteMarks(line.text));
    if (unmarked === '' || isIntroduction(unmarked)) continue;
    words.push(unmarked);
    length += unmarked.length + 1;
  }
  return words;
}

function isIntroduction(text: string): boolean {
  return (
    isForwardedLine(text) ||
    isOriginalLine(text) ||
    isReplyAboveLine(text) ||
    SIGNATURE_DELIMITER.test(text) ||
    RULE.test(text) ||
    SENT_FROM_DEVICE.test(text)
  );
}

/** All lines with words, for a mail that consists of a signature or a warning only. */
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

function endsOwnWords(lines: MailLines, at: number): boolean {
  const text = lines.at(at)?.text ?? '';
  return SIGNATURE_DELIMITER.test(text) || isOriginalLine(text) || isHeaderBlock(lines, at);
}

/** The placeholder of a picture in plain text. */
const PICTURE = /\[(?:cid:[^\]\s]{1,200}|image: [^\]]{1,200})\]\s?/gi;

function withoutPictures(text: string): string {
  return text.includes('[') ? text.replace(PICTURE, '').trim() : text;
}

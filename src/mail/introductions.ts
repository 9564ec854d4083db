import type { MailLine } from './line-collector.ts';
import type { MailLines } from './lines.ts';
import { hasUnusualMark } from './quote-marks.ts';

/**
 * Recognises how mail programs introduce an earlier message: "On … wrote:" (the attribution), a copied header,
 * "Original Message", "Forwarded message".
 */

/** An attribution may wrap over this many lines. */
const MAX_ATTRIBUTION_LINES = 4;
const MAX_ATTRIBUTION = 400;
/** A copied header (From, Sent, To, Subject …) has its labels within this many lines. */
const HEADER_WINDOW = 6;

/** "… wrote:" in the wording of mail programs, at the end of the line. */
const WROTE =
  /(?<!\p{L})(?:wrote|said|sent|writes|schrieb|geschrieben|a\s+écrit|écrit|escribió|va\s+escriure|ha\s+scritto|escreveu|schreef|geschreven|skrev|skrev\s+følgende|kirjoitti|kirjutas|napisał(?:\(a\)|a)?|pisze|napsala?(?:\(a\))?|napísala?(?:\(a\))?|napisa(?:o(?:\/la)?|la)(?:\s+je)?|napisal(?:\(a\)|a)?|írta|a\s+scris|yazdı|menulis|rakstīja|rašė|έγραψε|написал(?:\(а\)|а)?|написав(?:\(ла\))?|написала|написао(?:\/ла)?|написа|пишет|пише|писал|כתב\/ה|כתבה?|كتبت?|نوشت|đã\s+viết|ने\s+लिखा)[^\p{L}\p{N}]{0,5}$|(?:写道|寫道|のメール|書きました|작성|씀|쓴\s글|เขียนว่า)\s*[:：]\s*$/iu;
/**
 * German and some other languages put the author or the date after the verb: "Am 3. Mai schrieb Eva:", "Eva schrieb am
 * 3. Mai:".
 */
const WROTE_IN_THE_MIDDLE =
  /(?<!\p{L})(?:wrote|schrieb|schreef|skrev|napsala?(?:\(a\))?|napisał(?:\(a\)|a)?|pisze|viết|írta|kirjoitti|kirjutas|yazdı|napisao|je\s+napisala?|napisana\s+przez|מאת|كتب|تمت\s+كتابة\s+ما\s+يلي\s+بواسطة)\s.{1,200}[:：]\s*$/iu;
/** A wrapped attribution begins with a preposition or a date. */
const ATTRIBUTION_START =
  /^(?:-{2,}\s)?(?:(?:on|am|op|den|le|il|em|no\s+dia|el|dne|dňa|kuupäev|v|pe|w\s+dniu|dnia|dana|pada|în|vào|в|на|στις|la|på|בתאריך|ב|في)\s|\p{L}{2,4}\.,?\s\d|\p{L}{2,3},\s|\d{1,4}[.\-/年])|(?<!\p{L})(?:schrieb|schreef|skrev)\s/iu;
/** A time of day or an address. A person who types "on 5 May he wrote:" gives neither. */
const HAS_TIME_OF_DAY = /\d{1,2}:\d\d|\d{1,2}\s?[h時点]\s?\d\d|k(?:l|lo|ell|ello)\.?\s?\d{1,2}\.\d\d|@|</;
const HAS_TIME_OR_ADDRESS = /\d{1,4}[.:/\-年]\s?\d{1,2}|\d{4}|@/;
/** Some languages have no verb in it: "2026年11月2日(月) 9:00 Ann <ann@acme.example>:". */
const DATED_ADDRESS =
  /^[^\p{L}]{0,3}(?:\p{L}{1,4}\.?,?\s)?\d.{0,200}\d{1,2}[:.]\d\d.{0,200}<[^<>\s]+@[^<>\s]+>\s?[:：]$/u;

/** In any language: a time of day, a year and an address on one line before a colon, as mail programs write them. */
const TIMED_ADDRESS = /^(?=.*\p{Nd}{1,2}[:.]\p{Nd}\p{Nd})(?=.*\p{Nd}{4}).{0,300}<[^<>\s]+@[^<>\s]+>.{0,100}[:：]$/u;

const ORIGINAL =
  'original message|original appointment|reply message|ursprüngliche nachricht|originalnachricht|message d.origine|message original|mensaje original|messaggio originale|mensagem original|missatge original|oorspronkelijk bericht|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|oryginalna wiadomość|wiadomość oryginalna|původní (?:zpráva|e-?mail)|pôvodná správa|eredeti üzenet|mesaj original|izvorna poruka|originalna poruka|izvirno sporočilo|исходное сообщение|пересылаемое сообщение|оригинално съобщение|оригінальне повідомлення|orijinal mesaj|özgün ileti|αρχικό μήνυμα|原始邮件|原始郵件|元のメッセージ|원본 메시지|원본 메일|ההודעה המקורית|الرسالة الأصلية|pesan asli';
const FORWARDED =
  'forwarded message|forwarded by .{1,200}|weitergeleitete (?:nachricht|e-mail)|weitergeleitet von .{1,200}|message transféré|transféré par .{1,200}|mensaje reenviado|reenviado por .{1,200}|messaggio inoltrato|inoltrato da .{1,200}|mensagem (?:encaminhada|reencaminhada)|encaminhado por .{1,200}|missatge reenviat|doorgestuurd bericht|doorgestuurd door .{1,200}|vidarebefordrat meddelande|vidarebefordrat av .{1,200}|videresendt (?:besked|melding|meddelelse|e-mail)|videresendt a[fv] .{1,200}|välitetty viesti|edelleenlähetetty viesti|przekazana wiadomość|wiadomość przekazana(?: dalej)?|przekazane przez .{1,200}|přeposlan(?:á zpráva|ý e-?mail)|preposlan(?:á správa|ý e-?mail)|továbbított üzenet|mesaj (?:redirecționat|retransmis)|proslijeđena poruka|posredovano sporočilo|iletilen (?:mesaj|ileti)|προωθημένο μήνυμα|пересланное сообщение|пересланное письмо|препратено съобщение|переслане повідомлення|转发邮件(?:信息)?|转发的邮件|轉寄郵件|轉寄的郵件|転送されたメッセージ|転送メッセージ|전달된 메시지|전달된 메일|הודעה שהועברה|הודעה מועברת|رسالة معاد توجيهها|tin nhắn được chuyển tiếp|pesan terusan|pesan yang diteruskan';
const ORIGINAL_LINE = new RegExp(`^[-_=*\\s]{2,}(?:${ORIGINAL})[-_=*\\s:]*$`, 'iu');
const FORWARDED_LINE = new RegExp(
  `^(?:[-_=*\\s]{2,}(?:${FORWARDED})[-_=*\\s:]*|(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|début du (?:message|courriel) (?:réexpédié|transféré)|inicio del mensaje reenviado|inizio (?:del )?messaggio inoltrato|início da mensagem (?:encaminhada|reencaminhada)|begin doorgestuurd bericht|vidarebefordrat brev|start på (?:den )?videresendte? (?:besked|melding)|välitetty viesti alkaa|begynnelsen på (?:den )?videresendte? melding|začiatok preposlanej správy|početak proslijeđene poruke|začetek posredovanega sporočila|[iİ]letilen iletinin başlangıcı|전달된 메시지 시작|開始轉寄郵件|inici del missatge reenviat|начало на препратеното съобщение|edastatud kirja algus|अग्रेषित संदेश प्रारंभ|początek przekazywanej wiadomości|začátek přeposílané zprávy|начало переадресованного сообщения|початок (?:переданого|пересланого|переспрямованого) (?:повідомлення|листа)|továbbított (?:levél|üzenet) (?:eleje|kezdete)|început(?:ul)? mesaj(?:ului)? redirecționat|αρχή (?:του )?προωθημένου μηνύματος|תחילת ה?הודעה (?:שהועברה|המועברת)|بداية الرسالة (?:المعاد توجيهها|المُعاد توجيهها)|เริ่ม(?:ต้น)?ข้อความที่ส่งต่อ|bắt đầu (?:thư|tin nhắn) (?:được )?chuyển tiếp|awal pesan (?:yang )?(?:diteruskan|terusan)|転送されたメッセージ|以下是转发的邮件|开始转发的邮件)\\s*[:：]?)$`,
  'iu',
);

/** The labels of a copied header by language: sender, date, recipient, subject. */
const LABELS: Readonly<Record<string, readonly [from: string, date: string, recipient: string, subject: string]>> = {
  en: ['from', 'sent|date', 'to|cc|bcc', 'subject'],
  de: ['von', 'gesendet(?: am)?|datum', 'an|kopie', 'betreff'],
  fr: ['de|expéditeur', 'envoyé(?: le)?|date', 'à|destinataire', 'objet|sujet'],
  es: ['de', 'enviado(?: el)?|fecha', 'para', 'asunto'],
  ca: ['de', 'enviat(?: el)?|data', 'per a|a', 'assumpte|tema'],
  it: ['da', 'inviato|data', 'a', 'oggetto'],
  nl: ['van', 'verzonden|datum', 'aan', 'onderwerp'],
  pt: ['de', 'enviad[oa](?: em)?|data', 'para', 'assunto'],
  ro: ['de la', 'trimis|data|dată', 'către|la', 'subiect'],
  sv: ['från', 'skickat|datum', 'till|kopia', 'ämne'],
  da: ['fra', 'sendt|dato', 'til', 'emne'],
  fi: ['lähettäjä', 'lähetetty|päivämäärä|päiväys', 'vastaanottaja|kopio', 'aihe'],
  et: ['saatja', 'saadetud|saatmisaeg|kuupäev', 'adressaat|saaja', 'teema'],
  lv: ['no', 'nosūtīts|datums', 'kam', 'tēma'],
  lt: ['nuo', 'išsiųsta|data', 'kam', 'tema'],
  pl: ['od|nadawca', 'wysłan[oaey]|data', 'do|dw|adresat', 'temat'],
  cs: ['od', 'odesláno|datum', 'komu|kopie', 'předmět'],
  sk: ['od|odosielateľ', 'odoslané|dátum', 'komu|príjemca', 'predmet'],
  hu: ['feladó', 'elküldve|dátum', 'címzett', 'tárgy'],
  hr: ['šalje|od|pošiljatelj', 'posla[nt]o|datum', 'prima|za|kome', 'predmet|naslov'],
  sl: ['od|pošiljatelj', 'poslano|datum', 'za', 'zadeva'],
  sr: ['од|шаље', 'послато|датум', 'за|коме', 'наслов|тема'],
  tr: ['kimden|gönderen', 'tarih|gönderildi|gönderme tarihi', 'kime|alıcı|bilgi', 'konu'],
  ru: ['от(?: кого)?', 'отправлено|дата', 'кому|копия', 'тема'],
  uk: ['від', 'надіслано|дата', 'кому', 'тема'],
  bg: ['от', 'изпратено|дата', 'до', 'относно|тема'],
  el: ['από', 'στάλθηκε|ημερομηνία|εστάλη', 'προς|κοιν', 'θέμα'],
  zh: [
    '发件人|寄件者|寄件人',
    '发送时间|日期|日期和时间|寄件日期|傳送時間|发送日期|發送日期|傳送日期',
    '收件人|收件者|抄送',
    '主题|主旨|主題',
  ],
  ja: ['差出人|送信者|from', '送信日時|日付|日時', '宛先|cc', '件名'],
  ko: ['보낸 ?사람', '보낸 ?날짜|날짜|보낸 시간', '받는 ?사람|참조', '제목'],
  th: ['จาก|ส่งจาก', 'ส่ง|ส่งเมื่อ|วันที่', 'ถึง|สำเนา', 'เรื่อง|หัวเรื่อง'],
  vi: ['từ|người gửi', 'đã gửi|ngày|gửi', 'tới|đến|người nhận', 'chủ đề|tiêu đề'],
  id: ['dari|daripada', 'dikirim|tanggal|dihantar|tarikh', 'kepada|ke', 'subjek|perihal'],
  he: ['מאת', 'נשלח|תאריך', 'אל|עבור', 'נושא'],
  ar: ['من', 'تاريخ الإرسال|التاريخ|أُرسلت|تم الإرسال', 'إلى|نسخة', 'الموضوع'],
  hi: ['प्रेषक', 'प्रेषित|भेजा गया|दिनांक|तारीख', 'प्रति|को', 'विषय'],
  fa: ['از', 'تاریخ|ارسال', 'به', 'موضوع'],
};
const [FROM_LABEL, DATE_LABEL, RECIPIENT_LABEL, SUBJECT_LABEL] = [label(0), label(1), label(2), label(3)] as const;
/** What every label ends with. Most lines have none, and an import reads them by the million. */
const COLON = /[:：]/;
const REPLY_TO_LABEL = /^\*{0,2}reply-to\s?\*{0,2}\s?[:：]/i;

function label(nth: 0 | 1 | 2 | 3): RegExp {
  const names = [...new Set(Object.values(LABELS).flatMap((labels) => (labels[nth] ?? '').split('|')))];
  // Outlook's own labels may be bold with asterisks in plain text: "*From:* Ann".
  return new RegExp(`^\\*{0,2}(?:${names.join('|')})\\s?\\*{0,2}\\s?[:：]`, 'iu');
}

/** Direction marks, which occur before labels and after the colon of an attribution. */
const DIRECTION_MARKS = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]+/g;

/** The part of a line in which introductions are searched: trimmed, without direction marks. */
export function introductionText(text: string): string {
  const beginning = text.length > MAX_ATTRIBUTION ? text.slice(0, MAX_ATTRIBUTION) : text;
  return beginning.replace(DIRECTION_MARKS, '').trim();
}

export function isForwardedLine(text: string): boolean {
  return FORWARDED_LINE.test(introductionText(text));
}

export function isOriginalLine(text: string): boolean {
  return ORIGINAL_LINE.test(introductionText(text));
}

/** Helpdesks write it above their mails: `##- Please type your reply above this line -##`, in the language of the account. */
const REPLY_ABOVE =
  /^##-?\s.{5,120}-?##$|^[-=_*#\s]*(?:please )?(?:type|write|enter|add)?\s?(?:your )?reply above this line[-=_*#.\s]*$/iu;

export function isReplyAboveLine(text: string): boolean {
  return REPLY_ABOVE.test(introductionText(text));
}

/**
 * Whether a copied header begins at line `at`: "From: … / Sent: … / To: … / Subject: …", as Outlook introduces an
 * earlier message in every language. Some programs begin with another label than From.
 */
export function isHeaderBlock(lines: MailLines, at: number): boolean {
  if (!COLON.test(lines.at(at)?.text ?? '')) return false;
  const text = (nth: number) => introductionText(lines.at(at + nth)?.text ?? '');
  const beginsWithFrom = FROM_LABEL.test(text(0));
  if (!beginsWithFrom && !DATE_LABEL.test(text(0)) && !SUBJECT_LABEL.test(text(0))) return false;
  const window = Array.from({ length: HEADER_WINDOW }, (_, nth) => text(nth));
  if (beginsWithFrom)
    return (
      window.slice(1).some((line) => DATE_LABEL.test(line)) &&
      window.slice(1).some((line) => RECIPIENT_LABEL.test(line) || SUBJECT_LABEL.test(line))
    );
  // People begin lines with "Date:" and "Subject:" too, so all four labels are needed, without a gap.
  const end = window.findIndex((line) => !isHeaderLine(line));
  const block = end === -1 ? window : window.slice(0, end);
  return [FROM_LABEL, DATE_LABEL, RECIPIENT_LABEL, SUBJECT_LABEL].every((one) => block.some((line) => one.test(line)));
}

/** The number of lines that the attribution at line `at` has; 0 when there is none. */
export function countAttributionLines(lines: MailLines, at: number): number {
  let joined = '';
  for (let count = 1; count <= MAX_ATTRIBUTION_LINES; count += 1) {
    // A wrapped attribution begins on its first line. A later line that could begin one belongs to another.
    if (count > 1 && !startsAttribution(lines.at(at))) return 0;
    const line = lines.at(at + count - 1);
    if (line?.kind !== 'text' || (count > 1 && startsAttribution(line))) return 0;
    const text = introductionText(line.text);
    joined = joined === '' ? text : `${joined} ${text}`;
    if (joined.length > MAX_ATTRIBUTION) return 0;
    if (!/[:：-]$/.test(joined)) continue;
    const isAboveQuote = lines.at(at + count)?.kind === 'quoted' || hasUnusualMark(lines, at + count);
    if (isAttribution(joined, isAboveQuote)) return count;
  }
  return 0;
}

function startsAttribution(line: MailLine | undefined): boolean {
  const text = introductionText(line?.text ?? '');
  // The cheaper test first: few lines have a time or an address.
  return HAS_TIME_OR_ADDRESS.test(text) && ATTRIBUTION_START.test(text);
}

/**
 * In an unknown language, a line with a colon, a time and an address directly above a quote counts as an attribution.
 */
function isAttribution(text: string, isAboveQuote: boolean): boolean {
  if (isAboveQuote && text.length <= 100 && WROTE.test(text)) return true;
  if (!HAS_TIME_OR_ADDRESS.test(text)) return false;
  if (WROTE.test(text) || WROTE_IN_THE_MIDDLE.test(text)) return isAboveQuote || HAS_TIME_OF_DAY.test(text);
  if (DATED_ADDRESS.test(text) || TIMED_ADDRESS.test(text)) return true;
  return isAboveQuote && /\d/.test(text) && /@|</.test(text);
}

/** The last line of the copied header that begins after line `forwarded`; `forwarded` itself when there is none. */
export function findLastHeaderLine(lines: MailLines, forwarded: number): number {
  let last = forwarded;
  for (let at = forwarded + 1; at <= forwarded + 2 * HEADER_WINDOW; at += 1) {
    const text = lines.at(at)?.text;
    if (text === undefined) break;
    if (isHeaderLine(introductionText(text))) last = at;
    else if (text !== '' && at > last + 2) break;
  }
  return last;
}

function isHeaderLine(text: string): boolean {
  if (!COLON.test(text)) return false;
  return [FROM_LABEL, DATE_LABEL, RECIPIENT_LABEL, SUBJECT_LABEL, REPLY_TO_LABEL].some((one) => one.test(text));
}

import { cutText, lowerCase } from '../domain/normalize-text.ts';
import { ABSENCE_PHRASES, AUTO_REPLY_PHRASES, WEAK_ABSENCE_PHRASES } from './absence-phrases.ts';
import { ABSENCE_SUBJECT, ABSENCE_TEXT, ARRANGED_ABSENCE, REQUEST } from './absence-texts.ts';
import { BOUNCE_PHRASES, FAILED_PHRASES, UNDELIVERABLE_PHRASES, UNDELIVERED_SUBJECT } from './bounce-phrases.ts';
import { isMailServer, isNoReplyAddress } from './no-reply.ts';
import {
  ACKNOWLEDGED,
  AUTOMATIC_REPLY_TEXT,
  CALENDAR_TEXT,
  FOR_WRONG_RECIPIENTS,
  GOODS,
  isDeliveryReportText,
  LIKED,
  NO_REPLY_TEXT,
  REACTED,
  REACTED_TO,
  RECEIPT_TEXT,
} from './program-texts.ts';
import { CALENDAR_PHRASES, RECALL_PHRASES, RECEIPT_PHRASES } from './response-phrases.ts';
import { isReplyOrForward, SubjectBeginnings, withoutGatewayTags } from './subject.ts';

/** The parts of a mail that show whether a person or a program sent it. */
export interface ProgramDetectorInput {
  subject: string;
  /** The sender's own text, without earlier messages: see `ownTextOf`. */
  text: string;
  /** The sender's address; null when unknown. */
  from: string | null;
  /** The addresses in `Reply-To`. */
  replyTo?: readonly string[];
  attachments: readonly { filename: string; contentType?: string; isInline?: boolean }[];
  headers: readonly { name: string; value: string }[];
  /**
   * The company's own domains. A shared address that is a mailing list marks every mail as list mail, which is ignored.
   */
  ownDomains?: readonly string[];
}

/**
 * The kinds of mail that programs send. `reply`: an automatic reply; `bulk`: newsletters and lists; `notice`: an
 * announcement, such as a payer's system sends for a payment.
 */
export type ProgramKind = 'reply' | 'bounce' | 'receipt' | 'calendar' | 'reaction' | 'bulk' | 'notice';

export interface Program {
  kind: ProgramKind;
  /** The rule that matched, for the log and the tests. */
  reason: string;
}

/**
 * Detects what kind of program sent a mail; null when a person did. Headers, content types and attachments count before
 * the words of the subject.
 */
export function detectProgram(sent: ProgramDetectorInput): Program | null {
  // No pattern without case finds this letter.
  const mail = { ...sent, text: sent.text.replaceAll('İ', 'i') };
  return byHeaders(mail) ?? byParts(mail) ?? bySender(mail) ?? byWords(mail) ?? bulkOf(mail) ?? noticeOf(mail);
}

/** Names of headers such as `X-Autoreply-From` and `X-Amazon-Auto-Reply`. Exchange writes the excepted one into people's mails. */
const AUTO_REPLY_HEADER =
  /^x-(?!auto-response-suppress)(?:[\w-]{0,30}-)?(?:auto-?(?:reply|respon|generated)|vacation|fc-machinegenerated)/;
/** Values that identify a program, of headers that people's mails have too. */
const AUTO_REPLY_VALUES: Readonly<Record<string, RegExp>> = {
  'x-post-messageclass': /autoresponder/i,
  'delivered-to': /^\s*autoresponder\s*$/i,
  'x-loop': /auto-?(?:reply|respon)|vacation/i,
  'x-ms-exchange-generated-message-source': /mailbox rules agent/i,
  'x-mailer': /vacation|auto-?respon/i,
  'user-agent': /vacation|auto-?respon/i,
};

function byHeaders({ headers }: ProgramDetectorInput): Program | null {
  const type = lowerCase(header(headers, 'content-type'));
  const report = reportKind(type) ?? reportKind(lowerCase(header(headers, 'content-class')));
  if (report !== null) return { kind: report, reason: 'content type of a report' };
  if (isYes(header(headers, 'x-failed-recipients')) || isYes(header(headers, 'x-ms-exchange-message-is-ndr')))
    return { kind: 'bounce', reason: 'header of a bounce' };
  if (/^\s*<\s*>\s*$/.test(header(headers, 'return-path')) && header(headers, 'return-path') !== '')
    return { kind: 'reply', reason: 'header return-path' };
  if (/^\s*auto-replied/i.test(header(headers, 'auto-submitted')))
    return { kind: 'reply', reason: 'header auto-submitted' };
  const marking = headers.find(
    ({ name, value }) => AUTO_REPLY_HEADER.test(lowerCase(name)) && isYes(value.slice(0, 100)),
  );
  if (marking !== undefined) return { kind: 'reply', reason: `header ${lowerCase(marking.name)}` };
  const telling = Object.entries(AUTO_REPLY_VALUES).find(([name, value]) => value.test(header(headers, name)));
  if (telling !== undefined) return { kind: 'reply', reason: `header ${telling[0]}` };
  // `Preference` is how some programs spell it.
  const precedences = ['precedence', 'x-precedence', 'preference'].map((name) => header(headers, name));
  if (precedences.some((value) => /^\s*auto[_-]?reply/i.test(value)))
    return { kind: 'reply', reason: 'header precedence' };
  return null;
}

function reportKind(type: string): ProgramKind | null {
  if (
    /report-type\s*=\s*"?(?:delivery-status|delivery)|content-classes:dsn|message\/(?:global-)?delivery-status/.test(
      type,
    )
  )
    return 'bounce';
  if (/disposition-notification|content-classes:mdn/.test(type)) return 'receipt';
  if (/content-classes:calendarmessage|^\s*text\/calendar/.test(type)) return 'calendar';
  if (/vnd\.google\.email-reaction/.test(type)) return 'reaction';
  return null;
}

/**
 * Judges by the attachments. The file of an invitation doesn't count, because people write mails with an invitation.
 */
function byParts({ attachments, subject, text }: ProgramDetectorInput): Program | null {
  for (const { contentType = '' } of attachments.slice(0, 50)) {
    const type = lowerCase(contentType);
    if (/message\/(?:global-)?delivery-status/.test(type))
      return { kind: 'bounce', reason: 'delivery report attached' };
    if (/disposition-notification/.test(type)) return { kind: 'receipt', reason: 'receipt attached' };
    if (/vnd\.google\.email-reaction/.test(type)) return { kind: 'reaction', reason: 'reaction attached' };
    if (/text\/calendar.*method\s*=\s*"?(?:reply|counter|cancel)/.test(type))
      return { kind: 'calendar', reason: 'calendar answer attached' };
  }
  if (!CALENDAR.isHeading(subject)) return null;
  if (attachments.some(isCalendarFile)) return { kind: 'calendar', reason: 'calendar file and subject' };
  if (text.trim() === '' && attachments.some(isPacked))
    return { kind: 'calendar', reason: 'packed answer without words' };
  return CALENDAR_TEXT.test(text.slice(0, 2_000)) ? { kind: 'calendar', reason: 'text of a calendar answer' } : null;
}

function isCalendarFile({ filename, contentType = '' }: ProgramDetectorInput['attachments'][number]): boolean {
  return /^(?:text\/calendar|application\/ics)/i.test(contentType) || /\.ics$/i.test(filename.slice(-10));
}

/** Outlook sends calendar answers to other mail programs in a file of its own format (TNEF). */
function isPacked({ filename, contentType = '' }: ProgramDetectorInput['attachments'][number]): boolean {
  return /^application\/(?:vnd\.)?ms-tnef/i.test(contentType) || /^winmail\.dat$/i.test(filename);
}

function bySender({ from, attachments }: ProgramDetectorInput): Program | null {
  if (from === null || !isMailServer(from)) return null;
  return { kind: 'bounce', reason: attachments.length > 0 ? 'bounce with a report' : 'bounce' };
}

const AUTO_REPLY = new SubjectBeginnings(AUTO_REPLY_PHRASES);
const ABSENCE = new SubjectBeginnings(ABSENCE_PHRASES);
const WEAK_ABSENCE = new SubjectBeginnings(WEAK_ABSENCE_PHRASES);
const BOUNCE = new SubjectBeginnings(BOUNCE_PHRASES);
const UNDELIVERABLE = new SubjectBeginnings(UNDELIVERABLE_PHRASES);
const FAILED = new SubjectBeginnings(FAILED_PHRASES);
const RECEIPT = new SubjectBeginnings(RECEIPT_PHRASES);
const CALENDAR = new SubjectBeginnings(CALENDAR_PHRASES);
const RECALL = new SubjectBeginnings(RECALL_PHRASES);

const MAX_BEGINNING = 4_000;
/** In UTF-16 units: absence notices mention the absence at the beginning. */
const MAX_FIRST_WORDS = 600;
const MAX_SUBJECT = 500;

function byWords(mail: ProgramDetectorInput): Program | null {
  const { subject, text, from } = mail;
  if (AUTO_REPLY.find(subject) !== undefined || isAbsenceNotice(mail))
    return { kind: 'reply', reason: 'subject of an automatic reply' };
  const beginning = text.slice(0, MAX_BEGINNING);
  const isReport = isDeliveryReportText(beginning, from);
  if (saysUndelivered(subject)) return { kind: 'bounce', reason: 'bounce' };
  if (UNDELIVERABLE.isHeading(subject) && (isReport || !GOODS.test(beginning)))
    return { kind: 'bounce', reason: 'bounce' };
  if (FAILED.isHeading(subject) && isReport) return { kind: 'bounce', reason: 'text of a bounce' };
  if (RECEIPT.isHeading(subject) && RECEIPT_TEXT.test(beginning))
    return { kind: 'receipt', reason: 'text of a receipt' };
  if (tellsOnlyOfAbsence(text)) return { kind: 'reply', reason: 'text of an absence' };
  if (isReaction(mail)) return { kind: 'reaction', reason: 'text of a reaction' };
  if (AUTOMATIC_REPLY_TEXT.test(beginning) || (!isReplyOrForward(subject) && ACKNOWLEDGED.test(beginning)))
    return { kind: 'reply', reason: 'text of an automatic reply' };
  return null;
}

/** Whether a subject begins like that of a delivery report; subjects of people may, too. */
export function hasBounceSubject(subject: string): boolean {
  return saysUndelivered(subject) || UNDELIVERABLE.isHeading(subject) || FAILED.isHeading(subject);
}

function saysUndelivered(subject: string): boolean {
  return (
    BOUNCE.find(subject) !== undefined || UNDELIVERED_SUBJECT.test(cutText(withoutGatewayTags(subject), MAX_SUBJECT))
  );
}

function isAbsenceNotice({ subject, text }: ProgramDetectorInput): boolean {
  if (ABSENCE.isHeading(subject)) return true;
  if (ABSENCE_SUBJECT.test(cutText(withoutGatewayTags(subject), MAX_SUBJECT))) return !isReplyOrForward(subject);
  return WEAK_ABSENCE.isHeading(subject) && ABSENCE_TEXT.test(text.slice(0, MAX_FIRST_WORDS));
}

const MAX_ABSENCE = 1_200;

/** "I am away until …, in urgent cases write to …" and no question: what people set up before they leave. */
function tellsOnlyOfAbsence(text: string): boolean {
  return (
    text.length <= MAX_ABSENCE &&
    !/[?？؟\u037E]/.test(text) &&
    ARRANGED_ABSENCE.some((one) => !REQUEST.test(one.exec(text)?.[1] ?? 'please'))
  );
}

const MAX_REACTION = 200;
/** "👍 Ann reacted via Gmail" in any language: a picture, the name and the provider on one line. */
const GMAIL_REACTION = /^\p{Extended_Pictographic}[^\n?？.!。]{1,120}?gmail[^\n?？.!。]{0,40}$/iu;

function isReaction({ text, attachments }: ProgramDetectorInput): boolean {
  const words = text.trim();
  // The message that was reacted to may follow in the same text.
  const [first = ''] = words.split('\n', 1);
  if (first.length <= MAX_REACTION && /[:：]$/.test(first) && REACTED.test(first) && REACTED_TO.test(first))
    return true;
  if (words.length > MAX_REACTION) return false;
  if (LIKED.test(words) || GMAIL_REACTION.test(words)) return true;
  const hasPicture = /\p{Extended_Pictographic}/u.test(words);
  // A mail with emoji only, such as a thumb, needs no answer.
  if (hasPicture && !/[\p{L}\p{N}]/u.test(words)) return attachments.every(({ isInline }) => isInline === true);
  if (!REACTED.test(words) || !REACTED_TO.test(words)) return false;
  return hasPicture || /gmail/i.test(words) || /: (?:like|heart|love|celebrate|laugh|surprised|sad)$/i.test(words);
}

function bulkOf({ headers, ownDomains = [] }: ProgramDetectorInput): Program | null {
  const listId = lowerCase(header(headers, 'list-id'));
  const isOwnList = ownDomains.some((domain) =>
    new RegExp(`[.@<]${escapeRegExp(lowerCase(domain))}>?\\s*$`).test(listId),
  );
  if (isOwnList || isDiscussionList(headers)) return null;
  if (/^\s*(?:bulk|list|junk)\b/i.test(header(headers, 'precedence')))
    return { kind: 'bulk', reason: 'header precedence' };
  if (listId !== '') return { kind: 'bulk', reason: 'header list-id' };
  return header(headers, 'list-unsubscribe') === '' ? null : { kind: 'bulk', reason: 'header list-unsubscribe' };
}

/** Whether a list takes posts from people, as the group of a customer's accounts payable does and a newsletter doesn't. */
function isDiscussionList(headers: ProgramDetectorInput['headers']): boolean {
  if (/^\s*(?:bulk|junk)\b/i.test(header(headers, 'precedence'))) return false;
  return /<mailto:/i.test(header(headers, 'list-post')) || header(headers, 'x-google-group-id') !== '';
}

function noticeOf(mail: ProgramDetectorInput): Program | null {
  const { from, replyTo = [], headers, subject, text } = mail;
  if (/^\s*auto-(?!replied)/i.test(header(headers, 'auto-submitted')))
    return { kind: 'notice', reason: 'header auto-submitted' };
  if (header(headers, 'x-cron-env') !== '') return { kind: 'notice', reason: 'header x-cron-env' };
  // A portal sends a person's mail from its own address, with the person's address in Reply-To.
  if (replyTo.some((address) => address.includes('@') && !isNoReplyAddress(address) && address !== from)) return null;
  if (from !== null && isNoReplyAddress(from)) return { kind: 'notice', reason: 'sender takes no replies' };
  if (RECALL.find(subject) !== undefined) return { kind: 'notice', reason: 'report of a recall' };
  // People answer and forward notices too.
  if (!isReplyOrForward(subject) && wantsNoReply(text.slice(0, MAX_BEGINNING)))
    return { kind: 'notice', reason: 'text that wants no reply' };
  return null;
}

/** Apart from what the footers of people's mails say to those who got one by mistake. */
function wantsNoReply(text: string): boolean {
  const sentences = text.split(/(?<=[.!?。\n])/u).filter((sentence) => !FOR_WRONG_RECIPIENTS.test(sentence));
  return NO_REPLY_TEXT.test(sentences.join(''));
}

function header(headers: ProgramDetectorInput['headers'], name: string): string {
  return headers.find((entry) => lowerCase(entry.name) === name)?.value.slice(0, 2_000) ?? '';
}

function isYes(value: string): boolean {
  return value.trim() !== '' && !/^\s*(?:no|false|0)\s*$/i.test(value);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

import { createHash } from 'node:crypto';
import { exceededLimit } from '../../domain/json-structure.ts';
import { cutText, withBoundedMarks } from '../../domain/normalize-text.ts';
import { storableText } from '../../domain/storable-text.ts';
import type { BodyType, FolderRole } from '../../domain/vocabulary.ts';
import { type Correspondent, displayAddress } from '../../mail/address.ts';
import { bodyTypeOf } from '../../mail/body-type.ts';
import { decodeEncodedWords } from '../../mail/encoded-words.ts';
import { folderRole } from '../../mail/folders.ts';
import { type NylasAttachment, readAttachments } from './attachments.ts';
import { type MailTexts, mailTexts } from './mail-texts.ts';
import { unpack } from './unpack.ts';
import { isRecord, readId, readList, readName, readNumber, readText } from './values.ts';

const DAY_MS = 86_400_000;
/** A `date` from here on is in milliseconds: as seconds it would be the year 5138. */
const LEAST_MILLISECONDS = 1e11;

export interface NylasHeader {
  name: string;
  value: string;
}

/** Bounds of what is read of one delivery, beyond what people write, so that no mail costs much more than another. */
const MAX_SUBJECT = 10_000;
const [MAX_NAME, MAX_ADDRESS] = [500, 1_000];
const [MAX_FOLDER, MAX_FOLDERS] = [1_000, 100];
const MAX_RECIPIENTS = 2_000;
const MAX_HEADERS = 2_000;
/** Several times the values of a mail with all these recipients and headers. They bound the memory that parsing takes. */
const LIMITS = { depth: 1_000, values: 500_000 };

/**
 * `data.object` of a `message.created` or `message.updated`, validated. Every string can be stored in PostgreSQL (see
 * `storableText`).
 */
export interface NylasMessage {
  grantId: string;
  messageId: string;
  /** The provider's id of the conversation; null when it wasn't given. */
  threadId: string | null;
  /** Empty when the mail has none. */
  subject: string;
  from: Correspondent | null;
  to: Correspondent[];
  cc: Correspondent[];
  bcc: Correspondent[];
  replyTo: Correspondent[];
  /** The mail's own time; null when it is missing or implausible. */
  date: Date | null;
  /**
   * When the mail was sent or received: `date`, but no later than the notification; else the notification's time, else
   * now.
   */
  timestamp: Date;
  /** As sent; null when there is none, and always when `truncated`. */
  body: string | null;
  bodyType: BodyType;
  snippet: string;
  texts: MailTexts;
  folders: string[];
  attachments: NylasAttachment[];
  /** Empty unless the webhook is set up to send them. */
  headers: NylasHeader[];
  /**
   * The body is missing: the notification exceeded 1 MB, or the webhook sends no bodies. A later event may bring it.
   */
  truncated: boolean;
}

/** A folder of a mailbox; `role` is null when neither its attributes nor its name nor its id reveals one. */
export interface NylasFolder {
  grantId: string;
  folderId: string;
  role: FolderRole | null;
  /** Whether the provider told its attributes; without them a new name says nothing against what was learnt. */
  hasAttributes: boolean;
}

interface NylasEnvelope {
  /**
   * The provider's event id, by which replays are recognised; the digest of an overlong id. Without an id, the digest
   * of the decompressed bytes, so that the same bytes are still the same event.
   */
  eventId: string;
  /** As sent, e.g. `message.created.truncated`. */
  type: string;
  /** The mailbox; null when it wasn't given. */
  grantId: string | null;
  /** When the provider sent it; null when missing or implausible. */
  sentAt: Date | null;
}

/** A delivery, read. The `reason` of an unreadable one is in fixed words, without anything of the mail's content. */
export type NylasEvent =
  | (NylasEnvelope & { kind: 'message'; message: NylasMessage; isUpdate: boolean })
  | (NylasEnvelope & { kind: 'folder'; folder: NylasFolder; isDeleted: boolean })
  | (NylasEnvelope & { kind: 'other' })
  | (NylasEnvelope & { kind: 'unreadable'; reason: string });

export interface NylasDelivery {
  bytes: Uint8Array;
  contentEncoding?: string | undefined;
  /** Default: now. */
  receivedAt?: Date;
}

/**
 * Reads a delivery whose signature was checked. Never throws: unreadable bytes give an event of kind `unreadable`.
 * Unknown fields are ignored; missing and wrong ones have a defined replacement.
 */
export async function readNylasEvent(delivery: NylasDelivery): Promise<NylasEvent> {
  const receivedAt = delivery.receivedAt ?? new Date();
  let unpacked: Uint8Array;
  try {
    unpacked = await unpack(delivery.bytes, delivery.contentEncoding);
  } catch (error) {
    return unreadable(delivery.bytes, error instanceof RangeError ? 'unpacks to too many bytes' : 'cannot be unpacked');
  }
  if (exceededLimit(unpacked, LIMITS)) return unreadable(unpacked, 'has too many values');
  const text = new TextDecoder().decode(unpacked);
  let payload: unknown;
  try {
    payload = JSON.parse(text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text);
  } catch {
    return unreadable(unpacked, 'is not JSON');
  }
  if (!isRecord(payload)) return unreadable(unpacked, 'is not an object');
  return readEnvelope(payload, unpacked, receivedAt);
}

/**
 * `message.created.truncated` is the event `message.created` with the suffix `truncated`; suffixes combine in any
 * order.
 */
export function readNylasType(type: string): { name: string; suffixes: ReadonlySet<string> } {
  const [object = '', verb = '', ...suffixes] = type.split('.');
  return { name: verb === '' ? object : `${object}.${verb}`, suffixes: new Set(suffixes) };
}

/** Reads one message object as the webhook and the messages API send it; null without its id or its grant's. */
export function readNylasMessage(
  object: unknown,
  options: { truncated?: boolean; cleaned?: boolean; sentAt?: Date | null; receivedAt?: Date } = {},
): NylasMessage | null {
  if (!isRecord(object)) return null;
  const grantId = readId(object.grant_id);
  const messageId = readId(object.id);
  if (grantId === null || messageId === null) return null;
  const receivedAt = options.receivedAt ?? new Date();
  const truncated = options.truncated ?? false;
  const date = readTime(object.date, receivedAt);
  const announcedAt = options.sentAt ?? receivedAt;
  const body = truncated || typeof object.body !== 'string' ? null : storableText(object.body);
  // Clean Conversations send Markdown; when the cleaning failed the body is the original HTML.
  const markdown = options.cleaned === true && object.cleaning_status !== 'failed';
  const bodyType = markdown ? 'text/plain' : bodyTypeOf(body ?? '');
  const snippet = withoutEntities(readText(object.snippet));
  const [from, ...furtherAuthors] = readCorrespondents(object.from);
  const replyTo = readCorrespondents(object.reply_to);
  return {
    grantId,
    messageId,
    threadId: readId(object.thread_id),
    subject: readWords(object.subject, MAX_SUBJECT),
    from: from ?? null,
    to: readCorrespondents(object.to),
    cc: readCorrespondents(object.cc),
    bcc: readCorrespondents(object.bcc),
    // Without a Reply-To, an answer goes to all authors (RFC 5322).
    replyTo: replyTo.length > 0 ? replyTo : furtherAuthors,
    date,
    timestamp: date !== null && date < announcedAt ? date : announcedAt,
    body,
    bodyType,
    snippet,
    texts: body === null ? mailTexts(snippet, 'text/plain') : mailTexts(body, bodyType),
    folders: readList(object.folders, readFolder, MAX_FOLDERS),
    attachments: readAttachments(object.attachments, body),
    headers: readList(object.headers, readHeader, MAX_HEADERS),
    truncated: body === null,
  };
}

/** Reads one folder object as the webhook and the folders API send it; null without its id or its grant's. */
export function readNylasFolder(object: unknown): NylasFolder | null {
  if (!isRecord(object)) return null;
  const grantId = readId(object.grant_id);
  const folderId = readId(object.id);
  if (grantId === null || folderId === null) return null;
  const attributes = Array.isArray(object.attributes) ? object.attributes.slice(0, MAX_FOLDERS) : [];
  const names = [...attributes, cutFolder(readName(object.name)), folderId];
  const roles = names.map((name) => (typeof name === 'string' ? folderRole(name) : null));
  const role = roles.find((one) => one !== null) ?? null;
  return { grantId, folderId, role, hasAttributes: attributes.length > 0 };
}

function readEnvelope(payload: Record<string, unknown>, unpacked: Uint8Array, receivedAt: Date): NylasEvent {
  const type = readText(payload.type);
  const data = isRecord(payload.data) ? payload.data : {};
  const object = isRecord(data.object) ? data.object : {};
  const sentAt = readTime(payload.time, receivedAt);
  const envelope: NylasEnvelope = {
    eventId: readId(payload.id) ?? digestId(unpacked),
    type,
    grantId: readId(object.grant_id) ?? readId(data.grant_id),
    sentAt,
  };
  const { name, suffixes } = readNylasType(type);
  if (type === '') return { ...envelope, kind: 'unreadable', reason: 'has no type' };
  if (/^folder\.(?:created|updated|deleted)$/.test(name)) {
    const folder = readNylasFolder(data.object);
    if (folder === null) return { ...envelope, kind: 'unreadable', reason: 'has no folder id or no grant id' };
    return { ...envelope, kind: 'folder', folder, isDeleted: name === 'folder.deleted' };
  }
  if (name !== 'message.created' && name !== 'message.updated') return { ...envelope, kind: 'other' };
  const message = readNylasMessage(data.object, {
    truncated: suffixes.has('truncated'),
    cleaned: suffixes.has('cleaned'),
    sentAt,
    receivedAt,
  });
  if (message === null) return { ...envelope, kind: 'unreadable', reason: 'has no message id or no grant id' };
  return { ...envelope, kind: 'message', message, isUpdate: name === 'message.updated' };
}

function unreadable(bytes: Uint8Array, reason: string): NylasEvent {
  return {
    kind: 'unreadable',
    eventId: digestId(bytes),
    type: '',
    grantId: null,
    sentAt: null,
    reason,
  };
}

function digestId(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Gmail's snippet is plain text with entities. */
function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|(amp|lt|gt|quot|apos|nbsp));/g, (entity, number, name) => {
    if (name !== undefined) return ENTITIES[name] ?? entity;
    const code = Number(number);
    return code >= 32 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : entity;
  });
}

/** Text that people see, with RFC 2047 encoded words decoded. */
function readWords(value: unknown, atMost: number): string {
  return withBoundedMarks(cutText(storableText(decodeEncodedWords(cutText(readText(value), 2 * atMost))), atMost));
}

/** Mail programs without a clock write dates of 1970, 1980 and the like. */
const FIRST_DATE_MS = Date.UTC(1990, 0, 1);

/** A plausible time from Unix seconds: from 1990 on and at most a day ahead, since mail is announced after it arrived. */
function readTime(value: unknown, receivedAt: Date): Date | null {
  const number = readNumber(value);
  if (number === null || number <= 0) return null;
  const ms = Math.floor(number >= LEAST_MILLISECONDS ? number : number * 1000);
  return ms < FIRST_DATE_MS || ms > receivedAt.getTime() + DAY_MS ? null : new Date(ms);
}

function readCorrespondents(value: unknown, atMost = MAX_RECIPIENTS): Correspondent[] {
  return readList(Array.isArray(value) ? value : [value], readCorrespondent, atMost);
}

function readCorrespondent(value: unknown): Correspondent | null {
  if (typeof value === 'string') return readCorrespondent({ email: value });
  if (!isRecord(value)) return null;
  const email = displayAddress(withBoundedMarks(cutText(readText(value.email), MAX_ADDRESS)));
  const name = withoutQuotes(readWords(value.name, MAX_NAME).trim());
  return email === '' && name === '' ? null : { name, email };
}

/** Some programs put quotes around an encoded name, where they are part of it. */
function withoutQuotes(name: string): string {
  return /^"([^"]+)"$/.exec(name)?.[1]?.trim() ?? name;
}

/** The name of a folder. For a folder with attributes, the attribute of a known role (`\\Drafts`) replaces the name. */
function readFolder(value: unknown): string | null {
  if (!isRecord(value)) return cutFolder(readName(value));
  const attributes = Array.isArray(value.attributes) ? value.attributes.slice(0, MAX_FOLDERS) : [];
  const role = attributes.find((attribute) => typeof attribute === 'string' && folderRole(attribute) !== null);
  return cutFolder(readName(role ?? value.name ?? value.id));
}

function cutFolder(folder: string | null): string | null {
  return folder === null ? null : withBoundedMarks(cutText(folder, MAX_FOLDER));
}

function readHeader(value: unknown): NylasHeader | null {
  if (!isRecord(value)) return null;
  const name = readText(value.name).trim();
  return name === '' ? null : { name, value: readText(value.value) };
}

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { lowerCase } from '../../domain/normalize-text.ts';
import { indexableId, storableText } from '../../domain/storable-text.ts';
import type { BodyType } from '../../domain/vocabulary.ts';
import { type Correspondent, displayAddress } from '../../mail/address.ts';

const gunzipAsync = promisify(gunzip);

/** A webhook body holds at most 5 MiB; this bounds what it may unpack to, so that a bomb costs little. */
export const MAX_UNPACKED_BYTES = 20 * 1024 * 1024;

const DAY_MS = 86_400_000;
/** A `date` this big can't be seconds (it would be the year 5138): the provider meant milliseconds. */
const LEAST_MILLISECONDS = 1e11;

export interface NylasAttachment {
  /** The provider's id; null when it was not given. */
  id: string | null;
  filename: string;
  contentType: string;
  sizeBytes: number | null;
  isInline: boolean;
  contentId: string | null;
}

export interface NylasHeader {
  name: string;
  value: string;
}

/** `data.object` of a `message.created`, every field with a type that can be relied on. Strings are storable. */
export interface NylasMessage {
  grantId: string;
  messageId: string;
  /** The provider's conversation; null when it was not given. */
  threadId: string | null;
  /** Empty when the mail has none. */
  subject: string;
  from: Correspondent | null;
  to: Correspondent[];
  cc: Correspondent[];
  bcc: Correspondent[];
  replyTo: Correspondent[];
  /** The mail's own time; null when missing or not believable. */
  date: Date | null;
  /** When the mail was sent or received: `date`, else the notification's time, else now. */
  timestamp: Date;
  /** As sent; null when there is none, and always for a truncated one. */
  body: string | null;
  bodyType: BodyType;
  snippet: string;
  folders: string[];
  attachments: NylasAttachment[];
  /** Empty unless the webhook is set up to send them. */
  headers: NylasHeader[];
  /** The provider left out the body because the notification passed 1 MB. */
  truncated: boolean;
}

interface NylasEnvelope {
  /**
   * The provider's event id, by which replays are recognised; an overlong one by its digest. Without one: a digest of
   * the unpacked bytes, so that the same bytes are still the same event.
   */
  eventId: string;
  /** As sent, e.g. `message.created.truncated`. */
  type: string;
  /** The mailbox; null when it was not given. */
  grantId: string | null;
  /** When the provider sent it; null when missing or not believable. */
  sentAt: Date | null;
  /** 1 to 3; null when missing. */
  deliveryAttempt: number | null;
}

/** What a delivery turned out to be. `unreadable` says why, in words that hold nothing of the mail's content. */
export type NylasEvent =
  | (NylasEnvelope & { kind: 'message'; message: NylasMessage })
  | (NylasEnvelope & { kind: 'other' })
  | (NylasEnvelope & { kind: 'unreadable'; reason: string });

export interface NylasDelivery {
  bytes: Uint8Array;
  contentEncoding?: string | undefined;
  /** Default: now. */
  receivedAt?: Date;
}

/**
 * Reads a delivery whose signature was checked. Never throws: bytes that can't be read are an event too. Unknown fields
 * are ignored, missing and wrong ones have a defined replacement.
 */
export async function readNylasEvent(delivery: NylasDelivery): Promise<NylasEvent> {
  const receivedAt = delivery.receivedAt ?? new Date();
  let unpacked: Uint8Array;
  try {
    unpacked = await unpack(delivery.bytes, delivery.contentEncoding);
  } catch (error) {
    return unreadable(delivery.bytes, error instanceof RangeError ? 'unpacks to too many bytes' : 'cannot be unpacked');
  }
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

/** `message.created.truncated` is the event `message.created` with the suffix `truncated`; suffixes combine in any order. */
export function readNylasType(type: string): { name: string; suffixes: ReadonlySet<string> } {
  const [object = '', verb = '', ...suffixes] = type.split('.');
  return { name: verb === '' ? object : `${object}.${verb}`, suffixes: new Set(suffixes) };
}

/** One message object as the webhook and the messages API send it; null without the ids that make it one. */
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
  // Clean Conversations send Markdown; when the cleaning failed the body is the original HTML.
  const markdown = options.cleaned === true && object.cleaning_status !== 'failed';
  return {
    grantId,
    messageId,
    threadId: readId(object.thread_id),
    subject: readText(object.subject),
    from: readCorrespondents(object.from)[0] ?? null,
    to: readCorrespondents(object.to),
    cc: readCorrespondents(object.cc),
    bcc: readCorrespondents(object.bcc),
    replyTo: readCorrespondents(object.reply_to),
    date,
    timestamp: date ?? options.sentAt ?? receivedAt,
    body: truncated || typeof object.body !== 'string' ? null : storableText(object.body),
    bodyType: markdown ? 'text/plain' : 'text/html',
    snippet: readText(object.snippet),
    folders: readList(object.folders, readFolder),
    attachments: readList(object.attachments, readAttachment),
    headers: readList(object.headers, readHeader),
    truncated,
  };
}

async function unpack(bytes: Uint8Array, contentEncoding: string | undefined): Promise<Uint8Array> {
  const encoding = lowerCase(contentEncoding ?? '').trim();
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  // A proxy in front may have unpacked the body and kept the header, or dropped the header: the bytes decide.
  if (isGzip) return gunzipAsync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES });
  if (['', 'identity', 'gzip', 'x-gzip'].includes(encoding)) return bytes;
  throw new Error('unknown encoding');
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
    deliveryAttempt: readCount(payload.webhook_delivery_attempt),
  };
  const { name, suffixes } = readNylasType(type);
  if (type === '') return { ...envelope, kind: 'unreadable', reason: 'has no type' };
  if (name !== 'message.created') return { ...envelope, kind: 'other' };
  const message = readNylasMessage(data.object, {
    truncated: suffixes.has('truncated'),
    cleaned: suffixes.has('cleaned'),
    sentAt,
    receivedAt,
  });
  if (message === null) return { ...envelope, kind: 'unreadable', reason: 'has no message id or no grant id' };
  return { ...envelope, kind: 'message', message };
}

function unreadable(bytes: Uint8Array, reason: string): NylasEvent {
  return {
    kind: 'unreadable',
    eventId: digestId(bytes),
    type: '',
    grantId: null,
    sentAt: null,
    deliveryAttempt: null,
    reason,
  };
}

function digestId(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readText(value: unknown): string {
  return typeof value === 'string' ? storableText(value) : '';
}

/** An id that a row is found by. */
function readId(value: unknown): string | null {
  const id = readName(value);
  return id === null ? null : indexableId(id);
}

/** A name or an id as it was sent; null when there is none. */
function readName(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  const name = readText(value).trim();
  return name === '' ? null : name;
}

/** A believable point in time from unix seconds: after 1970 and at most a day ahead, since mail is announced after it is there. */
function readTime(value: unknown, receivedAt: Date): Date | null {
  const number = readNumber(value);
  if (number === null || number <= 0) return null;
  const ms = Math.floor(number >= LEAST_MILLISECONDS ? number : number * 1000);
  return ms > receivedAt.getTime() + DAY_MS ? null : new Date(ms);
}

function readNumber(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d{1,20}(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

function readCount(value: unknown): number | null {
  const number = readNumber(value);
  return number !== null && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

function readList<T>(value: unknown, read: (entry: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.map(read).filter((entry) => entry !== null);
}

function readCorrespondents(value: unknown): Correspondent[] {
  return readList(Array.isArray(value) ? value : [value], readCorrespondent);
}

function readCorrespondent(value: unknown): Correspondent | null {
  if (typeof value === 'string') return readCorrespondent({ email: value });
  if (!isRecord(value)) return null;
  const email = displayAddress(readText(value.email));
  const name = readText(value.name).trim();
  return email === '' && name === '' ? null : { name, email };
}

function readFolder(value: unknown): string | null {
  return readName(isRecord(value) ? (value.name ?? value.id) : value);
}

function readAttachment(value: unknown): NylasAttachment | null {
  if (!isRecord(value)) return null;
  const contentId = readName(value.content_id);
  const disposition = lowerCase(readText(value.content_disposition)).trim();
  return {
    id: readName(value.id),
    filename: readText(value.filename),
    contentType: readText(value.content_type),
    sizeBytes: readCount(value.size),
    isInline: typeof value.is_inline === 'boolean' ? value.is_inline : disposition.startsWith('inline'),
    contentId,
  };
}

function readHeader(value: unknown): NylasHeader | null {
  if (!isRecord(value)) return null;
  const name = readText(value.name).trim();
  return name === '' ? null : { name, value: readText(value.value) };
}

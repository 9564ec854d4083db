import { createHash } from 'node:crypto';
import { lowerCase } from '../../domain/normalize-text.ts';
import { indexableId, storableText } from '../../domain/storable-text.ts';
import type { Direction } from '../../domain/vocabulary.ts';
import { readCallNumber } from './phone-number.ts';

/**
 * The statuses of a call; a later one replaces an earlier one. `human` and `machine` tell whether a person answered.
 * From `disconnected` on they end a leg. The provider sends `completed` at the end of every call, after `busy` and the
 * like too, so those come last: they say that the call was never answered.
 */
export const CALL_STATUSES = [
  'started',
  'ringing',
  'answered',
  'human',
  'machine',
  'disconnected',
  'completed',
  'unanswered',
  'timeout',
  'cancelled',
  'rejected',
  'busy',
  'failed',
] as const;

/** From 1 for `started` up to `failed`; 0 for an unknown status, which is kept but never replaces a known one. */
export function statusRank(status: string): number {
  return (CALL_STATUSES as readonly string[]).indexOf(status) + 1;
}

export interface CallRecording {
  /** The provider's id, else the URL. */
  id: string;
  url: string | null;
  sizeBytes: number | null;
  startTime: string | null;
  endTime: string | null;
}

/** One Voice event. Times are RFC 3339 in UTC with milliseconds; null when missing. */
export interface VonageEvent {
  kind: 'event';
  /** Hex SHA-256 of the bytes; the provider gives an event no id. */
  digest: string;
  /** The leg, that is one party's line. Null for a recording. */
  uuid: string | null;
  /** The call. Null only when the provider left it out; then `uuid` identifies the call. */
  conversationUuid: string | null;
  /** The conversation under which the leg continues after a transfer. */
  conversationUuidTo: string | null;
  /** As sent, in lower case; null for events that don't change it (`record`, `input`, `transfer`). */
  status: string | null;
  rank: number;
  /** E.164 where possible, else as sent. */
  from: string | null;
  to: string | null;
  direction: Direction | null;
  timestamp: string | null;
  startTime: string | null;
  endTime: string | null;
  durationSeconds: number | null;
  recording: CallRecording | null;
  /** Why a call failed or ended, e.g. `cannot_route`. */
  detail: string | null;
}

export type VonageReading = VonageEvent | { kind: 'unreadable'; digest: string; reason: string };

/**
 * Reads a delivery whose signature was checked. Never throws; unknown fields and statuses are accepted. A time after
 * `receivedAt` becomes `receivedAt`, because an event reports what has already happened.
 */
export function readVonageEvent(bytes: Uint8Array, receivedAt: Date = new Date()): VonageReading {
  const digest = createHash('sha256').update(bytes).digest('hex');
  let payload: unknown;
  try {
    payload = JSON.parse(new TextDecoder().decode(bytes).replaceAll('\0', '\uFFFD'));
  } catch {
    return { kind: 'unreadable', digest, reason: 'is not JSON' };
  }
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    return { kind: 'unreadable', digest, reason: 'is not an object' };
  const event = toEvent(payload as Record<string, unknown>, digest, receivedAt);
  if (event.uuid === null && event.conversationUuid === null)
    return { kind: 'unreadable', digest, reason: 'names no call' };
  return event;
}

function toEvent(payload: Record<string, unknown>, digest: string, receivedAt: Date): VonageEvent {
  const readTime = (value: unknown) => readPastTime(value, receivedAt);
  const status = lowerCase(readText(payload.status) ?? '') || null;
  return {
    kind: 'event',
    digest,
    uuid: readId(payload.uuid) ?? readId(payload.call_uuid),
    conversationUuid: readId(payload.conversation_uuid) ?? readId(payload.conversation_uuid_from),
    conversationUuidTo: readId(payload.conversation_uuid_to),
    status,
    rank: status === null ? 0 : statusRank(status),
    from: readParty(payload.from, payload.to) ?? readText(payload.from_user),
    to: readParty(payload.to, payload.from) ?? readText(payload.to_user),
    direction: readDirection(payload.direction),
    timestamp: readTime(payload.timestamp),
    startTime: readTime(payload.start_time),
    endTime: readTime(payload.end_time),
    durationSeconds: readCount(payload.duration),
    recording: readRecording(payload, readTime),
    detail: readText(payload.detail) ?? readText(payload.reason),
  };
}

function readRecording(
  payload: Record<string, unknown>,
  readTime: (value: unknown) => string | null,
): CallRecording | null {
  const url = readText(payload.recording_url);
  const id = readText(payload.recording_uuid) ?? url;
  if (id === null) return null;
  return {
    id,
    url,
    sizeBytes: readCount(payload.size),
    startTime: readTime(payload.start_time),
    endTime: readTime(payload.end_time),
  };
}

/** An id that calls are looked up by, bounded to what an index holds. */
function readId(value: unknown): string | null {
  const id = readText(value);
  return id === null ? null : indexableId(id);
}

function readText(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  const text = storableText(value).trim();
  return text === '' ? null : text;
}

function readParty(value: unknown, other: unknown): string | null {
  const number = readCallNumber(readEndpoint(value), readCallNumber(readEndpoint(other))?.e164);
  return number === null ? null : (number.e164 ?? number.raw);
}

/** The text of `from` or `to`, which may also be an endpoint or a list of endpoints, as in the provider's other messages. */
function readEndpoint(value: unknown): string | null {
  if (Array.isArray(value)) return readEndpoint(value[0]);
  if (typeof value !== 'object' || value === null) return readText(value);
  const endpoint = value as Record<string, unknown>;
  return readEndpoint(endpoint.number ?? endpoint.uri ?? endpoint.user ?? endpoint.extension);
}

function readDirection(value: unknown): Direction | null {
  const direction = lowerCase(readText(value) ?? '');
  return direction === 'inbound' || direction === 'outbound' ? direction : null;
}

const MAX_COUNT = 2_147_483_647;

function readCount(value: unknown): number | null {
  const text = readText(value);
  if (text === null || !/^\d{1,10}(?:\.\d{1,20})?$/.test(text)) return null;
  const count = Math.round(Number(text));
  return count <= MAX_COUNT ? count : null;
}

/** Reads ISO 8601; a time without a zone is UTC. Null for years outside 2000 to 2099: 1970 stands for no time. */
function readPastTime(value: unknown, receivedAt: Date): string | null {
  const text = readText(value);
  if (text === null || !/^20\d\d-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return null;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  const time = new Date(zoned.replace(' ', 'T').replace(/\s(?=[+-])/, ''));
  if (Number.isNaN(time.getTime())) return null;
  return (time < receivedAt ? time : receivedAt).toISOString();
}

import { signVonage } from '../../src/ingest/vonage/signature.ts';

const call = {
  from: '442079460000',
  to: '447700900000',
  uuid: 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab',
  conversation_uuid: 'CON-aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab',
  direction: 'outbound' as const,
};

/** The events of one answered and recorded call, in the order in which they happen. */
export const vonageStarted = { ...call, status: 'started' as const, timestamp: '2026-01-05T12:00:00.000Z' };
export const vonageRinging = { ...call, status: 'ringing' as const, timestamp: '2026-01-05T12:00:02.000Z' };
export const vonageAnswered = {
  ...call,
  status: 'answered' as const,
  timestamp: '2026-01-05T12:00:10.000Z',
  start_time: null,
  rate: null,
  network: null,
};
const { uuid, direction: _, ...callOfMachine } = call;
export const vonageHuman = {
  ...callOfMachine,
  call_uuid: uuid,
  status: 'human' as const,
  timestamp: '2026-01-05T12:00:12.000Z',
};
export const vonageRecord = {
  start_time: '2026-01-05T12:00:11Z',
  end_time: '2026-01-05T12:01:40Z',
  recording_url: 'https://api.nexmo.com/v1/files/bbbbbbbb-aaaa-4ccc-8ddd-0123456789ab',
  recording_uuid: 'bbbbbbbb-aaaa-4ccc-8ddd-0123456789ab',
  size: 12_222,
  conversation_uuid: call.conversation_uuid,
  timestamp: '2026-01-05T12:01:42.000Z',
};
export const vonageCompleted = {
  ...call,
  status: 'completed' as const,
  timestamp: '2026-01-05T12:01:41.000Z',
  start_time: '2026-01-05T12:00:10.000Z',
  end_time: '2026-01-05T12:01:41.000Z',
  duration: '91',
  rate: '0.00450000',
  price: '0.00682500',
  network: 'GB-FIXED',
};
export const vonageUnanswered = {
  ...call,
  status: 'unanswered' as const,
  timestamp: '2026-01-05T12:00:32.000Z',
  detail: 'no_answer',
};

export const vonageCall = [vonageStarted, vonageRinging, vonageAnswered, vonageHuman, vonageRecord, vonageCompleted];

/** A delivery as it travels: the bytes and the headers. */
export async function vonageDelivery(event: object, secret: string, claims: Record<string, unknown> = {}) {
  const bytes = Buffer.from(JSON.stringify(event));
  return {
    bytes,
    headers: { 'content-type': 'application/json', authorization: await signVonage(bytes, secret, claims) },
  };
}

import type { Connection } from '../db/client.ts';
import type { communicationThreads } from '../db/schema.ts';
import type { StoredRow } from '../db/table-columns.ts';
import type { Tx } from '../db/transaction.ts';
import type { Call, CallParties } from './vonage/call.ts';
import { type CallRecording, statusRank, type VonageEvent } from './vonage/event.ts';

/** Finds stored calls by the ids in an event, which names no company. */

/** `timestamp`: of the stored message. */
export type KnownCall = {
  companyId: string;
  threadId: string;
  timestamp: string;
  customerId: string | null;
  call: Call;
};

type KnownRow = StoredRow<
  typeof communicationThreads,
  'companyId' | 'id' | 'callUuid' | 'customerId' | 'timestamp' | 'direction' | 'call'
> & { recordings: Partial<CallRecording>[] | null; state: Call | null };

/** An event names a leg and one or two conversations, so no event needs more rows. */
const MOST_ROWS = 10;

/**
 * The stored rows of an event's call. There are several when legs were stored as calls of their own before an event
 * tied them together. The search goes through the companies that have a phone, because every key begins with the
 * company.
 * @param keys of conversations and legs, the most reliable first
 * @param owner the company of the event's number; undefined when the event has no known number
 */
export async function findCalls(tx: Tx, keys: readonly string[], owner: string | undefined): Promise<KnownCall[]> {
  const rows = await tx.query<KnownRow>({
    name: 'find_calls',
    text: `
      SELECT t.company_id, t.id, t.call_uuid, t.customer_id, t."timestamp", t.direction, t.call, t.recordings, s.state
      FROM (SELECT DISTINCT company_id FROM phones) p
      CROSS JOIN unnest($1::text[]) WITH ORDINALITY AS k(key, nth)
      CROSS JOIN LATERAL (
        SELECT b.thread_id FROM call_keys b WHERE b.company_id = p.company_id AND b.key = k.key
        UNION ALL
        SELECT c.id FROM communication_threads c WHERE c.company_id = p.company_id AND c.call_uuid = k.key
      ) f
      JOIN communication_threads t ON t.company_id = p.company_id AND t.id = f.thread_id
      LEFT JOIN calls s ON s.company_id = p.company_id AND s.thread_id = t.id
      WHERE $2::uuid IS NULL OR p.company_id = $2
      ORDER BY k.nth
      LIMIT ${MOST_ROWS}`,
    values: [keys, owner ?? null],
  });
  const ofOneCompany = rows.filter((row) => row.company_id === rows[0]?.company_id);
  return [...new Map(ofOneCompany.map((row) => [row.id, row])).values()].map(toKnownCall);
}

function toKnownCall(row: KnownRow): KnownCall {
  const { company_id: companyId, id: threadId, timestamp, customer_id: customerId, state } = row;
  return { companyId, threadId, timestamp, customerId, call: state ?? importedCall(row) };
}

/** The state of an imported call, as its events would have left it. */
function importedCall(row: KnownRow): Call {
  const { call } = row;
  const startTime = call?.started_at ?? row.timestamp;
  const parties: CallParties = {
    from: call?.from_number ?? null,
    to: call?.to_number ?? null,
    direction: row.direction,
    at: startTime,
    leg: '',
  };
  return {
    conversationUuid: row.call_uuid ?? '',
    status: call?.status ?? null,
    rank: call?.status ? statusRank(call.status) : 0,
    detail: null,
    parties,
    numbers: [parties.from, parties.to].filter((number) => number !== null).toSorted(),
    legs: [],
    startTime,
    firstEventAt: startTime,
    endTime: call?.ended_at ?? null,
    durationSeconds: call?.duration_seconds ?? null,
    recordings: (row.recordings ?? []).filter(isRecording),
  };
}

function isRecording(recording: Partial<CallRecording>): recording is CallRecording {
  return typeof recording?.id === 'string';
}

/** The company that the event's `from` or `to` belongs to: the company's own end of the call counts first. */
export async function findCompanyOfNumbers(connection: Connection, event: VonageEvent): Promise<string | undefined> {
  const numbers = [event.from, event.to].filter((number) => number !== null);
  if (numbers.length === 0) return undefined;
  const [row] = await connection.query<{ company_id: string }>({
    name: 'owner_of_number',
    text: 'SELECT company_id FROM phones WHERE number = ANY($1::text[]) ORDER BY number = $2 DESC LIMIT 1',
    values: [numbers, event.direction === 'inbound' ? event.to : event.from],
  });
  return row?.company_id;
}

export async function findOwnNumbers(tx: Tx, companyId: string): Promise<string[]> {
  const rows = await tx.query<{ number: string }>({
    name: 'numbers_of_company',
    text: 'SELECT number FROM phones WHERE company_id = $1',
    values: [companyId],
  });
  return rows.map(({ number }) => number);
}

/** Stores what the call's next event needs: the call's state, and every id that an event may name it by. */
export function recordCallState(tx: Tx, companyId: string, threadId: string, call: Call): void {
  tx.send({
    name: 'record_call_state',
    text: `
      INSERT INTO calls (company_id, thread_id, state) VALUES ($1, $2, $3)
      ON CONFLICT (company_id, thread_id) DO UPDATE SET state = excluded.state`,
    values: [companyId, threadId, JSON.stringify(call)],
  });
  tx.send({
    name: 'record_call_keys',
    text: `
      INSERT INTO call_keys (company_id, key, thread_id)
      SELECT $1, k.key, $2 FROM unnest($3::text[]) AS k(key)
      ON CONFLICT DO NOTHING`,
    values: [companyId, threadId, [...new Set([call.conversationUuid, ...call.legs, ...(call.conversations ?? [])])]],
  });
}

import { decryptField } from '../../src/crypto/field-encryption.ts';
import { noteContentRef, notesRef } from '../../src/crypto/field-refs.ts';
import { misjudgedFormerCustomers } from '../support/former-customers.ts';
import type { Desk, Write } from './clients.ts';
import type { World } from './world.ts';

/** What must hold after any fault, read from the rows. @returns every promise that is broken, in words */
export async function verify(world: World, desk: Desk, writes: Write[]): Promise<string[]> {
  const stored = await storedWrites(world, desk);
  return [
    ...checkWrites(writes, stored),
    ...(await checkKeys(world, desk, writes, stored)),
    ...(await checkReplays(world.address, desk, writes, stored)),
    ...(await checkLedger(world, desk)),
    ...(await checkCompletions(world, desk)),
    ...(await checkAudit(world, desk)),
    ...(await checkCounts(world, desk)),
    ...(await checkLatest(world, desk)),
  ];
}

/** Marker → ids of the rows that hold it. */
type Stored = Map<string, string[]>;

async function storedWrites({ db, ring }: World, { companyId }: Desk): Promise<Stored> {
  const logs = await db.query<{ id: string; subject: string; notes: Buffer }>({
    text: `SELECT id, subject, notes FROM communication_threads WHERE company_id = $1 AND source = 'manual'`,
    values: [companyId],
  });
  const notes = await db.query<{ id: string; content: Buffer }>({
    text: 'SELECT id, content FROM thread_notes WHERE company_id = $1',
    values: [companyId],
  });
  const stored: Stored = new Map();
  for (const { id, subject, notes: text } of logs) {
    const isWhole = decryptField(ring, notesRef(companyId, id), text) === `Notes of ${subject}`;
    add(isWhole ? subject : `${subject} with the notes of another`, id);
  }
  const mails = await db.query<{ id: string; subject: string }>({
    text: `SELECT id, subject FROM communication_threads WHERE company_id = $1 AND provider_message_id IS NOT NULL`,
    values: [companyId],
  });
  for (const { id, subject } of mails) add(subject, id);
  const recordings = await db.query<{ id: string; marker: string }>({
    text: `
      SELECT t.id, r ->> 'id' AS marker
      FROM communication_threads t, jsonb_array_elements(t.recordings) r
      WHERE t.company_id = $1`,
    values: [companyId],
  });
  for (const { id, marker } of recordings) add(marker, id);
  for (const { id, content } of notes) add(decryptField(ring, noteContentRef(companyId, id), content), id);
  return stored;

  function add(marker: string, id: string): void {
    stored.set(marker, [...(stored.get(marker) ?? []), id]);
  }
}

function checkWrites(writes: Write[], stored: Stored): string[] {
  const broken: string[] = [];
  const sent = new Set(writes.map((write) => write.marker));
  for (const marker of stored.keys()) if (!sent.has(marker)) broken.push(`${marker} is stored, nobody sent it`);
  for (const { marker, acknowledged, temper, answers } of writes) {
    const ids = stored.get(marker) ?? [];
    if (ids.length > 1) broken.push(`${marker} (${temper}) is there ${ids.length} times`);
    const isLost = acknowledged && (acknowledged.id === undefined ? ids.length === 0 : !ids.includes(acknowledged.id));
    if (isLost) broken.push(`${marker} (${temper}) was acknowledged and is lost`);
    const wrong = answers.filter((status) => ![0, 200, 201, 409, 503].includes(status));
    if (wrong.length > 0) broken.push(`${marker} was answered ${wrong.join(', ')}`);
  }
  return broken;
}

/** A key is known exactly when its effect is there. Clients who gave up make a torn write visible here. */
async function checkKeys({ db }: World, { companyId }: Desk, writes: Write[], stored: Stored): Promise<string[]> {
  const rows = await db.query<{ key: string }>({
    text: 'SELECT key FROM idempotency_keys WHERE company_id = $1',
    values: [companyId],
  });
  const known = new Set(rows.map((row) => row.key));
  return writes.flatMap(({ key, marker }) => {
    if (key === undefined || known.has(key) === stored.has(marker)) return [];
    return [
      stored.has(marker) ? `${marker} is there without its key` : `the key of ${marker} is there without its effect`,
    ];
  });
}

/** A key that is known answers the first response again, byte for byte. */
async function checkReplays(address: string, desk: Desk, writes: Write[], stored: Stored): Promise<string[]> {
  const broken: string[] = [];
  for (const write of writes.filter(({ key, marker }) => key !== undefined && stored.has(marker))) {
    const answer = await fetch(address + write.path, {
      method: 'POST',
      headers: {
        authorization: `Token ${desk.token}`,
        'content-type': 'application/json',
        'idempotency-key': write.key ?? '',
      },
      body: write.body,
    });
    const body = await answer.text();
    if (answer.status !== 201 || answer.headers.get('idempotency-replayed') !== 'true') {
      broken.push(`${write.marker} was not replayed but answered ${answer.status}`);
    } else if (write.acknowledged && write.acknowledged.body !== body) {
      broken.push(`${write.marker} was replayed with another answer than the first`);
    } else if (!stored.get(write.marker)?.includes(JSON.parse(body).id)) {
      broken.push(`${write.marker} was replayed with an id that is not there`);
    }
  }
  return broken;
}

/** Every event is in the ledger as applied exactly when its message is there. */
async function checkLedger({ db }: World, { companyId, grantId }: Desk): Promise<string[]> {
  const rows = await db.query<{ event_id: string; state: string | null; reason: string | null; messages: number }>({
    text: `
      SELECT e.event_id, e.state, e.reason, count(m.id) AS messages
      FROM webhook_events e
      LEFT JOIN communication_threads m ON m.company_id = $1 AND m.id = e.thread_id
      WHERE e.event_id LIKE '% of ' || $2 OR e.call_uuid LIKE '% of ' || $2
      GROUP BY 1, 2, 3
      HAVING count(m.id) <> 1 OR e.state <> 'applied'`,
    values: [companyId, grantId],
  });
  return rows.map(
    (row) => `${row.event_id} is ${row.state} (${row.reason}) in the ledger and has ${row.messages} messages`,
  );
}

/** No action or touchpoint is completed without its log, and no log left what it names open. */
async function checkCompletions({ db }: World, { companyId }: Desk): Promise<string[]> {
  const broken: string[] = [];
  for (const [table, link, time] of [
    ['scheduled_actions', 'scheduled_action_id', 'executed_at'],
    ['scheduled_touchpoints', 'scheduled_touchpoint_id', 'completed_at'],
  ]) {
    const rows = await db.query<{ id: string; fault: string }>({
      text: `
        SELECT s.id,
               CASE WHEN s.status = 'completed' AND t.id IS NULL THEN 'is completed without its log'
                    WHEN s.status = 'completed' AND s.${time} <> t."timestamp" THEN 'is completed at another time than its log'
                    WHEN s.status <> 'completed' AND s.completed_by_thread_id IS NOT NULL THEN 'is open and linked to a log'
                    WHEN s.status <> 'completed' AND named.id IS NOT NULL THEN 'is open although a log names it'
               END AS fault
        FROM ${table} s
        LEFT JOIN communication_threads t
               ON t.company_id = s.company_id AND t.id = s.completed_by_thread_id AND t.${link} = s.id
        LEFT JOIN LATERAL (SELECT id FROM communication_threads n
                           WHERE n.company_id = s.company_id AND n.${link} = s.id LIMIT 1) named ON true
        WHERE s.company_id = $1`,
      values: [companyId],
    });
    for (const { id, fault } of rows) if (fault) broken.push(`${table} ${id} ${fault}`);
  }
  return broken;
}

/** Every write is in the audit trail once, and the trail names nothing that isn't there. */
async function checkAudit({ db }: World, { companyId }: Desk): Promise<string[]> {
  const rows = await db.query<{ id: string; entries: number; is_there: boolean }>({
    text: `
      SELECT COALESCE(w.id, a.subject_id) AS id, COALESCE(a.entries, 0) AS entries, w.id IS NOT NULL AS is_there
      FROM (SELECT id FROM communication_threads WHERE company_id = $1 AND source = 'manual'
            UNION ALL SELECT id FROM thread_notes WHERE company_id = $1) w
      FULL JOIN (SELECT subject_id, count(*) AS entries
                 FROM audit_events
                 WHERE company_id = $1 AND action IN ('thread.created', 'note.created') AND actor_kind = 'user'
                 GROUP BY 1) a ON a.subject_id = w.id`,
    values: [companyId],
  });
  return rows
    .filter((row) => row.entries !== 1 || !row.is_there)
    .map((row) => `row ${row.id} ${row.is_there ? '' : 'is gone and '}has ${row.entries} audit entries`);
}

const FILTERS = ['communication_type=call', 'communication_type=email', 'direction=outbound', 'is_resolved=false'];

/** The counts that lists answer with agree with the rows. */
async function checkCounts({ address, db }: World, desk: Desk): Promise<string[]> {
  const broken: string[] = [];
  const api = `${address}/api/companies/${desk.companyId}`;
  for (const view of ['thread', 'message']) {
    for (const filter of ['', ...FILTERS]) {
      const [column = '', value = ''] = filter.split('=');
      const [rows] = await db.query<{ count: number }>({
        text: `
          SELECT count(*) AS count
          FROM communication_threads
          WHERE company_id = $1 ${view === 'thread' ? 'AND is_latest' : ''} ${filter && `AND ${column} = '${value}'`}`,
        values: [desk.companyId],
      });
      const counted = await countOf(`${api}/communications/threads?view=${view}&${filter}`, desk);
      if (counted !== rows?.count) broken.push(`view=${view}&${filter} counts ${counted}, the rows are ${rows?.count}`);
    }
  }
  const [notes] = await db.query<{ count: number }>({
    text: 'SELECT count(*) AS count FROM thread_notes WHERE company_id = $1',
    values: [desk.companyId],
  });
  const counted = await countOf(`${api}/thread-notes?page=1`, desk);
  if (counted !== notes?.count) broken.push(`${counted} notes are counted, the rows are ${notes?.count}`);
  return broken;
}

async function countOf(url: string, { token }: Desk): Promise<number | null> {
  const answer = await fetch(url, { headers: { authorization: `Token ${token}` } });
  return ((await answer.json()) as { count: number | null }).count;
}

/** Each conversation has one latest message, its newest, which knows how many there are; and knows whose it was before. */
async function checkLatest({ db }: World, { companyId }: Desk): Promise<string[]> {
  const groups = await db.query<{ thread_group_id: string }>({
    text: `
      SELECT thread_group_id
      FROM (SELECT thread_group_id, is_latest, message_count,
                   row_number() OVER (PARTITION BY thread_group_id ORDER BY "timestamp" DESC, id DESC) AS nth,
                   count(*) OVER (PARTITION BY thread_group_id) AS messages
            FROM communication_threads
            WHERE company_id = $1) m
      WHERE is_latest <> (nth = 1)
         OR message_count IS DISTINCT FROM CASE WHEN nth = 1 THEN messages END`,
    values: [companyId],
  });
  const former = await misjudgedFormerCustomers(db, companyId);
  return [
    ...groups.map((group) => `conversation ${group.thread_group_id} has the wrong latest message`),
    ...former.map(({ thread_group_id: id, customer_id: of }) => `conversation ${id} is wrong about its customer ${of}`),
  ];
}

/**
 * The list in a straightforward implementation, for comparison: Drizzle, one query per table, the latest message of
 * each conversation by DISTINCT ON, the count by count(*). `DATABASE_URL=… tsx bench/natural.ts`
 */
import { createHash, randomUUID } from 'node:crypto';
import { and, count, desc, eq, getTableColumns, inArray } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import Fastify from 'fastify';
import pg from 'pg';
import { messageWords } from '../src/conversations/search-words.ts';
import { vectorText } from '../src/conversations/words-format.ts';
import { encryptField } from '../src/crypto/field-encryption.ts';
import { notesRef } from '../src/crypto/field-refs.ts';
import { KeyRing, parseEncryptionKeys } from '../src/crypto/key-ring.ts';
import { cellNumber } from '../src/db/count-cell.ts';
import {
  communicationThreadInvoices,
  contacts,
  customers,
  memberships,
  communicationThreads as threads,
  tokens,
} from '../src/db/schema.ts';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const db = drizzle(pool, { casing: 'snake_case' });
const ring = new KeyRing(parseEncryptionKeys(process.env.ENCRYPTION_KEYS ?? ''), 1);
const app = Fastify();

app.get<{ Params: { company: string } }>('/companies/:company/threads', async (request, reply) => {
  const { company } = request.params;
  const key = request.headers.authorization?.split(' ')[1] ?? '';
  const hash = createHash('sha256').update(key).digest();
  const [token] = await db.select().from(tokens).where(eq(tokens.hash, hash));
  if (!token) return reply.code(401).send();
  const membership = and(eq(memberships.userId, token.userId), eq(memberships.companyId, company));
  if ((await db.select().from(memberships).where(membership)).length === 0) return reply.code(403).send();

  const columns = getTableColumns(threads);
  const latest = db
    .selectDistinctOn([threads.threadGroupId], columns)
    .from(threads)
    .where(eq(threads.companyId, company))
    .orderBy(threads.threadGroupId, desc(threads.timestamp), desc(threads.id))
    .as('latest');
  const [total] = await db.select({ count: count() }).from(latest);
  const rows = await db.select().from(latest).orderBy(desc(latest.timestamp), desc(latest.id)).limit(20);
  const ids = rows.map((row) => row.id);
  const [links, buyers, people] = await Promise.all([
    db.select().from(communicationThreadInvoices).where(inArray(communicationThreadInvoices.threadId, ids)),
    db
      .select()
      .from(customers)
      .where(inArray(customers.id, given(rows.map((row) => row.customerId)))),
    db
      .select()
      .from(contacts)
      .where(inArray(contacts.id, given(rows.map((row) => row.contactId)))),
  ]);
  return {
    count: total?.count,
    page: 1,
    page_size: 20,
    data: rows.map(({ body, ...row }) => ({
      ...row,
      customer_name: buyers.find(({ id }) => id === row.customerId)?.name,
      contact_name: people.find(({ id }) => id === row.contactId)?.name,
      invoice_ids: links.filter((link) => link.threadId === row.id).map((link) => link.invoiceId),
    })),
  };
});

function given(ids: (string | null)[]): string[] {
  return ids.filter((id) => id !== null);
}

type PlainLog = { notes: string; customer_id: string; scheduled_action_id: string; scheduled_touchpoint_id: string };

const LOGGED = cellNumber({
  isLatest: true,
  communicationType: 'call',
  source: 'manual',
  direction: 'outbound',
  requiresResponse: false,
  isResolved: false,
  isArRelated: false,
});

/** Stores a manual log that completes an action and a touchpoint, and awaits each statement before the next. */
app.post<{ Params: { company: string }; Body: PlainLog }>('/companies/:company/log-manual', async (request, reply) => {
  const { company } = request.params;
  const {
    notes,
    customer_id: customer,
    scheduled_action_id: action,
    scheduled_touchpoint_id: touchpoint,
  } = request.body;
  const client = await pool.connect();
  const one = async (text: string, values: unknown[]) => (await client.query(text, values)).rows[0];
  try {
    const key = request.headers.authorization?.split(' ')[1] ?? '';
    const token = await one('SELECT * FROM tokens WHERE hash = $1', [createHash('sha256').update(key).digest()]);
    await one('SELECT * FROM memberships WHERE user_id = $1 AND company_id = $2', [token.user_id, company]);
    await client.query('BEGIN');
    const { name } = await one('SELECT * FROM customers WHERE company_id = $1 AND id = $2', [company, customer]);
    await one('SELECT * FROM scheduled_actions WHERE company_id = $1 AND id = $2 FOR UPDATE', [company, action]);
    await one('SELECT * FROM scheduled_touchpoints WHERE company_id = $1 AND id = $2 FOR UPDATE', [
      company,
      touchpoint,
    ]);
    const id = randomUUID();
    const thread = await one(
      `INSERT INTO communication_threads (company_id, id, thread_group_id, is_latest, message_count, "timestamp",
         communication_type, source, direction, customer_id, logged_by_id, scheduled_action_id, scheduled_touchpoint_id,
         subject, notes)
       VALUES ($1, $2, $2, true, 1, now(), 'call', 'manual', 'outbound', $3, $4, $5, $6, $7, $8) RETURNING *`,
      [
        company,
        id,
        customer,
        token.user_id,
        action,
        touchpoint,
        `Call with ${name}`,
        encryptField(ring, notesRef(company, id), notes),
      ],
    );
    const said = { subject: `Call with ${name}`, ownText: null, from: null, to: [], cc: [] };
    await one('INSERT INTO communication_thread_words (company_id, thread_id, words) VALUES ($1, $2, $3::tsvector)', [
      company,
      id,
      vectorText(messageWords(company, said)),
    ]);
    await one(
      `INSERT INTO thread_count_deltas (company_id, cell, day, messages)
       VALUES ($1, $2, (now() AT TIME ZONE 'UTC')::date, 1)`,
      [company, LOGGED],
    );
    const done = "SET status = 'completed', completed_by_thread_id = $3";
    const which = 'WHERE company_id = $1 AND id = $2';
    await one(`UPDATE scheduled_actions ${done}, executed_at = now() ${which}`, [company, action, id]);
    await one(`UPDATE scheduled_touchpoints ${done}, completed_at = now() ${which}`, [company, touchpoint, id]);
    await one(
      `INSERT INTO audit_events (company_id, id, actor_kind, user_id, action, subject_id)
       VALUES ($1, $2, 'user', $3, 'thread.created', $4)`,
      [company, randomUUID(), token.user_id, id],
    );
    await client.query('COMMIT');
    return await reply.code(201).send(thread);
  } finally {
    client.release();
  }
});

process.once('SIGTERM', () => process.exit());
process.stdout.write(`listening on ${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);

import type { Db } from '../../src/db/client.ts';
import { newId } from '../../src/domain/ids.ts';
import type { LedgerLine } from '../../src/ingest/event-ledger.ts';
import { countOutcomes } from '../../src/ingest/event-ledger.ts';
import { findMiscounts } from '../../src/journal/counters.ts';
import { SETTINGS, type TestApp } from './app.ts';
import { createContact, createCustomer, createTenant } from './factories.ts';
import { misjudgedFormerCustomers } from './former-customers.ts';
import { nylasDelivery, nylasEvent, nylasMessageObject } from './nylas-samples.ts';
import { vonageDelivery } from './vonage-samples.ts';

/** Providers, as the tests play them: signed bytes to the real routes. */

export const NYLAS_SECRET = SETTINGS.nylasWebhookSecrets[0] ?? '';
export const VONAGE_SECRET = SETTINGS.vonageSignatureSecrets[0] ?? '';
export const OWN_ADDRESS = 'ar@northwind.example';

export async function connectMailbox(
  db: Db,
  { companyId, userId }: { companyId: string; userId: string },
  { grantId = newId(), email = OWN_ADDRESS, sync = 'all' as 'all' | 'known_contacts' } = {},
): Promise<string> {
  await db.query({
    text: 'INSERT INTO mailboxes (id, company_id, user_id, grant_id, email, sync) VALUES ($1, $2, $3, $4, $5, $6)',
    values: [newId(), companyId, userId, grantId, email, sync],
  });
  return grantId;
}

export async function connectPhone(db: Db, companyId: string, number: string): Promise<void> {
  await db.query({
    text: 'INSERT INTO phones (id, company_id, number) VALUES ($1, $2, $3)',
    values: [newId(), companyId, number],
  });
}

/** A company with a customer, a contact of theirs and a mailbox that keeps everything. */
export async function createCorrespondence(db: Db) {
  const tenant = await createTenant(db);
  const grantId = await connectMailbox(db, tenant);
  const customerId = await createCustomer(db, tenant.companyId);
  const contact = { name: 'Ann Reed', email: 'ann.reed@acme.example' };
  const contactId = await createContact(db, tenant.companyId, customerId, contact);
  return { ...tenant, grantId, customerId, contactId };
}

let sequence = 0;

/** A mail that nothing else is like: its ids are its own, its headers are left out. */
export function mail(grantId: string, object: object = {}, envelope: object = {}) {
  sequence += 1;
  const { headers: _, ...sample } = nylasMessageObject;
  return nylasEvent(
    {
      ...sample,
      headers: [],
      attachments: [],
      cc: [],
      reply_to: [],
      grant_id: grantId,
      id: `message-${sequence}`,
      thread_id: `thread-${sequence}`,
      subject: `Question ${sequence}`,
      snippet: '',
      body: '<p>Hello.</p>',
      date: 1_760_000_000 + sequence * 60,
      ...object,
    },
    { id: `event-${sequence}`, ...envelope },
  );
}

type Answer = { state: string; reason: string | null };

export async function postNylas(
  { app }: Pick<TestApp, 'app'>,
  payload: unknown,
  { gzip = false, secret = NYLAS_SECRET, requestId }: { gzip?: boolean; secret?: string; requestId?: string } = {},
): Promise<Answer & { status: number }> {
  const { bytes, headers } = nylasDelivery(payload, secret, { gzip });
  if (requestId !== undefined) headers['x-request-id'] = requestId;
  const response = await app.inject({ method: 'POST', url: '/api/webhooks/nylas', payload: bytes, headers });
  return { status: response.statusCode, ...response.json<Answer>() };
}

export async function postVonage(
  { app }: Pick<TestApp, 'app'>,
  event: object,
  claims: Record<string, unknown> = {},
  requestId?: string,
): Promise<Answer & { status: number }> {
  const { bytes, headers: signed } = await vonageDelivery(event, VONAGE_SECRET, claims);
  const headers = { ...signed, ...(requestId === undefined ? {} : { 'x-request-id': requestId }) };
  const response = await app.inject({ method: 'POST', url: '/api/webhooks/vonage', payload: bytes, headers });
  return { status: response.statusCode, ...response.json<Answer>() };
}

type Listed = { id: string } & Record<string, unknown>;

export async function getList(
  { app }: Pick<TestApp, 'app'>,
  { companyId, token }: { companyId: string; token: string },
  path: string,
): Promise<{ count: number; data: Listed[] }> {
  const url = `/api/companies/${companyId}/communications/${path}`;
  const response = await app.inject({ url, headers: { authorization: `Token ${token}` } });
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
  return response.json();
}

export async function getEmail(
  { app }: Pick<TestApp, 'app'>,
  { companyId, token }: { companyId: string; token: string },
  id: string,
): Promise<Listed & { messages: Listed[] }> {
  const url = `/api/companies/${companyId}/communications/emails/${id}`;
  return (await app.inject({ url, headers: { authorization: `Token ${token}` } })).json();
}

/** The ledger as `comms ingest status` counts it: `provider state reason` → events. */
export async function ledgerOf(db: Db): Promise<Record<string, number>> {
  const lines: LedgerLine[] = await countOutcomes(db);
  return Object.fromEntries(
    lines.map(({ provider, state, reason, events }) => [[provider, state, reason].filter(Boolean).join(' '), events]),
  );
}

export async function ledgerRow(db: Db, eventId: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await db.query<Record<string, unknown>>({
    text: 'SELECT * FROM webhook_events WHERE event_id = $1',
    values: [eventId],
  });
  return row;
}

/** What is derived from the messages of a company must be what they are: counts, latest messages, former customers, words. */
export async function expectCountsToFit(t: TestApp, companyId: string): Promise<void> {
  await t.fold();
  const wrong = await findMiscounts(t.db, companyId);
  const unfolded = await t.db.query({
    text: 'SELECT cell, messages FROM thread_count_deltas WHERE company_id = $1 AND cell IS NOT NULL',
    values: [companyId],
  });
  const unelected = await t.db.query({
    text: `
      SELECT thread_group_id
      FROM (SELECT thread_group_id, count(*) AS size, count(*) FILTER (WHERE is_latest) AS elected,
                   max(message_count) AS said,
                   (array_agg(is_latest ORDER BY "timestamp" DESC, id DESC))[1] AS newest_is_elected
            FROM communication_threads WHERE company_id = $1 GROUP BY thread_group_id) g
      WHERE elected <> 1 OR said <> size OR NOT newest_is_elected`,
    values: [companyId],
  });
  const faults = {
    counts: wrong,
    'not folded': unfolded,
    groups: unelected,
    'former customers': await misjudgedFormerCustomers(t.db, companyId),
    'timestamps of words': await misplacedWords(t.db, companyId),
  };
  if (Object.values(faults).some((found) => found.length > 0)) throw new Error(JSON.stringify(faults));
}

/** Messages whose words have another timestamp than they themselves. */
export function misplacedWords(db: Db, companyId: string): Promise<unknown[]> {
  return db.query({
    text: `
      SELECT t.id, t."timestamp", w."timestamp" AS of_words
      FROM communication_threads t
      JOIN communication_thread_words w ON w.company_id = $1 AND w.thread_id = t.id
      WHERE t.company_id = $1 AND w."timestamp" IS DISTINCT FROM t."timestamp"`,
    values: [companyId],
  });
}

import fc from 'fast-check';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { KeyRing } from '../../src/crypto/key-ring.ts';
import type { Db } from '../../src/db/client.ts';
import { signNylas } from '../../src/ingest/nylas/signature.ts';
import {
  addMember,
  createAction,
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createPromise,
  createTenant,
  createTouchpoint,
  createUser,
  createUserToken,
  createWebhookEndpoint,
} from '../support/factories.ts';
import { type FuzzRequest, type Pool, requestTo } from './arbitraries.ts';
import { ApiDocument, type Operation } from './document.ts';

export type Target = { app: FastifyInstance; db: Db; ring: KeyRing; nylasSecret: string };

/** Requests so far, by status; `shed` were answered 503 by a busy machine and asked again. */
export type Tally = { requests: number; statuses: Map<number, number>; shed: number; roundTrips: number };

/** A company lives for so many requests, or its list of all notes would grow into the bulk of the work. */
const REQUESTS_A_COMPANY = 500;

/**
 * Sends so many requests, made from the OpenAPI document, one after the other.
 * @throws Error with the smallest request that breaks a promise, and the seed to see it again
 */
export async function fuzz(target: Target, seed: number, requests: number, tally = emptyTally()): Promise<Tally> {
  const answer = await target.app.inject('/openapi.json');
  const document = new ApiDocument(answer.json());
  for (let done = 0, lap = 0; done < requests; done += REQUESTS_A_COMPANY, lap++) {
    const pool = await createPool(target);
    // Writes are the likeliest to go wrong, and the likeliest to be refused before they could.
    const operations = document.operations.flatMap((operation) =>
      operation.body ? Array<Operation>(4).fill(operation) : [operation],
    );
    const request = fc
      .constantFrom<Operation[]>(...operations)
      .chain((operation) => requestTo(document, operation, pool));
    await fc.assert(
      fc.asyncProperty(request, (made) => expectKept(target, document, made, tally)),
      { seed: seed + lap, numRuns: Math.min(REQUESTS_A_COMPANY, requests - done), endOnFailure: false },
    );
  }
  return tally;
}

export function emptyTally(): Tally {
  return { requests: 0, statuses: new Map(), shed: 0, roundTrips: 0 };
}

async function createPool(target: Target): Promise<Pool> {
  const { db, ring } = target;
  const ours = await createTenant(db);
  const theirs = await createTenant(db);
  const viewerId = await createUser(db);
  await addMember(db, ours.companyId, viewerId, 'viewer');
  const customerId = await createCustomer(db, ours.companyId);
  const foreignCustomerId = await createCustomer(db, theirs.companyId);
  const promisedThread = await createMessage(db, ring, ours.companyId, { customerId });
  const promise = { customerId, threadId: promisedThread.id, invoiceIds: [] };
  const ids = {
    company_id: [...Array<string>(9).fill(ours.companyId), theirs.companyId],
    customer_id: [...Array<string>(12).fill(customerId), foreignCustomerId],
    contact_id: [await createContact(db, ours.companyId, customerId)],
    invoice_id: [
      await createInvoice(db, ours.companyId, customerId),
      await createInvoice(db, ours.companyId, customerId),
    ],
    scheduled_action_id: [
      await createAction(db, ours.companyId, customerId),
      await createAction(db, ours.companyId, customerId),
      await createAction(db, ours.companyId, customerId),
      await createAction(db, ours.companyId, customerId, 'cancelled'),
    ],
    scheduled_touchpoint_id: [await createTouchpoint(db, ours.companyId, customerId)],
    author_id: [ours.userId, viewerId],
    promise_id: [await createPromise(db, ours.companyId, promise)],
    assignee_id: [ours.userId],
    logged_by_id: [ours.userId],
    endpoint_id: [await createWebhookEndpoint(db, ring, ours.companyId)],
    // Of a customer, a contact, an invoice, an action or a touchpoint, whichever collection is asked.
    id: [customerId, foreignCustomerId],
    thread_id: [] as string[],
    note_id: [] as string[],
  };
  for (const companyId of [ours.companyId, ours.companyId, theirs.companyId]) {
    const owner = companyId === ours.companyId ? customerId : foreignCustomerId;
    const { id, threadGroupId } = await createMessage(db, ring, companyId, { customerId: owner });
    await createMessage(db, ring, companyId, { threadGroupId, source: 'manual', communicationType: 'call' });
    ids.thread_id.push(id);
  }
  ids.id.push(...ids.contact_id, ...ids.invoice_id, ...ids.scheduled_action_id, ...ids.scheduled_touchpoint_id);
  ids.note_id.push(await createNote(target, ours, ids.thread_id[0]), ours.companyId);
  const tokens = [...Array<string>(10).fill(ours.token), await createUserToken(db, viewerId), theirs.token];
  return { ids, tokens };
}

async function createNote(
  { app }: Target,
  { companyId, token }: { companyId: string; token: string },
  threadId: string | undefined,
): Promise<string> {
  for (;;) {
    const answer = await app.inject({
      method: 'POST',
      url: `/api/companies/${companyId}/thread-notes`,
      headers: { authorization: `Token ${token}` },
      payload: { thread_id: threadId, content: 'A note.' },
    });
    // A busy machine sheds a request now and then.
    if (answer.statusCode !== 503) return answer.json().id;
  }
}

async function expectKept(target: Target, document: ApiDocument, made: FuzzRequest, tally: Tally): Promise<void> {
  const answer = await send(target, made, tally);
  tally.requests++;
  // Or every later request would end at the door.
  if (made.operation.operationId === 'logout')
    await target.db.query({ text: 'UPDATE tokens SET revoked_at = NULL WHERE revoked_at IS NOT NULL' });
  tally.statuses.set(answer.statusCode, (tally.statuses.get(answer.statusCode) ?? 0) + 1);
  const fault =
    (await faultOf(document, made, answer)) ?? (await faultOfRoundTrip(target, document, made, answer, tally));
  if (fault) {
    const { url, headers, body, operation } = made;
    const sent = { headers, body: body?.subarray(0, 2_000).toString('latin1') };
    throw new Error(
      `${fault}\n${operation.method} ${url}\n${JSON.stringify(sent)}\n${answer.statusCode} ${answer.body.slice(0, 1_000)}`,
    );
  }
}

const ATTEMPTS = 5;

async function send({ app, nylasSecret }: Target, made: FuzzRequest, tally: Tally): Promise<LightMyRequestResponse> {
  const { operation, url, body } = made;
  const headers = { ...made.headers };
  if (operation.path.endsWith('/nylas') && made.isSigned && body)
    headers['x-nylas-signature'] = signNylas(body, nylasSecret);
  for (let left = ATTEMPTS; ; left--) {
    const answer = await app.inject({
      method: operation.method as 'GET',
      url,
      headers,
      ...(body === undefined ? {} : { payload: body }),
    });
    if (answer.statusCode !== 503 || left <= 1) return answer;
    tally.shed++;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function faultOf(
  document: ApiDocument,
  { operation, url }: FuzzRequest,
  answer: LightMyRequestResponse,
): Promise<string | undefined> {
  const { statusCode: status, headers, body } = answer;
  if (status >= 500) return `status ${status}`;
  const fault = status >= 400 ? faultOfRefusal(body) : undefined;
  if (fault) return fault;
  if (headers['x-request-id'] === undefined) return 'no X-Request-Id';
  if (headers.server !== undefined || headers['x-powered-by'] !== undefined) return 'a server banner';
  if (headers['x-injected'] !== undefined) return 'a header was injected';
  if (({} as { polluted?: unknown }).polluted !== undefined) return 'a prototype was polluted';
  const isElsewhere = status === 404 || (status === 405 && /%2f|%5c/i.test(url));
  if (isElsewhere && operation.responses['404'] === undefined) return undefined;
  return document.faultOf(operation, status, String(headers['content-type'] ?? ''), body);
}

const LARGEST_REFUSAL = 64 * 1024;
const NAMED_FIELDS = 20;
const PATH_LENGTH = 200;

/** What is sent doesn't decide how large a refusal is (contract §1, Errors). */
function faultOfRefusal(body: string): string | undefined {
  if (Buffer.byteLength(body) > LARGEST_REFUSAL) return `a refusal of ${Buffer.byteLength(body)} bytes`;
  const { errors = {} } = body.startsWith('{') ? JSON.parse(body) : {};
  const fields = Object.keys(errors);
  if (fields.length > NAMED_FIELDS) return `a refusal that names ${fields.length} fields`;
  const long = fields.find((field) => [...field].length > PATH_LENGTH);
  return long === undefined ? undefined : `a refusal with a path of ${long.length} characters`;
}

/** What was stored is what was sent, and what was answered is what is read back. */
async function faultOfRoundTrip(
  { app }: Target,
  document: ApiDocument,
  made: FuzzRequest,
  answer: LightMyRequestResponse,
  tally: Tally,
): Promise<string | undefined> {
  const isWrite = /^(logManual|createThreadNote|updateThread)/.test(made.operation.operationId);
  if (!isWrite || (answer.statusCode !== 201 && answer.statusCode !== 200)) return undefined;
  tally.roundTrips++;
  const { headers } = made;
  const replayed = answer.headers['idempotency-replayed'] === 'true';
  const created = answer.json();
  const sent = JSON.parse(new TextDecoder().decode(made.body));
  const fault = replayed ? undefined : differenceFromSent(document, made.operation, sent, created);
  if (fault) return fault;
  const stored = await app.inject({
    url: readUrlOf(created),
    headers: { authorization: headers.authorization ?? '' },
  });
  if (replayed || stored.statusCode === 429) return undefined;
  if (stored.statusCode !== 200) return `written, and then read with ${stored.statusCode}`;
  const { messages: _, ...read } = stored.json();
  const { messages: __, ...written } = created;
  if (JSON.stringify(sorted(read)) !== JSON.stringify(sorted(written)))
    return `read back otherwise than written: ${stored.body.slice(0, 1_000)}`;
  return undefined;
}

function readUrlOf(created: { id: string; company_id: string; content?: string }): string {
  const company = `/api/companies/${created.company_id}`;
  return created.content === undefined
    ? `${company}/communications/threads/${created.id}`
    : `${company}/thread-notes/${created.id}`;
}

function sorted(object: Record<string, unknown>): [string, unknown][] {
  return Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Fields that come back as they were sent, apart from blanks round them. */
function differenceFromSent(
  document: ApiDocument,
  { body = {} }: Operation,
  sent: Record<string, unknown>,
  created: Record<string, unknown>,
): string | undefined {
  const known = document.resolve(body).properties ?? {};
  for (const name of [
    'notes',
    'content',
    'communication_type',
    'direction',
    'is_resolved',
    'subject',
    'strategy_tags',
  ]) {
    const given = sent[name];
    if (given === undefined || given === null || !(name in created) || !(name in known)) continue;
    if (name === 'subject' && String(given).trim() === '') continue;
    const trimmed = Array.isArray(given) ? [...new Set(given.map((entry) => String(entry).trim()))] : given;
    const expected = typeof trimmed === 'string' ? trimmed.trim() : trimmed;
    if (JSON.stringify(created[name]) !== JSON.stringify(expected))
      return `${name} was sent as ${JSON.stringify(given)} and stored as ${JSON.stringify(created[name])}`;
  }
  return undefined;
}

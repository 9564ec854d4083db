import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { clientTypes } from '../../scripts/client-types.ts';
import {
  ApiProblem,
  type CommunicationThread,
  createClient,
  type Invoice,
  type PaymentPromise,
} from '../../src/client/index.ts';
import { newId } from '../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  addMember,
  createAction,
  createCompany,
  createCustomer,
  createMessage,
  createUser,
  createUserToken,
} from '../support/factories.ts';
import { connectMailbox } from '../support/ingest.ts';

/** The typed client against a server that listens on a port. */
let t: TestApp;
let baseUrl: string;
let companyId: string;
let userId: string;
let customerId: string;
let token: string;
/** Stands for the provider that has the attachments' bytes. */
let provider: Server;
const FILE = Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 251));
beforeAll(async () => {
  provider = createServer((request, response) => {
    if (!request.url?.includes('/attachments/whole/')) return void response.writeHead(500).end();
    response.writeHead(200, { 'content-length': FILE.length }).end(FILE);
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const nylasApiUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  t = await startTestApp({ nylasApiKey: 'nyk_test', nylasApiUrl });
  baseUrl = await t.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await t.close();
  provider.close();
});

beforeEach(async () => {
  companyId = await createCompany(t.db);
  customerId = await createCustomer(t.db, companyId);
  userId = await createUser(t.db);
  await addMember(t.db, companyId, userId);
  token = await createUserToken(t.db, userId);
});

async function createConversations(howMany: number): Promise<string[]> {
  const ids: string[] = [];
  for (let nth = 0; nth < howMany; nth += 1) {
    const timestamp = new Date(Date.UTC(2026, 4, 1, 0, nth)).toISOString();
    const { id } = await createMessage(t.db, t.ring, companyId, { customerId, timestamp, subject: `Mail ${nth}` });
    ids.unshift(id);
  }
  return ids;
}

async function problemOf(work: Promise<unknown>): Promise<ApiProblem> {
  const problem = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(problem instanceof ApiProblem)) throw new Error(`No ApiProblem but ${problem}`);
  return problem;
}

describe('the whole story', () => {
  it('logs in, lists, opens, logs a call that completes an action, adds a note, and pages to the end', async () => {
    const threadIds = await createConversations(45);
    const actionId = await createAction(t.db, companyId, customerId);
    const username = `robin-${companyId}`;
    await addMember(t.db, companyId, await createUser(t.db, { username, name: 'Robin', password: 'a long password' }));

    const client = createClient({ baseUrl });
    const session = await client.login({ username, password: 'a long password' });
    expect(session.companies).toMatchObject([{ id: companyId, role: 'member' }]);
    const company = client.company(companyId);

    const page = await company.threads.list({ communication_type: ['email', 'call'], direction: 'inbound' });
    expect(page).toMatchObject({ count: 45, page: 1, page_size: 20 });
    expectTypeOf(page.data).toEqualTypeOf<CommunicationThread[]>();

    const opened = await company.threads.get(page.data[0]?.id ?? '');
    expect(opened).toMatchObject({ id: threadIds[0], body: '<p>We will pay on Friday.</p>', messages: [] });

    const logged = await company.logManualCommunication({
      communication_type: 'call',
      notes: 'They pay on Friday.',
      scheduled_action_id: actionId,
    });
    expect(logged).toMatchObject({
      customer_id: customerId,
      subject: 'Call with Acme Corp',
      scheduled_action: { id: actionId, status: 'completed', executed_at: logged.timestamp },
    });

    const note = await company.threadNotes.create({ thread_id: opened.id, content: 'Robin follows up.' });
    expect(await company.threadNotes.list({ thread_id: opened.id })).toMatchObject({
      count: 1,
      data: [{ id: note.id }],
    });

    const seen: string[] = [];
    for await (const thread of company.threads.iterate({ page_size: 20 })) seen.push(thread.id);
    expect(seen).toEqual([logged.id, ...threadIds]);

    await client.logout();
    expect((await problemOf(company.threads.list())).code).toBe('not_authenticated');
  });
});

describe('iterate', () => {
  it('asks for the next page only when it is needed', async () => {
    await createConversations(5);
    const asked: string[] = [];
    const client = createClient({
      baseUrl,
      token,
      fetch: (request) => {
        asked.push(new URL(request.url).search);
        return fetch(request);
      },
    });

    const subjects: string[] = [];
    for await (const email of client.company(companyId).emails.iterate({ page_size: 2 })) {
      subjects.push(email.subject);
      if (subjects.length === 3) break;
    }

    expect(subjects).toEqual(['Mail 4', 'Mail 3', 'Mail 2']);
    expect(asked).toEqual(['?page_size=2', expect.stringMatching(/^\?page_size=2&cursor=[\w-]+$/)]);
  });

  it('neither doubles nor loses a row while others arrive', async () => {
    const ids = await createConversations(6);
    const seen: string[] = [];
    for await (const thread of createClient({ baseUrl, token }).company(companyId).threads.iterate({ page_size: 2 })) {
      seen.push(thread.id);
      await createMessage(t.db, t.ring, companyId, { customerId });
    }

    expect(seen).toEqual(ids);
  });

  it('walks thread notes page by page, though their list is whole by default', async () => {
    const [threadId = ''] = await createConversations(1);
    const { threadNotes } = createClient({ baseUrl, token }).company(companyId);
    for (const content of ['one', 'two', 'three']) await threadNotes.create({ thread_id: threadId, content });

    const contents: string[] = [];
    for await (const note of threadNotes.iterate({ page_size: 2, thread_id: threadId })) contents.push(note.content);

    expect(contents).toEqual(['three', 'two', 'one']);
  });
});

describe('changes', () => {
  it('resolves a conversation, and rewrites and removes a note', async () => {
    const [threadId = ''] = await createConversations(1);
    const company = createClient({ baseUrl, token }).company(companyId);

    expect(await company.threads.update(threadId, { is_resolved: true })).toMatchObject({ is_resolved: true });
    const { id } = await company.threadNotes.create({ thread_id: threadId, content: 'Waits.' });
    expect(await company.threadNotes.update(id, { content: 'Done.' })).toMatchObject({ id, content: 'Done.' });
    await company.threadNotes.remove(id);

    expect((await problemOf(company.threadNotes.get(id))).code).toBe('not_found');
  });

  it('writes down a promise, keeps it, and puts the conversation off until it is woken', async () => {
    const company = createClient({ baseUrl, token }).company(companyId);
    const logged = await company.logManualCommunication({
      customer_id: customerId,
      communication_type: 'call',
      notes: 'They pay tomorrow, they say.',
      promise: { due_on: '2020-01-01', amount: '12.50', currency: 'EUR' },
    });
    const [broken] = (await company.promises.list({ status: ['broken'], customer_id: customerId })).data;
    if (!broken) throw new Error('no promise is broken');
    expect(broken).toMatchObject({ id: logged.promise?.id, thread_id: logged.id, status: 'broken' });
    expectTypeOf(broken).toEqualTypeOf<PaymentPromise>();
    expect(await company.promises.update(broken.id, { status: 'kept' })).toMatchObject({ status: 'kept' });
    expect((await company.promises.get(broken.id)).status).toBe('kept');
    const walked: string[] = [];
    for await (const { id } of company.promises.iterate({ customer_id: customerId, page_size: 1 })) walked.push(id);
    expect(walked).toEqual([broken.id]);

    const change = { follow_up_at: '2999-01-01T00:00:00Z', assignee_id: userId };
    expect((await company.threads.update(logged.id, change)).assignee).toMatchObject({ id: userId });
    const mine = await company.threads.list({ assignee_id: 'me', is_snoozed: true, outcome: ['promise_to_pay'] });
    expect(mine.data.map(({ id }) => id)).toEqual([logged.id]);
    expect((await company.threads.list({ assignee_id: 'none' })).data).toEqual([]);
  });

  it('syncs customers and invoices by the keys of an ERP, and lists what it made', async () => {
    const company = createClient({ baseUrl, token }).company(companyId);
    const given = Array.from({ length: 501 }, (_, nth) => ({ external_id: `D-${nth}`, name: `Buyer ${nth}` }));
    const outcomes = await company.customers.batch(given);
    expect([outcomes.length, outcomes.at(-1)?.external_id]).toEqual([501, 'D-500']);
    expect(outcomes.every(({ outcome }) => outcome === 'created')).toBe(true);
    expect((await company.customers.batch(given)).every(({ outcome }) => outcome === 'unchanged')).toBe(true);
    const names: string[] = [];
    for await (const { name } of company.customers.iterate({ search: 'buyer', page_size: 200 })) names.push(name);
    expect(names.length).toBe(501);

    const [invoice] = await company.invoices.batch([
      { customer_external_id: 'D-7', external_id: 'R-1', number: 'R 1' },
    ]);
    const { id = '' } = invoice ?? {};
    const set = await company.invoices.put(id, { customer_external_id: 'D-7', number: 'R 1', status: 'paid' });
    expect(set).toMatchObject({ id, external_id: 'R-1', status: 'paid' });
    expectTypeOf(set).toEqualTypeOf<Invoice>();
    expect(await company.invoices.get(id)).toEqual(set);
    await company.invoices.delete(id);
    expect((await problemOf(company.invoices.get(id))).code).toBe('not_found');
    expect((await company.members.list()).data.map(({ user_id }) => user_id)).toContain(userId);
  });

  it('does the same thing once with an idempotencyKey', async () => {
    const company = createClient({ baseUrl, token }).company(companyId);
    const log = { communication_type: 'call', notes: 'Once.', customer_id: customerId } as const;

    const first = await company.logManualCommunication(log, { idempotencyKey: 'once' });
    const second = await company.logManualCommunication(log, { idempotencyKey: 'once' });

    expect(second).toEqual(first);
    expect(await company.threads.list()).toMatchObject({ count: 1 });
  });
});

describe('emails.attachment', () => {
  const createAttachment = async (providerId: string) => {
    const grantId = await connectMailbox(t.db, { companyId, userId });
    const message = await createMessage(t.db, t.ring, companyId, {
      customerId,
      hasAttachments: true,
      provider: { grantId, messageId: `message-${newId()}` },
    });
    await t.db.query({
      text: `INSERT INTO attachments (company_id, id, thread_id, position, filename, content_type, size_bytes, provider_id)
             VALUES ($1, $2, $3, 0, 'INV-1001.pdf', 'application/pdf', $4, $5)`,
      values: [companyId, newId(), message.id, FILE.length, providerId],
    });
    return message.id;
  };

  it('is the bytes as a stream, with what a program needs to keep them', async () => {
    const threadId = await createAttachment('whole');
    const { emails } = createClient({ baseUrl, token }).company(companyId);
    const [attachment] = (await emails.get(threadId)).attachments;

    const response = await emails.attachment(threadId, attachment?.id ?? '');

    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-length')).toBe(String(FILE.length));
    expect(response.headers.get('content-disposition')).toContain('filename="INV-1001.pdf"');
    const pieces: Uint8Array[] = [];
    for await (const piece of response.body ?? []) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).equals(FILE)).toBe(true);
  });

  it('throws what the server refuses with, and ends with the signal', async () => {
    const threadId = await createAttachment('broken');
    const { emails } = createClient({ baseUrl, token }).company(companyId);
    const [attachment] = (await emails.get(threadId)).attachments;

    expect(await problemOf(emails.attachment(threadId, attachment?.id ?? ''))).toMatchObject({
      status: 503,
      code: 'unavailable',
      retryAfterSeconds: 1,
    });
    expect((await problemOf(emails.attachment(threadId, newId()))).code).toBe('not_found');
    const aborted = emails.attachment(threadId, newId(), { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('ApiProblem', () => {
  it('says what is wrong with which field, and which request it was', async () => {
    const company = createClient({ baseUrl, token }).company(companyId);

    const problem = await problemOf(
      company.logManualCommunication({ communication_type: 'call', notes: '', customer_id: 'nobody' }),
    );

    expect(problem).toMatchObject({
      status: 400,
      code: 'validation_error',
      errors: { notes: ['May not be blank.'], customer_id: ['Must be a valid UUID.'] },
      retryAfterSeconds: undefined,
    });
    expect(problem.message).not.toBe('');
    expect(problem.requestId).toMatch(/^[\w.-]{1,64}$/);
  });

  it('says when to come back', async () => {
    const fetch = async () =>
      Response.json(
        { status: 503, code: 'unavailable', detail: 'Later.', request_id: 'r-1' },
        { status: 503, headers: { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '7' } },
      );

    const problem = await problemOf(createClient({ baseUrl, token, fetch }).company(companyId).threads.list());

    expect(problem).toMatchObject({ status: 503, code: 'unavailable', message: 'Later.', retryAfterSeconds: 7 });
  });

  it('is there for an answer that is none of the server', async () => {
    const fetch = async () => new Response('<h1>Bad gateway</h1>', { status: 502 });

    const problem = await problemOf(createClient({ baseUrl, token, fetch }).company(companyId).threads.list());

    expect(problem).toMatchObject({ status: 502, code: 'unknown', errors: {}, requestId: '' });
  });
});

describe('what the package carries', () => {
  it('has types that are current: `npm run client:generate`', async () => {
    const file = await readFile(new URL('../../src/client/openapi.ts', import.meta.url), 'utf8');

    expect(file === (await clientTypes()), 'src/client/openapi.ts is out of date: npm run client:generate').toBe(true);
  });

  it('runs examples/follow-up.ts', async () => {
    const old = new Date(Date.now() - 5 * 24 * 60 * 60 * 1000).toISOString();
    await createMessage(t.db, t.ring, companyId, {
      customerId,
      requiresResponse: true,
      timestamp: old,
    });
    const env = { ...process.env, COMMS_URL: baseUrl, COMMS_TOKEN: token, COMMS_COMPANY: companyId };
    const root = new URL('../..', import.meta.url);

    const { stdout } = await promisify(execFile)('npx', ['tsx', 'examples/follow-up.ts', '--note'], { env, cwd: root });

    expect(stdout).toBe('   5 days  Acme Corp: Invoice INV-1001\n');
    const notes = await createClient({ baseUrl, token }).company(companyId).threadNotes.list();
    expect(notes.data).toMatchObject([{ content: 'Unanswered for 5 days.' }]);
  });

  it('runs examples/follow-changes.ts, which Ctrl+C ends', async () => {
    const { id } = await createMessage(t.db, t.ring, companyId, { customerId, subject: 'Remittance' });
    const company = createClient({ baseUrl, token }).company(companyId);
    await company.threads.update(id, { is_resolved: true });
    const env = { ...process.env, COMMS_URL: baseUrl, COMMS_TOKEN: token, COMMS_COMPANY: companyId };
    const before = '00000000-0000-0000-0000-000000000000';
    const args = ['--import', 'tsx', 'examples/follow-changes.ts', '--after', before];
    const example = spawn(process.execPath, args, { env, cwd: new URL('../..', import.meta.url), stdio: 'pipe' });
    let printed = '';
    example.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    await expect.poll(() => printed, { timeout: 30_000 }).toMatch(/Z thread\.updated Acme Corp: Remittance\n$/);

    const ended = once(example, 'exit');
    example.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});

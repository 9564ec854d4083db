import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backfillMailbox } from '../../src/ingest/backfill.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { commsArguments } from '../support/compiled.ts';
import { createContact } from '../support/factories.ts';
import { connectMailbox, createCorrespondence, getList, ledgerOf, mail, postNylas } from '../support/ingest.ts';

const KEY = 'nyk_test';

/** The documented part of the Nylas v3 API over a mailbox of our making. */
class FakeNylas {
  messages: { id: string; date: number }[] = [];
  /** Null: the API doesn't tell them. */
  folders: object[] | null = null;
  requests: URL[] = [];
  /** Answers to give before the true one: a status, and with it `Retry-After`. */
  troubles: { status: number; retryAfter?: string }[] = [];
  /** What stands there instead of it. */
  impostor: string | undefined;
  readonly #server: Server;
  readonly #grantId: string;

  constructor(grantId: string) {
    this.#grantId = grantId;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', 'http://nylas.example');
    const send = (status: number, body: object, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    if (url.pathname === `/v3/grants/${this.#grantId}/folders`)
      return void (this.folders ? send(200, { request_id: 'r', data: this.folders }) : send(404, { error: {} }));
    this.requests.push(url);
    if (this.impostor !== undefined) return void response.writeHead(200).end(this.impostor);
    const trouble = this.troubles.shift();
    if (trouble) {
      const headers: Record<string, string> = trouble.retryAfter ? { 'retry-after': trouble.retryAfter } : {};
      return void send(trouble.status, { error: { type: 'trouble' } }, headers);
    }
    if (request.headers.authorization !== `Bearer ${KEY}`) return void send(401, { error: {} });
    if (url.pathname !== `/v3/grants/${this.#grantId}/messages`) return void send(404, { error: {} });
    const limit = Number(url.searchParams.get('limit') ?? 50);
    if (limit > 200) return void send(400, { error: {} });
    const from = url.searchParams.get('page_token') ?? '0';
    if (!/^\d+$/.test(from)) return void send(400, { error: {} });
    const after = Number(url.searchParams.get('received_after') ?? 0);
    const wanted = this.messages.filter(({ date }) => date > after).toSorted((a, b) => b.date - a.date);
    const data = wanted.slice(Number(from), Number(from) + limit);
    const next = Number(from) + limit;
    send(200, { request_id: 'r', data, ...(next < wanted.length ? { next_cursor: String(next) } : {}) });
  }
}

let t: TestApp;
let tenant: Awaited<ReturnType<typeof createCorrespondence>>;
let nylas: FakeNylas;
let url: string;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());
beforeEach(async () => {
  tenant = await createCorrespondence(t.db);
  nylas = new FakeNylas(tenant.grantId);
  url = await nylas.listen();
});
afterEach(() => nylas.close());

const log = { warn: () => undefined };
const receivedAfter = new Date(1_750_000_000_000);

const messageObject = (object: object = {}, grantId = tenant.grantId) => mail(grantId, object).data.object;

function backfill(signal = new AbortController().signal, onProgress: () => void = () => undefined) {
  const { companyId, grantId } = tenant;
  const onWait = (seconds: number, reason: string) => {
    waits.push(seconds);
    onReason(reason);
  };
  const api = { url, key: KEY, signal, onWait };
  return backfillMailbox(t.db, { companyId, grantId, receivedAfter, api, log, onProgress });
}
const waits: number[] = [];
let onReason: (reason: string) => void = () => undefined;

describe('comms mailbox backfill', () => {
  it('fetches every page since the date and puts each message where a webhook would have put it', async () => {
    const webhook = mail(tenant.grantId, { thread_id: 'shared' });
    await postNylas(t, webhook);
    nylas.messages = [
      webhook.data.object,
      ...Array.from({ length: 250 }, (_, nth) => messageObject({ thread_id: nth < 5 ? 'shared' : `k${nth % 50}` })),
      messageObject({ date: 1_700_000_000 }),
    ];
    const { messages, applied } = await backfill();
    expect({ messages, applied }).toEqual({ messages: 251, applied: 250 });
    expect(nylas.requests).toHaveLength(3);
    expect(nylas.requests.map(({ searchParams }) => searchParams.get('fields'))).toEqual(
      Array(3).fill('include_basic_headers'),
    );
    expect((await getList(t, tenant, 'threads?view=message')).count).toBe(251);
    expect((await getList(t, tenant, 'emails')).count).toBe(51);
    expect((await backfill()).applied).toBe(0);
    expect((await getList(t, tenant, 'threads?view=message')).count).toBe(251);
  });

  it('learns what the folders are for before it reads what lies in them', async () => {
    nylas.folders = [
      { id: 'AQMkX1', name: 'Sent to legal', attributes: ['\\Drafts'] },
      { id: 'AQMkX2', name: 'Customers' },
    ];
    const date = 1_760_000_000;
    nylas.messages = [
      messageObject({ id: 'd1', folders: ['AQMkX1'], date }),
      messageObject({ id: 'd2', folders: ['AQMkX2'], date: date - 1 }),
    ] as never;
    expect(await backfill()).toMatchObject({ messages: 2, applied: 1 });
  });

  it('goes on at the page where it was stopped', async () => {
    nylas.messages = Array.from({ length: 320 }, () => messageObject());
    const stop = new AbortController();
    let read = 0;
    const stopped = backfill(stop.signal, () => {
      read += 1;
      if (read === 230) stop.abort(new Error('stopped'));
    });
    await expect(stopped).rejects.toThrow('stopped');
    nylas.requests = [];
    const { messages, applied } = await backfill();
    expect(nylas.requests.map(({ searchParams }) => searchParams.get('page_token'))).toEqual(['200', '300']);
    expect({ messages, applied }).toEqual({ messages: 320, applied: 90 });
    expect((await getList(t, tenant, 'threads?view=message')).count).toBe(320);
  });

  it('starts again when the remembered page is not known any more', async () => {
    nylas.messages = Array.from({ length: 3 }, () => messageObject());
    await t.db.query({
      text: `INSERT INTO mailbox_backfills (company_id, grant_id, received_after, page_token) VALUES ($1, $2, $3, 'expired')`,
      values: [tenant.companyId, tenant.grantId, receivedAfter.toISOString()],
    });
    expect((await backfill()).applied).toBe(3);
  });

  it('waits as long as the API asks, and tries again when it fails', async () => {
    nylas.messages = [messageObject()];
    nylas.troubles = [
      { status: 429, retryAfter: '1' },
      { status: 503, retryAfter: '0' },
      { status: 429, retryAfter: new Date(Date.now() - 5_000).toUTCString() },
    ];
    waits.length = 0;
    const began = Date.now();
    expect((await backfill()).applied).toBe(1);
    expect(waits).toEqual([1, 0, 0]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_000);
  });

  it('says what the API refuses', async () => {
    nylas.troubles = [{ status: 401 }];
    await expect(backfill()).rejects.toThrow('Nylas refused the API key: check NYLAS_API_KEY.');
    nylas.troubles = [{ status: 404 }];
    await expect(backfill()).rejects.toThrow('Nylas has no such grant.');
  });

  it('names the setting where nobody answers, before it waits', async () => {
    await nylas.close();
    const stop = new AbortController();
    const reasons: string[] = [];
    onReason = (reason) => {
      reasons.push(reason);
      stop.abort(new Error('stopped'));
    };
    await expect(backfill(stop.signal)).rejects.toThrow();
    onReason = () => undefined;
    expect(reasons).toEqual([`No answer came from NYLAS_API_URL, ${url}: ECONNREFUSED.`]);
    await nylas.listen();
  });

  it.each(['<html>Welcome</html>', '{"message":"hello"}', '{"data":{}}', 'null', ''])(
    'is no back-fill where something else than Nylas answers: %s',
    async (impostor) => {
      nylas.impostor = impostor;
      await expect(backfill()).rejects.toThrow(`This is not what Nylas answers: check NYLAS_API_URL, ${url}.`);
    },
  );

  it('brings back what a private mailbox left out once its sender is a contact', async () => {
    const email = 'priya@northwind.example';
    tenant = { ...tenant, grantId: await connectMailbox(t.db, tenant, { email, sync: 'known_contacts' }) };
    await nylas.close();
    nylas = new FakeNylas(tenant.grantId);
    url = await nylas.listen();
    nylas.messages = [messageObject({ from: [{ email: 'new@acme.example' }], to: [{ email }] })];
    const before = (await ledgerOf(t.db))['nylas skipped no_known_contact'] ?? 0;
    expect((await backfill()).applied).toBe(0);
    expect((await ledgerOf(t.db))['nylas skipped no_known_contact']).toBe(before + 1);
    await createContact(t.db, tenant.companyId, tenant.customerId, { name: 'New', email: 'new@acme.example' });
    expect((await backfill()).applied).toBe(1);
    expect((await ledgerOf(t.db))['nylas skipped no_known_contact'] ?? 0).toBe(before);
  });

  it('keeps an unknown person’s answer to a mail that it reads after it', async () => {
    const email = 'priya@northwind.example';
    tenant = { ...tenant, grantId: await connectMailbox(t.db, tenant, { email, sync: 'known_contacts' }) };
    await nylas.close();
    nylas = new FakeNylas(tenant.grantId);
    url = await nylas.listen();
    const at = (date: number, own: string, parent: string, object: object) =>
      messageObject({
        ...{ date, thread_id: own, ...object },
        headers: [
          { name: 'Message-ID', value: `<${own}>` },
          { name: 'In-Reply-To', value: `<${parent}>` },
        ],
      });
    const reminder = { from: [{ email }], to: [{ email: 'ann.reed@acme.example' }], folders: ['SENT'] };
    nylas.messages = [
      at(1_760_000_000, 'r@n', 'none@n', reminder),
      at(1_760_000_100, 'a@w', 'r@n', { from: [{ email: 'ann@private.example' }], to: [{ email }] }),
      at(1_760_000_200, 'b@w', 'a@w', { from: [{ email: 'ann@other.example' }], to: [{ email }] }),
      at(1_760_000_300, 'x@w', 'y@w', { from: [{ email: 'x@stranger.example' }], to: [{ email }] }),
    ] as never;
    expect(await backfill()).toMatchObject({ messages: 4, applied: 3 });
    expect((await getList(t, tenant, 'threads?view=message')).count).toBe(3);
  });

  it('is a command', async () => {
    nylas.messages = Array.from({ length: 3 }, () => messageObject());
    const run = async (...args: string[]) => {
      const child = spawn(process.execPath, commsArguments('--json', 'mailbox', 'backfill', ...args), {
        env: {
          PATH: process.env.PATH,
          DATABASE_URL: t.database.serverUrl,
          DATABASE_MIGRATION_URL: t.database.ownerUrl,
          ENCRYPTION_KEYS: `1:${Buffer.alloc(32).toString('base64')}`,
          NYLAS_API_KEY: KEY,
          NYLAS_API_URL: url,
        },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
      });
      const [code] = await once(child, 'close');
      return { code, answer: JSON.parse(output) };
    };
    expect(await run('--grant-id', tenant.grantId, '--after', '2025-06-15')).toEqual({
      code: 0,
      answer: { messages: 3, applied: 3 },
    });
    expect(await run('--grant-id', 'nobody', '--after', '2025-06-15')).toMatchObject({ code: 1 });
    expect(await run('--grant-id', tenant.grantId, '--after', 'soon')).toMatchObject({ code: 2 });
  });
});

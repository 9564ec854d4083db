import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { findChromium, launchChromium } from '../support/browser.ts';
import {
  addMember,
  createAction,
  createCompany,
  createCustomer,
  createMessage,
  createUser,
} from '../support/factories.ts';

/**
 * The whole story as a small page tells it, in a real browser, with `fetch` and EventSource, from another origin. Needs a
 * Chromium (`CHROMIUM_PATH`, or Debian's), which `npm ci` doesn't bring: on a machine without one there is nothing here
 * to run, and the figures of the suite say so.
 */
const chromium = findChromium();

const PAGE = `<!doctype html><meta charset="utf-8"><title>Frontend</title><script>
  async function call(path, { method = 'GET', body, token, headers = {} } = {}) {
    const response = await fetch(api + path, {
      method,
      headers: {
        ...(token ? { Authorization: 'Token ' + token } : {}),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, headers: Object.fromEntries(response.headers), json: text ? JSON.parse(text) : null };
  }

  async function story(api_, username, password, actionId) {
    window.api = api_;
    const session = (await call('/api/auth/login/', { method: 'POST', body: { username, password } })).json;
    const { token } = session;
    const company = '/api/companies/' + session.companies[0].id;

    const { ticket } = (await call(company + '/communications/events/ticket', { method: 'POST', token })).json;
    const told = [];
    const source = new EventSource(api + company + '/communications/events?ticket=' + ticket);
    source.onmessage = (message) => told.push({ ...JSON.parse(message.data), lastEventId: message.lastEventId });
    await new Promise((resolve, reject) => Object.assign(source, { onopen: resolve, onerror: reject }));

    const list = await call(company + '/communications/threads?page_size=20', { token });
    const opened = await call(company + '/communications/threads/' + list.json.data[0].id, { token });
    const logged = await call(company + '/communications/log-manual', {
      method: 'POST',
      token,
      headers: { 'Idempotency-Key': 'page-1' },
      body: { communication_type: 'call', notes: 'Spoke with the AP manager.', scheduled_action_id: actionId },
    });
    const note = await call(company + '/thread-notes', {
      method: 'POST',
      token,
      body: { thread_id: opened.json.id, content: 'Check is in the mail.' },
    });
    const resolved = await call(company + '/communications/threads/' + opened.json.id, {
      method: 'PATCH',
      token,
      headers: { 'If-Match': opened.headers.etag },
      body: { is_resolved: true },
    });
    const deleted = await call(company + '/thread-notes/' + note.json.id, { method: 'DELETE', token });

    let rows = 0;
    for (let cursor = ''; cursor !== null; ) {
      const page = await call(company + '/communications/threads?page_size=20' + (cursor && '&cursor=' + cursor), { token });
      rows += page.json.data.length;
      cursor = page.json.next_cursor;
    }
    for (let tries = 0; told.length < 4 && tries < 300; tries++) await new Promise((resolve) => setTimeout(resolve, 100));
    const wrong = await call(company + '/communications/threads?page=0', { token });
    return { list, opened, logged, note, resolved, deleted, rows, told, wrong };
  }

  async function follow(api_, username, password) {
    window.api = api_;
    const session = (await call('/api/auth/login/', { method: 'POST', body: { username, password } })).json;
    const { token } = session;
    const company = '/api/companies/' + session.companies[0].id;
    const [thread] = (await call(company + '/communications/threads', { token })).json.data;
    const { ticket } = (await call(company + '/communications/events/ticket', { method: 'POST', token })).json;
    const source = new EventSource(api + company + '/communications/events?ticket=' + ticket);
    Object.assign(window, { source, told: [], opened: 0 });
    source.onopen = () => (window.opened += 1);
    source.onmessage = (message) => window.told.push(JSON.parse(message.data).note_id);
    return { token, notes: company + '/thread-notes', threadId: thread.id };
  }
</script>
<script type="importmap">{"imports": {"openapi-fetch": "/node_modules/openapi-fetch/dist/index.mjs"}}</script>
<script type="module">
  import { createClient } from '/src/client/index.ts';
  window.storyOfClient = async (baseUrl, username, password) => {
    const client = createClient({ baseUrl });
    const { companies } = await client.login({ username, password });
    const { events, threads, threadNotes } = client.company(companies[0].id);
    const { next_after } = await events.list({ after: 'latest' });
    const [thread] = (await threads.list()).data;
    const note = await threadNotes.create({ thread_id: thread.id, content: 'By the client.' });
    for await (const event of events.follow({ after: next_after })) return { event, note, thread };
  };
</script>`;

/** The page itself, and the client's modules with their types taken away. */
async function frontendFile(url: string): Promise<{ type: string; text: string }> {
  if (!/^\/(src\/client|node_modules\/openapi-fetch)\/[\w./-]+$/.test(url)) return { type: 'text/html', text: PAGE };
  const source = await readFile(new URL(`../../${url}`, import.meta.url), 'utf8');
  const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 };
  const text = url.endsWith('.ts') ? transpileModule(source, { compilerOptions }).outputText : source;
  return { type: 'text/javascript', text };
}

describe.runIf(chromium)('a page of another origin', () => {
  let frontend: Server;
  let origin: string;
  let t: TestApp;
  let base: string;
  let browser: Browser;
  let actionId: string;

  beforeAll(async () => {
    frontend = createServer(async (request, response) => {
      const { type, text } = await frontendFile(request.url ?? '/');
      response.setHeader('content-type', type).end(text);
    });
    await new Promise<void>((resolve) => frontend.listen(0, '127.0.0.1', resolve));
    origin = `http://localhost:${(frontend.address() as AddressInfo).port}`;
    t = await startTestApp({ corsOrigins: [origin] });
    base = await t.app.listen({ host: '127.0.0.1', port: 0 });
    const companyId = await createCompany(t.db);
    await addMember(t.db, companyId, await createUser(t.db, { username: 'robin', password: 'a long password' }));
    const customerId = await createCustomer(t.db, companyId);
    for (let n = 0; n < 45; n++) await createMessage(t.db, t.ring, companyId, { customerId });
    actionId = await createAction(t.db, companyId, customerId);
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await t?.close();
    frontend?.close();
  });

  it('logs in, lists, opens, logs a call, adds a note, pages to the end and is told of it all', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => void complaints.push(message.text()));
    await page.goto(origin);

    const told = await page.evaluate(
      ([api, action]) => {
        const { story } = globalThis as unknown as { story: (...given: string[]) => Promise<Story> };
        return story(api ?? '', 'robin', 'a long password', action ?? '');
      },
      [base, actionId],
    );

    expect(told.list.json).toMatchObject({ count: 45, page: 1 });
    expect(told.opened.json).toMatchObject({ id: told.list.json.data[0]?.id, messages: [] });
    expect(told.opened.headers).toMatchObject({ etag: expect.stringMatching(/^W\//) });
    expect(told.logged).toMatchObject({
      status: 201,
      json: { scheduled_action: { id: actionId, status: 'completed' } },
    });
    expect(told.logged.headers.location).toContain(told.logged.json.id);
    expect(told.resolved).toMatchObject({ status: 200, json: { is_resolved: true } });
    expect(told.deleted.status).toBe(204);
    expect(told.rows).toBe(46);
    expect(told.told).toMatchObject([
      { type: 'thread.created', thread_id: told.logged.json.id },
      { type: 'note.created', note_id: told.note.json.id },
      { type: 'thread.updated', thread_id: told.opened.json.id },
      { type: 'note.deleted', note_id: told.note.json.id },
    ]);
    for (const event of told.told) expect(event.lastEventId).toBe(event.id);
    expect(told.wrong.json).toMatchObject({ code: 'validation_error', errors: { page: [expect.any(String)] } });
    expect(complaints.filter((text) => !text.includes('400 (Bad Request)'))).toEqual([]);
  });

  it('follows what changes with the typed client, as the package has it', async () => {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => void errors.push(String(error)));
    await page.goto(origin);
    await page.waitForFunction(() => 'storyOfClient' in globalThis);

    const told = await page.evaluate((api) => {
      const { storyOfClient } = globalThis as unknown as {
        storyOfClient: (...given: string[]) => Promise<ClientStory>;
      };
      return storyOfClient(api, 'robin', 'a long password');
    }, base);

    expect(told.event).toMatchObject({ type: 'note.created', note_id: told.note.id, thread_id: told.thread.id });
    expect(errors).toEqual([]);
  });

  it('misses nothing when its connection breaks, by EventSource’s own reconnecting with a ticket', async () => {
    const page = await browser.newPage();
    await page.goto(origin);
    const { token, notes, threadId } = await page.evaluate((api) => {
      const { follow } = globalThis as unknown as { follow: (...given: string[]) => Promise<Following> };
      return follow(api, 'robin', 'a long password');
    }, base);
    const opened = () => page.evaluate(() => (globalThis as unknown as { opened: number }).opened);
    const told = () => page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
    const addNote = async (content: string): Promise<string> => {
      const headers = { authorization: `Token ${token}` };
      const payload = { thread_id: threadId, content };
      const answer = await t.app.inject({ method: 'POST', url: notes, headers, payload });
      expect(answer.statusCode).toBe(201);
      return answer.json().id;
    };
    const written: string[] = [];
    await expect.poll(opened).toBe(1);
    // The first time before anything has happened, so that the browser has the id only that the stream began with.
    for (const times of [2, 3, 4]) {
      t.app.server.closeAllConnections();
      written.push(await addNote('While nobody listens.'));
      await expect.poll(opened, { timeout: 20_000 }).toBe(times);
      written.push(await addNote('After the reconnect.'));
      await expect.poll(told, { timeout: 20_000 }).toEqual(written);
    }
    await page.close();
  });

  it('is let in from its own origin only', async () => {
    const page = await browser.newPage();
    await page.goto(origin.replace('localhost', '127.0.0.1'));
    const outcome = await page.evaluate(
      (api) => fetch(`${api}/api/auth/login/`, { method: 'POST', body: '{}' }).then(String, String),
      base,
    );
    expect(outcome).toContain('Failed to fetch');
  });
});

type Answer = { status: number; headers: Record<string, string>; json: Json };
type Following = { token: string; notes: string; threadId: string };
type ClientStory = { event: Record<string, unknown>; note: { id: string }; thread: { id: string } };
type Json = Record<string, unknown> & { id: string; data: { id: string }[] };
type Story = Record<'list' | 'opened' | 'logged' | 'note' | 'resolved' | 'deleted' | 'wrong', Answer> & {
  rows: number;
  told: { type: string; id: string; lastEventId: string }[];
};

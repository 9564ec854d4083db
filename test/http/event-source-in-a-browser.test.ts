import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { findChromium, launchChromium } from '../support/browser.ts';
import { createMessage, createTenant } from '../support/factories.ts';
import { callerWith } from '../support/http.ts';

/**
 * A browser's EventSource whose connection breaks: its own reconnect asks for the same address, with the same ticket, and
 * says in `Last-Event-ID` how far it came. The page has no code for it. Needs a Chromium, as `cors-in-a-browser` does.
 */
const chromium = findChromium();

const PAGE = `<!doctype html><meta charset="utf-8"><title>Stream</title><script>
  function follow(url) {
    window.told = [];
    window.states = [];
    window.source = new EventSource(url);
    source.onopen = () => states.push('open');
    source.onerror = () => states.push(source.readyState === EventSource.CLOSED ? 'closed' : 'connecting');
    source.onmessage = (message) => told.push(JSON.parse(message.data).note_id);
  }
</script>`;

describe.runIf(chromium)('an EventSource that a ticket opened', () => {
  let t: TestApp;
  let base: string;
  let frontend: Server;
  let browser: Browser;

  beforeAll(async () => {
    frontend = createServer((_, response) => response.setHeader('content-type', 'text/html').end(PAGE));
    await new Promise<void>((resolve) => frontend.listen(0, '127.0.0.1', resolve));
    t = await startTestApp({ corsOrigins: [originOf(frontend)] });
    base = await t.app.listen({ host: '127.0.0.1', port: 0 });
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await t?.close();
    frontend?.close();
  });

  it('goes on by itself after each break, without a gap and without a double', async () => {
    const { companyId, token } = await createTenant(t.db);
    const caller = callerWith(t.app, token);
    const company = `/api/companies/${companyId}`;
    const { id: threadId } = await createMessage(t.db, t.ring, companyId);
    const addNote = async () =>
      (await caller.post(`${company}/thread-notes`, { thread_id: threadId, content: 'x' })).json().id as string;
    const { ticket } = (await caller.post(`${company}/communications/events/ticket`, {})).json();
    const asked: { status: number; lastEventId: string | undefined }[] = [];
    t.app.server.on('request', (request, response) => {
      if (request.method !== 'GET' || !request.url?.includes('ticket=')) return;
      const lastEventId = request.headers['last-event-id'] as string | undefined;
      response.once('close', () => asked.push({ status: response.statusCode, lastEventId }));
    });
    const page = await browser.newPage();
    await page.goto(originOf(frontend));
    await page.evaluate(
      (url) => (globalThis as unknown as { follow(url: string): void }).follow(url),
      `${base}${company}/communications/events?ticket=${ticket}`,
    );
    await expect.poll(() => seen(page, 'states'), POLL).toEqual(['open']);

    const noteIds = [];
    for (let breaks = 1; breaks <= 3; breaks += 1) {
      noteIds.push(await addNote());
      // The first break comes before any event was told.
      if (breaks > 1) await expect.poll(() => seen(page, 'told'), POLL).toEqual(noteIds);
      t.app.server.closeAllConnections();
      noteIds.push(await addNote());
      await expect
        .poll(async () => (await seen(page, 'states')).filter((s) => s === 'open').length, POLL)
        .toBe(breaks + 1);
      await expect.poll(() => seen(page, 'told'), POLL).toEqual(noteIds);
    }
    await pause(1_000);

    expect(await seen(page, 'told')).toEqual(noteIds);
    expect(await seen(page, 'states')).not.toContain('closed');
    await page.evaluate(() => (globalThis as unknown as { source: { close(): void } }).source.close());
    await expect.poll(() => asked.length, POLL).toBe(4);
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(asked.map(({ lastEventId }) => lastEventId !== undefined)).toEqual([false, true, true, true]);
  }, 60_000);
});

const POLL = { timeout: 15_000 };

function originOf(server: Server): string {
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

function seen(page: Page, what: 'told' | 'states'): Promise<string[]> {
  return page.evaluate((name) => (globalThis as unknown as Record<string, string[]>)[name] ?? [], what);
}

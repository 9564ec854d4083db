import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { findChromium, launchChromium } from '../support/browser.ts';
import {
  addMember,
  createCompany,
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createUser,
  createUserToken,
} from '../support/factories.ts';

/**
 * The screen at `/inbox`: how it is served is checked everywhere; that a person can work with it, in a real Chromium
 * where there is one.
 */
const PASSWORD = 'correct horse battery staple';
const HOSTILE = `
  <p style="color: red" onclick="alert(1)">Where is <b>K2292</b>?</p><script>parent.document.title = 'owned'</script>
  <style>p { display: none }</style><img src="https://tracker.example/pixel.gif" onerror="parent.document.title = 'owned'">
  <a href="javascript:parent.document.title='owned'">a link</a> <a href="https://acme.example/pay">Pay</a>
  <form action="https://evil.example/"><input name="password"></form><iframe src="https://evil.example/"></iframe>
  <svg><script>parent.document.title = 'owned'</script></svg><base href="https://evil.example/">`;

let t: TestApp;
let companyId: string;
let robinsToken: string;
beforeAll(async () => {
  t = await startTestApp();
  companyId = await createCompany(t.db);
  await addMember(t.db, companyId, await createUser(t.db, { username: 'sam', password: PASSWORD }));
  const robinId = await createUser(t.db, { username: 'robin', name: 'Robin Hale' });
  await addMember(t.db, companyId, robinId);
  robinsToken = await createUserToken(t.db, robinId);
  const acmeId = await createCustomer(t.db, companyId);
  const otherId = await createCustomer(t.db, companyId, 'Blue Heron Skincare');
  await createContact(t.db, companyId, otherId, { name: 'Priya Nair', email: 'priya@blueheron.example' });
  await createInvoice(t.db, companyId, otherId, 'INV-2001');
  await createInvoice(t.db, companyId, otherId, 'INV-2002');
  await createInvoice(t.db, companyId, acmeId, 'INV-1001');
  await createMessage(t.db, t.ring, companyId, {
    customerId: acmeId,
    subject: 'Certificates for INV-1001',
    body: HOSTILE,
    bodyType: 'text/html',
    requiresResponse: true,
    timestamp: '2026-11-02T10:00:00.000Z',
  });
  await createMessage(t.db, t.ring, companyId, {
    customerId: otherId,
    subject: 'Second reminder',
    body: 'We pay on Friday.\nPromised.',
    bodyType: 'text/plain',
    requiresResponse: true,
    timestamp: '2026-11-03T10:00:00.000Z',
  });
  await createMessage(t.db, t.ring, companyId, { customerId: acmeId, subject: 'Nothing to answer' });
});
afterAll(() => t.close());

describe('GET /inbox', () => {
  it('is made of files of this server only, under the policy of /docs, with relative addresses', async () => {
    const page = await t.app.inject('/inbox');

    expect(page).toMatchObject({ statusCode: 200 });
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'/);
    expect(page.body).not.toMatch(/<script>|<style|\sstyle=|\son[a-z]+=|https?:/);
    const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    for (const address of addresses.filter((one) => !one.startsWith('data:'))) {
      expect(address).toMatch(/^inbox\//);
      expect((await t.app.inject(`/${address}`)).statusCode).toBe(200);
    }
  });

  it('serves every module that another one imports', async () => {
    const left = ['app.js'];
    const served = new Set<string>();
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      const script = await t.app.inject(`/inbox/${name}`);
      expect([name, script.statusCode, script.headers['content-type']]).toEqual([
        name,
        200,
        'text/javascript; charset=utf-8',
      ]);
      served.add(name);
      for (const [, next = ''] of script.body.matchAll(/from '\.\/([a-z.-]+)'/g))
        if (!served.has(next)) left.push(next);
    }
    expect(served).toContain('purify.mjs');
  });

  it('sends a final slash to the page, below whatever path prefix, and 304 for what a browser has', async () => {
    const slash = await t.app.inject('/inbox/');
    expect([slash.statusCode, slash.headers.location]).toEqual([308, '../inbox']);

    const { etag } = (await t.app.inject('/inbox/app.js')).headers;
    const again = await t.app.inject({ url: '/inbox/app.js', headers: { 'if-none-match': String(etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('answers 404 for what is no file of it', async () => {
    for (const path of ['/inbox/other.js', '/inbox/..%2f..%2fpackage.json', '/inbox/index.html'])
      expect((await t.app.inject(path)).statusCode, path).toBe(404);
  });
});

describe('GET /llms.txt', () => {
  it('links only to what is there', async () => {
    const { statusCode, body } = await t.app.inject('/llms.txt');

    expect(statusCode).toBe(200);
    for (const [, link] of body.matchAll(/\]\(([^)]+)\)/g))
      expect((await t.app.inject(`/${link}`)).statusCode, link).toBe(200);
    const { paths } = (await t.app.inject('/openapi.json')).json();
    for (const [, path = ''] of body.matchAll(/`(?:GET|POST) (api[^?`]+)/g))
      expect(Object.keys(paths).map((known) => known.replace(/\/$/, ''))).toContain(`/${path.replace(/\/$/, '')}`);
  });
});

const chromiumPath = findChromium();

describe.runIf(chromiumPath).each([
  ['at a desk', { viewport: { width: 1280, height: 800 } }],
  ['on a phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
] as const)('a team lead %s', (place, screen) => {
  let browser: Browser;
  let page: Page;
  let address: string;
  const faults: string[] = [];
  beforeAll(async () => {
    if (!t.app.server.listening) await t.app.listen({ host: '127.0.0.1', port: 0 });
    const at = t.app.server.address();
    address = `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`;
    browser = await launchChromium(chromiumPath ?? '');
    page = await browser.newPage(screen);
    page.setDefaultTimeout(40_000);
    page.on('console', (message) => {
      const { url } = message.location();
      // The policy already refuses what the sanitiser then removes.
      if (url.endsWith('/inbox/purify.mjs') && /Content Security Policy/.test(message.text())) return;
      if (message.type() === 'error' || message.type() === 'warning') faults.push(`${message.text()} ${url}`);
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address)) faults.push(request.url());
    });
  }, 90_000);
  afterAll(() => browser?.close());
  afterEach(async () => {
    expect(faults).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      screen.viewport.width,
    );
  });

  const rows = () => page.locator('a.row strong').allTextContents();
  const said = () => page.locator('#announcements').textContent();
  const isPhone = place === 'on a phone';

  it('is told when the password is wrong, and logs in with the keyboard alone', { timeout: 90_000 }, async () => {
    await page.goto(`${address}/inbox`);
    await page.keyboard.type('sam');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('user name or password is wrong');
    // Chromium's own line about the status.
    expect(faults.splice(0)).toEqual([expect.stringContaining('401')]);

    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');

    await expect.poll(rows, { timeout: 40_000 }).toEqual(['Blue Heron Skincare', 'Acme Corp']);
    await page.locator('.live.live').waitFor();
  });

  it('finds a conversation by its words', { timeout: 90_000 }, async () => {
    await page.getByLabel('Search conversations').fill('reminder');
    await expect.poll(rows).toEqual(['Blue Heron Skincare']);
    await page.getByLabel('Search conversations').fill('');
    await expect.poll(rows).toEqual(['Blue Heron Skincare', 'Acme Corp']);
  });

  it('reads a mail in which nothing runs and which loads nothing', { timeout: 90_000 }, async () => {
    await page.locator('a.row', { hasText: 'Acme Corp' }).focus();
    await page.keyboard.press('Enter');
    const mail = page.frameLocator('iframe.mail');
    await mail.getByText('K2292').waitFor();

    expect(await page.evaluate('document.activeElement.id')).toBe('conversation-title');
    expect(await mail.locator('script, style, form, input, iframe, svg, base, [onclick], [onerror]').count()).toBe(0);
    expect(await mail.locator('a[href^="javascript"]').count()).toBe(0);
    expect(await mail.getByText('Pay').getAttribute('rel')).toBe('noopener noreferrer');
    expect(await page.getByText('An image was not loaded.').count()).toBe(1);
    const frame = page.locator('iframe.mail');
    expect(await frame.getAttribute('sandbox')).not.toContain('allow-scripts');
    expect((await frame.boundingBox())?.height).toBeLessThan(300);
    expect(await page.title()).toBe('Northbrook Packaging');
  });

  it('adds a note, resolves, reopens, and goes back with Escape', { timeout: 90_000 }, async () => {
    await page.getByLabel('Add a note').fill(`Called the mill ${place}.`);
    await page.getByRole('button', { name: 'Save note' }).click();
    await page.locator('.note', { hasText: `Called the mill ${place}.` }).waitFor();
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
    expect(await said()).toBe('Resolved.');
    await page.getByRole('button', { name: 'Reopen' }).click();
    await page.getByRole('button', { name: 'Resolve' }).waitFor();

    await page.locator('#conversation-title').focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.url()).toMatch(/#waiting$/);
    await expect.poll(rows).toEqual(['Blue Heron Skincare', 'Acme Corp']);
    await expect.poll(() => page.evaluate('document.activeElement.className')).toContain('row');
  });

  it('narrows the list to a customer, and turns its order', { timeout: 90_000 }, async () => {
    await page.getByLabel('Order').selectOption({ label: 'Oldest first' });
    await expect.poll(rows).toEqual(['Acme Corp', 'Blue Heron Skincare']);
    await page.getByLabel('Order').selectOption({ label: 'Newest first' });
    await expect.poll(rows).toEqual(['Blue Heron Skincare', 'Acme Corp']);
    await choose(page.locator('.filters').getByRole('combobox', { name: 'Customer' }), 'acm', 'Acme Corp');
    await expect.poll(rows).toEqual(['Acme Corp']);
    await page.getByRole('button', { name: 'Clear customer' }).first().click();
    await expect.poll(rows).toEqual(['Blue Heron Skincare', 'Acme Corp']);
  });

  it('logs a call with a promise, everything picked with the keyboard', { timeout: 90_000 }, async () => {
    await page.locator('#log').focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Log a call' });
    await choose(form.getByRole('combobox', { name: 'Customer' }), 'heron', 'Blue Heron Skincare');
    await form.getByLabel('INV-2002').focus();
    await page.keyboard.press('Space');
    await form.getByLabel('Contact').selectOption({ label: 'Priya Nair · priya@blueheron.example' });
    await form.getByLabel('Outcome').selectOption({ label: 'Promise to pay' });
    await form.getByLabel('Pays on').fill('2027-01-15');
    await form.getByLabel('Amount').fill('-5');
    await form.getByLabel('Currency').fill('usd');
    await form.getByLabel('What was said').fill(`Pays in January, said ${place}.`);
    await form.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => form.getByLabel('Amount').getAttribute('aria-invalid')).toBe('true');
    // Chromium's own line about the status.
    expect(faults.splice(0)).toEqual([expect.stringContaining('400')]);

    await form.getByLabel('Amount').fill('1250.00');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'hidden' });

    await page.locator('.facts', { hasText: 'USD 1,250.00 by Jan 15, 2027, open' }).waitFor();
    const { id } = (await logged()) ?? {};
    expect(await logged()).toMatchObject({
      communication_type: 'call',
      direction: 'outbound',
      customer_name: 'Blue Heron Skincare',
      contact_name: 'Priya Nair',
      outcome: 'promise_to_pay',
      promise: { due_on: '2027-01-15', amount: '1250.00', currency: 'USD', status: 'open' },
      invoices: [{ number: 'INV-2002' }],
      logged_by: { name: 'Sam Ortiz' },
      notes: `Pays in January, said ${place}.`,
    });
    expect(page.url()).toContain(`#all/${id}`);
    await toList('Waiting');
  });

  it('takes a conversation on and looks at it later: the lists follow', { timeout: 90_000 }, async () => {
    await openRow('Blue Heron Skincare');
    await page.getByLabel('Assigned to').selectOption({ label: 'Sam Ortiz (me)' });
    await expect.poll(said).toBe('Assigned to Sam Ortiz.');
    await toList('Mine');
    await expect.poll(rows).toEqual(['Blue Heron Skincare']);

    await openRow('Blue Heron Skincare');
    await page.locator('#follow-up').fill('2099-03-01');
    // What others do meanwhile takes nothing away of what is being typed.
    await addNoteElsewhere();
    await page.locator('.note', { hasText: `From elsewhere ${place}.` }).waitFor();
    await page.locator('#follow-up-set').click();
    await expect.poll(said).toBe('Follow-up on Mar 1, 2099.');
    await toList('Waiting');
    await expect.poll(rows).toEqual(['Acme Corp']);
    await toList('Later');
    await expect.poll(rows).toEqual(['Blue Heron Skincare']);

    await openRow('Blue Heron Skincare');
    await page.locator('#follow-up-clear').click();
    await expect.poll(said).toBe('No follow-up.');
    await page.getByLabel('Assigned to').selectOption({ label: 'Not assigned' });
    await expect.poll(said).toBe('Not assigned.');
    await toList('Mine');
    await expect.poll(rows).toEqual([]);
    await toList('Waiting');
    await expect.poll(rows).toEqual(['Blue Heron Skincare', 'Acme Corp']);
  });

  /** Types into a combobox and picks with the keyboard. */
  async function choose(combobox: Locator, words: string, name: string): Promise<void> {
    await combobox.fill(words);
    await page.getByRole('option', { name }).waitFor();
    await page.keyboard.press('Enter');
    expect(await combobox.inputValue()).toBe(name);
  }

  async function openRow(name: string): Promise<void> {
    await page.locator('a.row', { hasText: name }).first().click();
    await page.locator('#assignee').waitFor();
    // The members are there.
    await expect.poll(() => page.locator('#assignee option').count()).toBe(3);
  }

  /** On a phone the conversation lies over the list. */
  async function toList(view: string): Promise<void> {
    if (isPhone && (await page.locator('.inbox.reading').count()) > 0)
      await page.getByRole('button', { name: '‹ Conversations' }).click();
    await page.getByRole('link', { name: view, exact: true }).click();
  }

  async function addNoteElsewhere(): Promise<void> {
    const payload = { thread_id: page.url().split('/').at(-1), content: `From elsewhere ${place}.` };
    const headers = { authorization: `Token ${robinsToken}` };
    const url = `/api/companies/${companyId}/thread-notes`;
    expect((await t.app.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(201);
  }

  /** The newest log, as the API has it. */
  async function logged(): Promise<Record<string, unknown> | undefined> {
    const answer = await t.app.inject({
      url: `/api/companies/${companyId}/communications/threads?source=manual&search=heron`,
      headers: { authorization: `Token ${robinsToken}` },
    });
    return answer.json().data[0];
  }

  it('sees what comes in without reloading', { timeout: 90_000 }, async () => {
    const name = isPhone ? 'Late Customer' : 'Early Customer';
    await page.getByRole('link', { name: 'All', exact: true }).click();
    await expect.poll(rows).toContain('Blue Heron Skincare');
    expect(await rows()).not.toContain(name);
    const logged = await t.app.inject({
      method: 'POST',
      url: `/api/companies/${companyId}/communications/log-manual`,
      headers: { authorization: `Token ${robinsToken}` },
      payload: {
        customer_id: await createCustomer(t.db, companyId, name),
        communication_type: 'call',
        notes: 'Paid already.',
      },
    });
    expect(logged.statusCode).toBe(201);
    await expect.poll(rows, { timeout: 40_000 }).toContain(name);
  });

  it('logs out, and nothing of the session stays', { timeout: 90_000 }, async () => {
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('User name').waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });
});

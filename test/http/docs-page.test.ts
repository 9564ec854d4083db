import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { findChromium, launchChromium } from '../support/browser.ts';
import { addMember, createMessage, createTenant, createUser } from '../support/factories.ts';

/**
 * The page at `/docs`: what it is made of is checked everywhere; that a person can use it, in a real Chromium where
 * there is one (`.ci/run` installs it, and then demands it).
 */
let t: TestApp;
let tenant: Awaited<ReturnType<typeof createTenant>>;
beforeAll(async () => {
  t = await startTestApp();
  tenant = await createTenant(t.db);
  await createMessage(t.db, t.ring, tenant.companyId, { subject: 'Invoice INV-1001' });
});
afterAll(() => t.close());

describe('GET /docs', () => {
  it('loads scripts and styles of this server only, all of which are there', async () => {
    const page = await t.app.inject('/docs');

    expect(page.statusCode).toBe(200);
    const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(addresses).toContain('./docs/static/theme/page.js');
    for (const address of addresses) {
      expect(address).toMatch(/^\.\/docs\/static\//);
      expect((await t.app.inject(address.slice(1))).statusCode).toBe(200);
    }
  });

  it('lets the browser load nothing from elsewhere and run nothing inline', async () => {
    const page = await t.app.inject('/docs');

    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|upgrade-insecure-requests/);
    expect(page.body).not.toMatch(/<script>|<script [^>]*>[^<\s]|<style|\sstyle=|\son[a-z]+=/);
  });

  it('needs no token and says nothing of a company', async () => {
    const { body } = await t.app.inject('/docs/json');

    expect(body).not.toContain(tenant.companyId);
  });
});

const chromiumPath = findChromium();

describe.runIf(chromiumPath)('a person at /docs', { timeout: 90_000 }, () => {
  let browser: Browser;
  let address: string;
  let page: Page;
  let faults: string[];
  beforeAll(async () => {
    address = await t.app.listen({ host: '127.0.0.1', port: 0 });
    browser = await launchChromium(chromiumPath ?? '');
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await page.close();
    expect(faults).toEqual([]);
  });

  /** Opens the page and notes everything that a careful reader of the console would mind. */
  async function openPage({ phone = false } = {}): Promise<void> {
    faults = [];
    page = await browser.newPage(
      phone ? { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } : {},
    );
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(address) && !request.url().startsWith('data:')) faults.push(request.url());
    });
    await page.goto(`${address}/docs`);
    await page.waitForSelector('.opblock');
  }

  async function openOperation(operationId: string): Promise<Locator> {
    const operation = page.locator(`[id$="-${operationId}"]`);
    await operation.locator('.opblock-summary-control').click();
    await operation.locator('button.execute').waitFor();
    return operation;
  }

  /** What the server answered, and what of it the page shows. */
  async function execute(operation: Locator): Promise<{ status: number; sent: string | undefined; shown: string }> {
    const answered = page.waitForResponse((response) => new URL(response.url()).pathname.startsWith('/api/'));
    await operation.locator('button.execute').click();
    const response = await answered;
    const shown = operation.locator('.live-responses-table .highlight-code').first();
    await shown.waitFor();
    return {
      status: response.status(),
      sent: response.request().headers().authorization,
      shown: (await shown.textContent()) ?? '',
    };
  }

  it('pastes a token, bare or with its scheme, and a company, and calls answer', async () => {
    await openPage();
    await page.fill('#company', tenant.companyId);
    const operation = await openOperation('listThreads');
    for (const scheme of ['', 'Token ', ' token  ']) {
      await page.fill('#token', `${scheme}${tenant.token}`);

      const answer = await execute(operation);

      expect(answer, scheme).toMatchObject({ status: 200, sent: `Token ${tenant.token}` });
      expect(answer.shown).toContain('Invoice INV-1001');
    }
  });

  it('may use the dialog behind a lock instead, with the bare token', async () => {
    await openPage();
    await page.fill('#company', tenant.companyId);
    await page.locator('[id$="-listThreads"] .authorization__btn').click();
    await page.fill('.modal-ux input[type=text]', tenant.token);
    await page.click('.modal-ux button.authorize');
    await page.click('.modal-ux button.btn-done');

    expect(await execute(await openOperation('listThreads'))).toMatchObject({
      status: 200,
      sent: `Token ${tenant.token}`,
    });
  });

  it('sees a refusal as it is, 401 without a token', async () => {
    await openPage();
    await page.fill('#company', tenant.companyId);

    const answer = await execute(await openOperation('listThreads'));

    expect(answer).toMatchObject({ status: 401, sent: undefined });
    expect(answer.shown).toContain('not_authenticated');
    // Chromium's own line about the status; the page itself has no fault.
    faults = faults.filter((fault) => !fault.includes('401 (Unauthorized)'));
  });

  it('logs in, and token and company fill themselves in', async () => {
    const userId = await createUser(t.db, { username: 'robin', password: 'correct horse battery staple' });
    await addMember(t.db, tenant.companyId, userId);
    await openPage();
    const operation = await openOperation('login');
    await operation
      .locator('textarea.body-param__text')
      .fill(JSON.stringify({ username: 'robin', password: 'correct horse battery staple' }));
    await operation.locator('button.execute').click();
    await expect.poll(() => page.inputValue('#token'), { timeout: 20_000 }).not.toBe('');

    expect(await page.inputValue('#company')).toBe(tenant.companyId);
    expect(await execute(await openOperation('listEmails'))).toMatchObject({ status: 200 });
  });

  it("fits a phone's width, with an operation open", async () => {
    await openPage({ phone: true });
    await openOperation('logManualCommunication');

    const width = await page.evaluate<number>('document.documentElement.scrollWidth');

    expect(await page.evaluate('window.innerWidth')).toBe(390);
    expect(width).toBeLessThanOrEqual(390);
  });
});

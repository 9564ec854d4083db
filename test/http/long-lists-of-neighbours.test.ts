import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createTenant } from '../support/factories.ts';
import { callerWith } from '../support/http.ts';

/** The long lists of one company leave connections to the others, however many are asked for at once. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const LISTS = 30;

describe('long lists of one company', () => {
  it.each([
    ['occupy at most half of the connections', 100, () => Math.floor((t.db.pool.options.max ?? 0) / 2)],
    ['of large pages occupy one connection', 500, () => 1],
  ])('%s, and all are answered', async (_, pageSize, most) => {
    const { companyId, token } = await createTenant(t.db);
    const busy = { now: 0, most: 0 };
    const began = () => {
      busy.now += 1;
      busy.most = Math.max(busy.most, busy.now);
    };
    const ended = () => {
      busy.now -= 1;
    };
    t.db.pool.on('acquire', began).on('release', ended);
    // The first request of a token writes when it was last used, on a connection too.
    await callerWith(t.app, token).get(`/api/companies/${companyId}/communications/threads`);
    await expect.poll(() => t.db.pool.idleCount).toBe(t.db.pool.totalCount);
    const url = (nth: number) =>
      `/api/companies/${companyId}/communications/threads?page_size=${pageSize}&view=message&_=${nth}`;
    const answers = await Promise.all(
      Array.from({ length: LISTS }, (_, nth) => callerWith(t.app, token).get(url(nth))),
    );
    t.db.pool.off('acquire', began).off('release', ended);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(LISTS).fill(200));
    expect(busy.most).toBe(most());
  });

  it('are served in turn with those of another company', async () => {
    const [noisy, other] = [await createTenant(t.db), await createTenant(t.db)];
    const order: string[] = [];
    const list = async ({ companyId, token }: typeof noisy, name: string, nth: number) => {
      const url = `/api/companies/${companyId}/communications/threads?page_size=500&view=message&_=${nth}`;
      expect((await callerWith(t.app, token).get(url)).statusCode).toBe(200);
      order.push(name);
    };
    const burst = Array.from({ length: 4 * LISTS }, (_, nth) => list(noisy, 'noisy', nth));
    await Promise.all([...burst, list(other, 'other', 0)]);
    expect(order.indexOf('other')).toBeLessThan(2 * LISTS);
  });
});

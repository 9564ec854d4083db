import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { ACTION_STATUSES, TOUCHPOINT_STATUSES } from '../../../src/domain/vocabulary.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import {
  createAction,
  createContact,
  createCustomer,
  createInvoice,
  createTouchpoint,
} from '../../support/factories.ts';
import { run } from '../../support/global-setup.ts';
import { expectProblem } from '../../support/http.ts';
import { countEverything, createLogCompany, expectRefused } from '../../support/log-company.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const company = () => createLogCompany(t);
const A_LOG_TIME = '2026-05-12T14:30:00.000Z';

describe('POST /companies/{company_id}/communications/log-manual', () => {
  describe('customer_id', () => {
    it('may be left out when contact, invoices or a scheduled id says which one (201)', async () => {
      const { companyId, customerId, post } = await company();
      for (const reference of [
        { contact_id: await createContact(t.db, companyId, customerId) },
        { invoice_ids: [await createInvoice(t.db, companyId, customerId)] },
        { scheduled_action_id: await createAction(t.db, companyId, customerId) },
        { scheduled_touchpoint_id: await createTouchpoint(t.db, companyId, customerId) },
      ]) {
        const response = await post({ communication_type: 'note', notes: 'x', ...reference });
        expect(response.statusCode, response.body).toBe(201);
        expect(response.json().customer_id).toBe(customerId);
      }
    });

    it('is required when nothing else says it (400)', async () => {
      const here = await company();
      await expectRefused(here, { customer_id: undefined }, ['customer_id']);
      await expectRefused(here, { customer_id: undefined, invoice_ids: [] }, ['customer_id']);
      await expectRefused(here, { customer_id: newId() }, ['customer_id']);
      await expectRefused(here, { customer_id: `urn:uuid:${here.customerId}` }, ['customer_id']);
    });

    it('all references must agree with it, and with one another; else 400', async () => {
      const here = await company();
      const { companyId } = here;
      const other = await createCustomer(t.db, companyId, 'Globex');
      const contact = await createContact(t.db, companyId, other);
      const invoice = await createInvoice(t.db, companyId, other);
      const own = await createInvoice(t.db, companyId, here.customerId);
      const action = await createAction(t.db, companyId, other);
      const touchpoint = await createTouchpoint(t.db, companyId, other);
      await expectRefused(
        here,
        {
          contact_id: contact,
          invoice_ids: [own, invoice, newId()],
          scheduled_action_id: action,
          scheduled_touchpoint_id: touchpoint,
        },
        ['contact_id', 'invoice_ids[1]', 'invoice_ids[2]', 'scheduled_action_id', 'scheduled_touchpoint_id'],
      );
      await expectRefused(here, { customer_id: undefined, contact_id: contact, invoice_ids: [own] }, [
        'invoice_ids[0]',
      ]);
    });
  });

  describe('invoice_ids', () => {
    it('are at most 200, duplicates dropped, compared without case, order kept', async () => {
      const { companyId, customerId, log } = await company();
      const [one, two] = [
        await createInvoice(t.db, companyId, customerId),
        await createInvoice(t.db, companyId, customerId),
      ];
      const created = (await log({ invoice_ids: [two, one, two.toUpperCase(), one] })).json();
      expect(created.invoice_ids).toEqual([two, one]);
      const links = await t.db.query<{ invoice_id: string }>({
        text: 'SELECT invoice_id FROM communication_thread_invoices WHERE company_id = $1 ORDER BY position',
        values: [companyId],
      });
      expect(links.map((link) => link.invoice_id)).toEqual([two, one]);
    });

    it('200 are taken, 201 refused once, not entry by entry', async () => {
      const here = await company();
      const ids = [];
      for (let nth = 0; nth < 200; nth += 1) ids.push(await createInvoice(t.db, here.companyId, here.customerId));
      expect((await here.log({ invoice_ids: ids })).json().invoice_ids).toEqual(ids);
      await expectRefused(here, { invoice_ids: Array(201).fill('x') }, ['invoice_ids']);
    });

    it('every malformed entry is named by its place (400)', async () => {
      const here = await company();
      const invoiceId = await createInvoice(t.db, here.companyId, here.customerId);
      await expectRefused(here, { invoice_ids: [invoiceId, 'x', 5, null] }, [
        'invoice_ids[1]',
        'invoice_ids[2]',
        'invoice_ids[3]',
      ]);
      for (const wrong of ['x', {}, 5, newId()]) await expectRefused(here, { invoice_ids: wrong }, ['invoice_ids']);
    });
  });

  describe('scheduled_action_id and scheduled_touchpoint_id', () => {
    const open = ACTION_STATUSES.filter((status) => status !== 'completed' && status !== 'cancelled');
    it.each(open)(
      'an action that is %s becomes completed at the timestamp of the log, with a link to it',
      async (status) => {
        const { companyId, customerId, log } = await company();
        const id = await createAction(t.db, companyId, customerId, status);
        const created = (await log({ scheduled_action_id: id, timestamp: A_LOG_TIME })).json();
        expect(created.scheduled_action).toEqual({ id, status: 'completed', executed_at: A_LOG_TIME });
        const [action] = await t.db.query({
          text: 'SELECT status, executed_at, completed_by_thread_id FROM scheduled_actions WHERE company_id = $1 AND id = $2',
          values: [companyId, id],
        });
        expect(action).toEqual({ status: 'completed', executed_at: A_LOG_TIME, completed_by_thread_id: created.id });
      },
    );

    const ready = TOUCHPOINT_STATUSES.filter((status) => status !== 'completed' && status !== 'cancelled');
    it.each(ready)(
      'a touchpoint that is %s becomes completed at the timestamp of the log, with a link to it',
      async (status) => {
        const { companyId, customerId, log } = await company();
        const id = await createTouchpoint(t.db, companyId, customerId, status);
        const created = (await log({ scheduled_touchpoint_id: id, timestamp: A_LOG_TIME })).json();
        expect(created.scheduled_touchpoint).toEqual({ id, status: 'completed', completed_at: A_LOG_TIME });
        const [touchpoint] = await t.db.query({
          text: 'SELECT status, completed_at, completed_by_thread_id FROM scheduled_touchpoints WHERE company_id = $1 AND id = $2',
          values: [companyId, id],
        });
        expect(touchpoint).toEqual({
          status: 'completed',
          completed_at: A_LOG_TIME,
          completed_by_thread_id: created.id,
        });
      },
    );

    it('both may be given', async () => {
      const { companyId, customerId, log } = await company();
      const action = await createAction(t.db, companyId, customerId);
      const touchpoint = await createTouchpoint(t.db, companyId, customerId);
      const created = (
        await log({ scheduled_action_id: action.toUpperCase(), scheduled_touchpoint_id: touchpoint })
      ).json();
      expect(created.scheduled_action).toMatchObject({ id: action, status: 'completed' });
      expect(created.scheduled_touchpoint).toMatchObject({ id: touchpoint, status: 'completed' });
    });

    it('already completed: 201, the log is kept and the first completion stands', async () => {
      const { companyId, customerId, log } = await company();
      const action = await createAction(t.db, companyId, customerId, 'completed');
      const touchpoint = await createTouchpoint(t.db, companyId, customerId);
      const first = (await log({ scheduled_touchpoint_id: touchpoint, timestamp: A_LOG_TIME })).json();
      const response = await log({ scheduled_action_id: action, scheduled_touchpoint_id: touchpoint });
      expect(response.statusCode).toBe(201);
      expect(response.json()).toMatchObject({
        scheduled_action: { id: action, status: 'completed', executed_at: '2026-01-02T03:04:05.678Z' },
        scheduled_touchpoint: { id: touchpoint, status: 'completed', completed_at: A_LOG_TIME },
      });
      const [row] = await t.db.query({
        text: 'SELECT completed_by_thread_id AS by, completed_at AS at FROM scheduled_touchpoints WHERE company_id = $1',
        values: [companyId],
      });
      expect(row).toEqual({ by: first.id, at: A_LOG_TIME });
    });

    it('cancelled: 400, and nothing is written, not even the other completion', async () => {
      const here = await company();
      const action = await createAction(t.db, here.companyId, here.customerId, 'cancelled');
      const touchpoint = await createTouchpoint(t.db, here.companyId, here.customerId, 'pending');
      await expectRefused(here, { scheduled_action_id: action, scheduled_touchpoint_id: touchpoint }, [
        'scheduled_action_id',
      ]);
      const [row] = await t.db.query({
        text: 'SELECT status, completed_at FROM scheduled_touchpoints WHERE company_id = $1',
        values: [here.companyId],
      });
      expect(row).toEqual({ status: 'pending', completed_at: null });
      const gone = await createTouchpoint(t.db, here.companyId, here.customerId, 'cancelled');
      await expectRefused(here, { scheduled_action_id: action, scheduled_touchpoint_id: gone }, [
        'scheduled_action_id',
        'scheduled_touchpoint_id',
      ]);
    });

    it('many at once for one action: every 201 is kept, one of them completed it', async () => {
      const { companyId, customerId, log, rows } = await company();
      const action = await createAction(t.db, companyId, customerId);
      const responses = await Promise.all(
        Array.from({ length: 6 }, (_, nth) =>
          log({ scheduled_action_id: action, timestamp: `2026-05-12T14:30:0${nth}Z` }),
        ),
      );
      // A busy machine may shed one of them; then nothing of it is written.
      const kept = responses.filter((response) => response.statusCode !== 503);
      expect(new Set(kept.map((response) => response.statusCode))).toEqual(new Set([201]));
      expect(await rows('communication_threads')).toBe(kept.length);
      const [row] = await t.db.query<{ executed_at: string; by: string }>({
        text: 'SELECT executed_at, completed_by_thread_id AS by FROM scheduled_actions WHERE company_id = $1',
        values: [companyId],
      });
      const winner = kept.map((response) => response.json()).find(({ id }) => id === row?.by);
      expect(winner?.timestamp).toBe(row?.executed_at);
      for (const response of kept) expect(response.json().scheduled_action.executed_at).toBe(row?.executed_at);
    });

    it('all or nothing: when the last statement fails (500), nothing of it stays', async () => {
      const here = await company();
      const { companyId, customerId, log, rows } = here;
      const action = await createAction(t.db, companyId, customerId);
      const before = await countEverything(rows);
      await run(t.database.superuserUrl, [
        `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`,
        'CREATE TRIGGER refuse BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION refuse()',
      ]);
      try {
        expectProblem(await log({ scheduled_action_id: action }), 'internal_error');
      } finally {
        await run(t.database.superuserUrl, ['DROP TRIGGER refuse ON audit_events', 'DROP FUNCTION refuse']);
      }
      expect(await countEverything(rows)).toEqual(before);
      expect((await log({ scheduled_action_id: action })).statusCode).toBe(201);
    });
  });
});

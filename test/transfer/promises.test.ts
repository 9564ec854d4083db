import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createUserToken } from '../support/factories.ts';
import { callerWith } from '../support/http.ts';
import {
  COMPANY,
  FOUNDATION,
  type ImportWorld,
  idOf,
  type Line,
  lineOf,
  startImportWorld,
  threadLine,
} from '../support/import-world.ts';

/** Promises, disputes and follow-ups as an import file brings them. */

let world: ImportWorld;
beforeAll(async () => {
  world = await startImportWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.owner.query({ text: 'TRUNCATE companies, users, audit_events CASCADE' });
  await world.import(FOUNDATION);
});

const ACME = { customer_id: idOf('acme') };
const LOG = threadLine('log', { ...ACME, source: 'manual', communication_type: 'call', outcome: 'promise_to_pay' });
const PROMISE = lineOf('promise', 'promise', {
  ...ACME,
  thread_id: idOf('log'),
  status: 'open',
  due_on: '2999-06-05',
  amount: '4210.00',
  currency: 'USD',
  invoice_ids: [idOf('acme invoice')],
  created_by_id: idOf('dana'),
  created_at: '2026-05-13T10:00:01.000Z',
  updated_at: '2026-05-14T10:00:01.000Z',
});

async function get(path: string) {
  const caller = callerWith(world.app, await createUserToken(world.db, idOf('dana')));
  const response = await caller.get(`/api/companies/${COMPANY}/${path}`);
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
}

describe('a line of type promise', () => {
  test('stands in the API as it says, with its message', async () => {
    await world.import([LOG, PROMISE]);
    const { type: _, created_by_id: userId, ...said } = PROMISE;
    expect((await get('promises')).data).toEqual([
      { ...said, customer_name: 'acme Corp', created_by: { id: userId, name: 'Dana Whitfield' } },
    ]);
    const { id, status, due_on, amount, currency, invoice_ids } = PROMISE;
    expect(await get(`communications/threads/${idOf('log')}`)).toMatchObject({
      outcome: 'promise_to_pay',
      promise: { id, status, due_on, amount, currency, invoice_ids },
    });
  });

  test('the least that it needs: no amount, no invoice, nobody who wrote it down', async () => {
    const { id, company_id, thread_id } = PROMISE;
    const least = { type: 'promise', id, company_id, ...ACME, thread_id, status: 'kept', due_on: '2026-06-05' };
    await world.import([LOG, least]);
    expect((await get('promises')).data).toMatchObject([
      { status: 'kept', amount: null, currency: null, invoice_ids: [], created_by: null },
    ]);
  });

  test('is replaced when it differs, in a digit or the order of its invoices too; an equal one isn’t written', async () => {
    const another = lineOf('invoice', 'another', { ...ACME, number: 'INV-1002' });
    const invoiceIds = [idOf('acme invoice'), idOf('another')];
    const both = { ...PROMISE, invoice_ids: invoiceIds, updated_at: undefined };
    await world.import([another, LOG, PROMISE]);
    const outcomes = async (line: Line) => (await world.import([line])).counts.promise;
    expect(await outcomes(PROMISE)).toEqual({ created: 0, replaced: 0, unchanged: 1 });
    expect(await outcomes({ ...PROMISE, id: idOf('promise').toUpperCase() })).toMatchObject({ unchanged: 1 });
    expect(await outcomes({ ...PROMISE, amount: '4210.0' })).toMatchObject({ replaced: 1 });
    expect(await outcomes(both)).toMatchObject({ replaced: 1 });
    expect(await outcomes(both)).toMatchObject({ unchanged: 1 });
    expect(await outcomes({ ...both, invoice_ids: invoiceIds.toReversed() })).toMatchObject({ replaced: 1 });
    expect((await get('promises')).data[0].invoice_ids).toEqual(invoiceIds.toReversed());
    expect(await outcomes({ ...both, invoice_ids: null })).toMatchObject({ replaced: 1 });
    expect((await get('promises')).data[0].invoice_ids).toEqual([]);
  });

  test('is told to those who follow promises or threads, and a message that no longer has it', async () => {
    const other = threadLine('other log', { ...ACME, source: 'manual', communication_type: 'call' });
    await world.import([LOG, other, PROMISE]);
    const followed = async (list: string, mark: string) => {
      const { data, watermark } = await get(`${list}?updated_after=${mark}`);
      return { ids: data.map(({ id }: Line) => id).sort(), watermark };
    };
    const mark = async (list: string) => (await followed(list, '2000-01-01T00:00:00Z')).watermark;
    const [threads, promises] = [await mark('communications/threads'), await mark('promises')];
    await world.import([{ ...PROMISE, thread_id: idOf('other log') }]);
    expect((await followed('communications/threads', threads)).ids).toEqual([idOf('log'), idOf('other log')].sort());
    expect((await followed('promises', promises)).ids).toEqual([idOf('promise')]);
    const [line] = FOUNDATION.filter(({ id }) => id === idOf('acme'));
    const next = await mark('promises');
    await world.import([{ ...line, name: 'Acme, renamed' }]);
    expect((await followed('promises', next)).ids).toEqual([idOf('promise')]);
    expect((await get('promises')).data[0].customer_name).toBe('Acme, renamed');
  });
});

describe('what is refused, with its line', () => {
  const ZENITH = { customer_id: idOf('zenith'), invoice_ids: null };
  test.each<[string, Line[], string]>([
    ['an amount of nothing', [LOG, { ...PROMISE, amount: '0.00' }], '2: amount must be a decimal number above zero'],
    ['a day that isn’t', [LOG, { ...PROMISE, due_on: '2026-02-30' }], '2: due_on must be a date'],
    [
      'broken, which is nothing to store',
      [LOG, { ...PROMISE, status: 'broken' }],
      '2: status must be one of open, kept',
    ],
    ['a message that isn’t there', [PROMISE], '1: thread_id: there is no thread'],
    ['a message that comes later', [PROMISE, LOG], '1: thread_id: thread .* comes only in line 2'],
    [
      'an invoice of another customer',
      [LOG, { ...PROMISE, invoice_ids: [idOf('zenith invoice')] }],
      '2: invoice_ids: invoice',
    ],
    ['a customer other than its message’s', [LOG, { ...PROMISE, ...ZENITH }], '2: customer_id: the message in which'],
    ['a message that is nobody’s', [threadLine('log'), PROMISE], '2: customer_id: the message in which'],
    ['two of one message', [LOG, PROMISE, { ...PROMISE, id: idOf('two') }], '3: thread_id: line 2 has the same'],
    ['a user who isn’t there', [LOG, { ...PROMISE, created_by_id: idOf('x') }], '2: created_by_id: there is no user'],
    ['an outcome that isn’t one', [{ ...LOG, outcome: 'shouted' }], '1: outcome must be one of spoke, left_message'],
    ['a dispute without a reason', [{ ...LOG, dispute: {} }], '1: dispute must be an object'],
    ['a dispute of more', [{ ...LOG, dispute: { reason: 'price', by: 'Pat' } }], '1: dispute must be an object'],
    [
      'a disputed invoice of another customer',
      [{ ...LOG, dispute: { reason: 'price', invoice_ids: [idOf('zenith invoice')] } }],
      '1: dispute.invoice_ids: invoice .* belongs to another customer',
    ],
    ['an assignee who isn’t there', [{ ...LOG, assignee_id: idOf('x') }], '1: assignee_id: there is no user'],
    ['a follow-up on a day', [{ ...LOG, follow_up_at: '2026-06-08' }], '1: follow_up_at must be an RFC 3339 time'],
  ])('%s', async (_, lines, fault) => {
    expect(await world.faultsOf(lines)).toEqual([expect.stringMatching(new RegExp(`^${fault}`))]);
  });

  test('a message that leaves its promise’s customer, unless the promise goes with it', async () => {
    await world.import([LOG, PROMISE]);
    const moved = { ...LOG, customer_id: idOf('zenith') };
    expect(await world.faultsOf([moved])).toEqual([
      `1: customer_id: promise ${idOf('promise')} was made in this message by another customer`,
    ]);
    await world.import([moved, { ...PROMISE, ...ZENITH }]);
    expect((await get('promises')).data).toMatchObject([{ customer_name: 'zenith Corp', invoice_ids: [] }]);
  });

  test('a faulty message, and its promise not for that', async () => {
    expect(await world.faultsOf([{ ...LOG, direction: 'up' }, PROMISE])).toHaveLength(1);
  });

  test('a promise that is there, by a message of its customer that is faulty', async () => {
    await world.import([LOG, PROMISE]);
    expect(await world.faultsOf([{ ...LOG, direction: 'up' }])).toHaveLength(1);
  });
});

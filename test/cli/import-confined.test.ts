import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import type { ImportOptions } from '../../src/transfer/import/import.ts';
import { createCompany, createUser } from '../support/factories.ts';
import { type ImportWorld, type Line, startImportWorld } from '../support/import-world.ts';

/** `import --company`: a file that somebody else made writes to that company and to nothing else. */

let world: ImportWorld;
let companyId: string;
let other: string;
let userId: string;
beforeAll(async () => {
  world = await startImportWorld();
  [companyId, other] = [await createCompany(world.db), await createCompany(world.db)];
  userId = await createUser(world.db);
});
afterAll(() => world.close());

const confined = (withMembers = false): ImportOptions => ({ confinement: { companyId, withMembers } });

function linesOf(company: string): Record<string, Line> {
  const customer = { company_id: company, id: newId() };
  const thread = { company_id: company, id: newId() };
  const ofCompany = (type: string, fields: Line) => ({ type, id: newId(), company_id: company, ...fields });
  return {
    company: { type: 'company', id: company, name: 'Renamed' },
    customer: { type: 'customer', ...customer, name: 'Acme' },
    contact: ofCompany('contact', { customer_id: customer.id, name: 'Pat' }),
    invoice: ofCompany('invoice', { customer_id: customer.id, number: 'INV-1' }),
    scheduled_action: ofCompany('scheduled_action', {
      customer_id: customer.id,
      action_type: 'call',
      status: 'proposed',
    }),
    scheduled_touchpoint: ofCompany('scheduled_touchpoint', {
      customer_id: customer.id,
      step_type: 'call',
      status: 'pending',
    }),
    thread: {
      type: 'thread',
      ...thread,
      thread_group_id: newId(),
      communication_type: 'email',
      direction: 'inbound',
      timestamp: '2026-05-12T00:00:00Z',
    },
    thread_note: ofCompany('thread_note', { thread_id: thread.id, author_id: userId, content: 'x' }),
    mailbox: ofCompany('mailbox', { user_id: userId, grant_id: newId(), email: 'a@b.example', sync: 'all' }),
    phone: ofCompany('phone', { number: `+4420${Math.floor(1e7 + Math.random() * 8e7)}` }),
  };
}

async function faultsOf(lines: Line[], options: ImportOptions): Promise<[number, string][]> {
  const error = await world.import(lines, options).then(
    () => undefined,
    (refusal: { faults: { line: number; reason: string }[] }) => refusal,
  );
  return error?.faults.map(({ line, reason }) => [line, reason]) ?? [];
}

describe('an import confined to a company', () => {
  it('takes every line of that company', async () => {
    const lines = Object.values(linesOf(companyId));
    expect(await faultsOf(lines, confined())).toEqual([]);
  });

  it('refuses each line of another company by its number, and writes nothing', async () => {
    const own = Object.values(linesOf(companyId));
    const foreign = Object.values(linesOf(other));
    const faults = await faultsOf([...own, ...foreign], confined());
    const reason = `is of another company than ${companyId}, to which this import is confined`;
    expect(faults).toEqual(foreign.map((_, nth) => [own.length + nth + 1, reason]));
    const [row] = await world.db.query<{ name: string }>({
      text: 'SELECT name FROM companies WHERE id = $1',
      values: [other],
    });
    expect(row?.name).toBe('Northbrook Packaging');
  });

  it.each([
    ['user', () => ({ type: 'user', id: newId(), username: newId() })],
    ['membership', () => ({ type: 'membership', company_id: companyId, user_id: userId, role: 'admin' })],
  ])('refuses a %s, and takes it with --with-members', async (type, line) => {
    expect(await faultsOf([line()], confined())).toEqual([
      [1, `a ${type} is imported into one company only with --with-members`],
    ]);
    expect(await faultsOf([line()], confined(true))).toEqual([]);
  });

  it('refuses a membership of another company also with --with-members', async () => {
    const line = { type: 'membership', company_id: other, user_id: userId, role: 'admin' };
    expect(await faultsOf([line], confined(true))).toHaveLength(1);
  });
});

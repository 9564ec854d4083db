import { describe, expect, test, vi } from 'vitest';
import { api, detail, rows, useEmptyCompany, world } from '../support/import-company.ts';
import { COMPANY, FOUNDATION, idOf, type Line, lineOf, threadLine } from '../support/import-world.ts';

useEmptyCompany();

describe('what a line may refer to', () => {
  const OTHER = idOf('other company');
  const other = (type: string, name: string, fields: Line): Line => ({
    type,
    id: idOf(name),
    company_id: OTHER,
    ...fields,
  });
  const OTHERS: Line[] = [
    { type: 'company', id: OTHER, name: 'Other' },
    other('customer', 'their customer', { name: 'Theirs' }),
    other('contact', 'their contact', { customer_id: idOf('their customer'), name: 'T' }),
    other('invoice', 'their invoice', { customer_id: idOf('their customer'), number: '1' }),
    { ...threadLine('their thread'), company_id: OTHER },
  ];
  const customer = { customer_id: idOf('acme') };

  const CASES: [string, Line, string][] = [
    [
      "another company's customer",
      threadLine('x', { customer_id: idOf('their customer') }),
      `customer_id: there is no customer ${idOf('their customer')} in this company`,
    ],
    [
      "another company's contact",
      threadLine('x', { contact_id: idOf('their contact') }),
      'contact_id: there is no contact',
    ],
    [
      "another company's invoice",
      threadLine('x', { invoice_ids: [idOf('acme invoice'), idOf('their invoice')] }),
      'invoice_ids: there is no invoice',
    ],
    [
      "another company's message",
      lineOf('thread_note', 'n', { thread_id: idOf('their thread'), author_id: idOf('dana'), content: 'x' }),
      'thread_id: there is no thread',
    ],
    [
      'a user who is not there',
      threadLine('x', { logged_by_id: idOf('nobody') }),
      `logged_by_id: there is no user ${idOf('nobody')}`,
    ],
    [
      'a company that is not there',
      { ...threadLine('x'), company_id: idOf('nowhere') },
      `company_id: there is no company ${idOf('nowhere')}`,
    ],
    [
      "another customer's contact",
      threadLine('x', { ...customer, contact_id: idOf('zenith contact') }),
      `contact_id: contact ${idOf('zenith contact')} belongs to another customer`,
    ],
    [
      "another customer's invoice",
      threadLine('x', { ...customer, invoice_ids: [idOf('zenith invoice')] }),
      'invoice_ids: invoice',
    ],
    [
      "another customer's action",
      threadLine('x', { ...customer, scheduled_action_id: idOf('zenith action') }),
      'scheduled_action_id: scheduled action',
    ],
    [
      "another customer's touchpoint",
      threadLine('x', { ...customer, scheduled_touchpoint_id: idOf('zenith touchpoint') }),
      'scheduled_touchpoint_id: scheduled touchpoint',
    ],
    [
      'two customers and none named',
      threadLine('x', { contact_id: idOf('acme contact'), invoice_ids: [idOf('zenith invoice')] }),
      'invoice_ids: invoice',
    ],
    [
      "an action of another customer's invoice",
      lineOf('scheduled_action', 'a', {
        ...customer,
        invoice_id: idOf('zenith invoice'),
        action_type: 'call',
        status: 'proposed',
      }),
      'invoice_id: invoice',
    ],
    [
      'a contact that changes its customer',
      lineOf('contact', 'acme contact', { customer_id: idOf('zenith'), name: 'Pat' }),
      'customer_id: this contact belongs to customer',
    ],
    [
      'an external_id that another row of the collection has',
      lineOf('customer', 'new customer', { external_id: 'D-acme', name: 'Acme' }),
      'external_id: another customer has it already',
    ],
    [
      'an external_id with a comma',
      lineOf('customer', 'new customer', { external_id: 'D,1', name: 'Acme' }),
      'external_id must be a string of 1 to 200 characters',
    ],
    [
      'an amount that is no decimal number',
      lineOf('invoice', 'new invoice', { customer_id: idOf('acme'), number: '1', amount: '1e3' }),
      'amount must be a decimal number',
    ],
    [
      'a currency that ISO 4217 does not know',
      lineOf('invoice', 'new invoice', { customer_id: idOf('acme'), number: '1', currency: 'EURO' }),
      'currency must be a code of ISO 4217',
    ],
    [
      'a day that no calendar has',
      lineOf('invoice', 'new invoice', { customer_id: idOf('acme'), number: '1', due_date: '2026-02-30' }),
      'due_date must be a date',
    ],
    [
      'a username that is taken',
      { type: 'user', id: idOf('new'), username: 'dana' },
      'username: another user has it already',
    ],
  ];

  test.each(CASES)('%s: refused', async (_, line, reason) => {
    await world.import(OTHERS);
    const faults = await world.faultsOf([threadLine('good'), line]);
    expect(faults).toEqual([expect.stringContaining(`2: ${reason}`)]);
    expect(await rows('SELECT FROM communication_threads WHERE id = $1', [idOf('good')])).toEqual([]);
  });

  test('a parent that comes later is named with its line', async () => {
    const faults = await world.faultsOf([
      threadLine('x', { customer_id: idOf('late') }),
      lineOf('customer', 'late', { name: 'Late' }),
    ]);
    expect(faults).toEqual([
      `1: customer_id: customer ${idOf('late')} comes only in line 2; parents go before children`,
    ]);
  });

  test('one that is there already may also come later', async () => {
    await world.import([threadLine('x', customer), lineOf('customer', 'acme', { name: 'Renamed' })]);
    expect((await detail('x')).customer_name).toBe('Renamed');
  });

  test('what messages show of others is told to whoever follows, when a file changes that alone', async () => {
    await world.import([
      threadLine('of acme', { ...customer, contact_id: idOf('acme contact') }),
      threadLine('asked for', { ...customer, scheduled_action_id: idOf('acme action') }),
      threadLine('of zenith', { customer_id: idOf('zenith') }),
    ]);
    const followed = async (mark: string) => {
      const { data, watermark } = (await api(`communications/threads?updated_after=${mark}`)).json();
      return { ids: data.map(({ id }: Line) => id).sort(), watermark };
    };
    const line = (id: string) => FOUNDATION.find((each) => each.id === idOf(id)) as Line;
    /** The transactions of other tests hold the watermark back until they end. */
    const settled = async () => {
      let mark = '2000-01-01T00:00:00Z';
      await vi.waitFor(
        async () => {
          const { ids, watermark } = await followed(mark);
          mark = watermark;
          expect(ids).toEqual([]);
        },
        { timeout: 60_000, interval: 100 },
      );
      return mark;
    };
    const changedBy = async (changed: Line) => {
      const mark = await settled();
      await world.import([changed]);
      return (await followed(mark)).ids;
    };

    expect([
      await changedBy({ ...line('acme contact'), name: 'Patricia' }),
      await changedBy({ ...line('acme action'), status: 'cancelled' }),
      await changedBy({ ...line('zenith'), name: 'zenith, Corp' }),
    ]).toEqual([[idOf('of acme')], [idOf('asked for')], [idOf('of zenith')]]);
  });

  test('the same id twice, of any type', async () => {
    const faults = await world.faultsOf([
      threadLine('x'),
      threadLine('x', { subject: 'again' }),
      lineOf('customer', 'c', { name: 'C' }),
      lineOf('customer', 'c', { name: 'C' }),
      { type: 'membership', company_id: COMPANY, user_id: idOf('dana'), role: 'viewer' },
      { type: 'membership', company_id: COMPANY, user_id: idOf('dana'), role: 'member' },
    ]);
    expect(faults).toEqual([
      '2: has the same id as line 1',
      '4: has the same id as line 3',
      '6: has the same user_id as line 5',
    ]);
  });

  test('every line that repeats another is reported, and counted', async () => {
    const attachments = [{ id: idOf('f'), filename: 'f', content_type: 't', size_bytes: 1 }];
    const copies = [{ grant_id: 'g', message_id: 'm' }];
    const user = (name: string) => ({ type: 'user', id: idOf(name), username: 'same', name });
    const alike = (name: string) =>
      threadLine(name, { source: 'nylas', attachments, provider: { call_uuid: 'c', copies } });
    const faults = await world.faultsOf([
      ...Array.from({ length: 4 }, () => lineOf('customer', 'c', { name: 'C' })),
      ...['five', 'six', 'seven'].map(user),
      ...['eight', 'nine', 'ten'].map(alike),
    ]);
    const repeats = (line: number) => [
      `${line}: provider.call_uuid: line 8 has the same`,
      `${line}: attachments: an attachment has the same id as one in line 8`,
      `${line}: provider.copies: m stands in line 8 as well`,
    ];
    expect(faults).toEqual([
      '2: has the same id as line 1',
      '3: has the same id as line 1',
      '4: has the same id as line 1',
      '6: username: line 5 has the same',
      '7: username: line 5 has the same',
      ...repeats(9),
      ...repeats(10),
    ]);
    const company = { type: 'company', id: idOf('new'), name: 'New' };
    await expect(world.import(Array.from({ length: 101 }, () => company))).rejects.toMatchObject({ count: 100 });
  });

  test('a message that names one of its own twice', async () => {
    const file = { id: idOf('f'), filename: 'f', content_type: 't', size_bytes: 1 };
    const copy = { grant_id: 'g', message_id: 'm' };
    const provider = { copies: [copy, copy] };
    expect(await world.faultsOf([threadLine('x', { source: 'nylas', attachments: [file, file], provider })])).toEqual([
      '1: attachments: an attachment has the same id as one in line 1',
      '1: provider.copies: m stands there twice',
    ]);
  });

  test('a parent that is there twice is the only fault: its children are good', async () => {
    const company = { type: 'company', id: idOf('new'), name: 'New' };
    const of = { company_id: idOf('new') };
    const customerLine = { type: 'customer', id: idOf('c'), ...of, name: 'C' };
    const invoice = { type: 'invoice', id: idOf('i'), ...of, customer_id: idOf('c'), number: '1' };
    const faults = await world.faultsOf([
      company,
      { type: 'membership', ...of, user_id: idOf('dana'), role: 'admin' },
      customerLine,
      invoice,
      threadLine('x', { ...of, customer_id: idOf('c'), invoice_ids: [idOf('i')] }),
      company,
      customerLine,
      invoice,
    ]);
    expect(faults).toEqual([
      '6: has the same id as line 1',
      '7: has the same id as line 3',
      '8: has the same id as line 4',
    ]);
  });

  test('what must be unique, within the file too', async () => {
    const call = { provider: { call_uuid: 'c1' } };
    const box = { user_id: idOf('dana'), grant_id: 'g', email: 'a@b', sync: 'all' };
    const faults = await world.faultsOf([
      threadLine('a', call),
      threadLine('b', call),
      lineOf('mailbox', 'm1', box),
      lineOf('mailbox', 'm2', box),
      threadLine('c', { attachments: [{ id: idOf('f'), filename: 'f', content_type: 't', size_bytes: 1 }] }),
      threadLine('d', { attachments: [{ id: idOf('f'), filename: 'f', content_type: 't', size_bytes: 1 }] }),
    ]);
    expect(faults).toEqual([
      '2: provider.call_uuid: line 1 has the same',
      '4: grant_id: line 3 has the same',
      '6: attachments: an attachment has the same id as one in line 5',
    ]);
  });

  test("an attachment can't be taken from a message that is not in the file, but can move between two that are", async () => {
    const file = [{ id: idOf('f'), filename: 'f', content_type: 't', size_bytes: 1 }];
    await world.import([threadLine('a', { attachments: file }), threadLine('b')]);
    expect(await world.faultsOf([threadLine('b', { attachments: file })])).toEqual([
      `1: attachments: attachment ${idOf('f')} belongs to another message`,
    ]);
    await world.import([threadLine('b', { attachments: file }), threadLine('a')]);
    expect([(await detail('a')).has_attachments, (await detail('b')).has_attachments]).toEqual([false, true]);
  });

  test('by what a provider names a message it names one', async () => {
    const seen = (name: string, provider: object) => threadLine(name, { source: 'nylas', provider });
    const copies = [{ grant_id: 'g', message_id: 'm' }];
    expect(await world.faultsOf([seen('one', { copies }), seen('two', { copies, call_keys: ['k', 'k'] })])).toEqual([
      '2: provider.copies: m stands in line 1 as well',
    ]);
    await world.import([seen('one', { copies, call_keys: ['k'] })]);
    expect(await world.faultsOf([seen('two', { copies, call_keys: ['k'] })])).toEqual([
      '1: provider.copies: m belongs to another message',
      '1: provider.call_keys: k belongs to another message',
    ]);
    const { counts } = await world.import([seen('two', { copies }), seen('one', { call_keys: ['k'] })]);
    expect(counts.thread).toEqual({ created: 1, replaced: 1, unchanged: 0 });
    expect(await rows('SELECT thread_id FROM mail_copies')).toEqual([{ thread_id: idOf('two') }]);
  });

  test('a faulty parent is reported once, not again for each of its children', async () => {
    const faults = await world.faultsOf([
      lineOf('customer', 'bad', { name: 5 }),
      lineOf('contact', 'of bad', { customer_id: idOf('bad'), name: 'C' }),
      threadLine('x', { customer_id: idOf('bad'), contact_id: idOf('of bad') }),
    ]);
    expect(faults).toEqual(['1: name must be a string that is not empty']);
  });
});

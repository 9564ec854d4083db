import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { api, detail, EMAIL, LOG, NOTE, rows, useEmptyCompany, world, writers } from '../support/import-company.ts';
import { COMPANY, FOUNDATION, idOf, type Line, lineOf, threadLine } from '../support/import-world.ts';
import { people } from '../support/parties.ts';

useEmptyCompany();

describe('a line of each type', () => {
  test('an email stands in the API as the line says', async () => {
    await world.import([EMAIL]);
    expect(await detail('mail')).toMatchObject({
      id: idOf('mail'),
      company_id: COMPANY,
      thread_group_id: idOf('group of mail'),
      customer_id: idOf('acme'),
      customer_name: 'acme Corp',
      contact_id: idOf('acme contact'),
      contact_name: 'Pat',
      communication_type: 'email',
      source: 'nylas',
      direction: 'inbound',
      subject: 'Invoice INV-1001',
      preview: 'Dear Dana, it goes out Friday.',
      body: '<p>Dear Dana,</p><p>it goes out <b>Friday</b>.</p>',
      body_type: 'text/html',
      notes: null,
      from: { name: 'Pat', email: 'pat@acme.example' },
      to: [{ name: '', email: 'dana@northbrook.example' }],
      cc: [{ name: 'AR', email: 'ar@northbrook.example' }],
      call: null,
      requires_response: true,
      is_resolved: false,
      is_ar_related: true,
      strategy_tags: ['promise-to-pay', 'a "quoted", {braced} \\ tag', ''],
      invoice_ids: [idOf('acme invoice')],
      has_attachments: true,
      message_count: 1,
      timestamp: '2026-05-12T14:30:00.000Z',
      created_at: '2026-05-12T14:30:05.000Z',
      updated_at: '2026-05-13T08:00:00.000Z',
      attachments: [
        { filename: 'logo.png', content_type: 'image/png', size_bytes: 12, is_inline: true },
        {
          id: idOf('pdf'),
          filename: 'remit\tance.pdf',
          content_type: 'application/pdf',
          size_bytes: 4_096,
          is_inline: false,
        },
      ],
    });
  });

  test('times of every century and words of every script stand as they were written', async () => {
    const times = ['0001-01-01T00:00:00.000Z', '1969-12-31T23:59:59.999Z', '1999-12-31T23:59:59.999Z'];
    times.push('2000-01-01T00:00:00.000Z', '2038-01-19T03:14:08.001Z', '9999-12-31T23:59:59.999Z');
    const subjects = ['Größe', 'счёт', '請求書 INV-7', 'é'.repeat(33), 'A'.repeat(33), '\u{1F91D} agreed'];
    const lines = times.map((timestamp, nth) => threadLine(`of ${timestamp}`, { timestamp, subject: subjects[nth] }));
    await world.import(lines);
    for (const [nth, timestamp] of times.entries()) {
      expect(await detail(`of ${timestamp}`)).toMatchObject({ timestamp, subject: subjects[nth] });
    }
    const found = async (search: string) =>
      (await api(`communications/threads?search=${encodeURIComponent(search)}`)).json().count;
    for (const word of ['größe', 'СЧЁТ', '請求書', 'é'.repeat(33), 'a'.repeat(33), 'agreed']) {
      expect(await found(word), word).toBe(1);
    }
  });

  test('a mail to very many has a short row in lists, as if it had been delivered, until another import shortens it', async () => {
    const to = people(150, 'Person');
    const listed = async () => (await api('communications/threads')).json().data[0];
    await world.import([threadLine('long', { to, from: { name: 'n'.repeat(300), email: 'ann@acme.example' } })]);
    expect(await listed()).toMatchObject({
      from: { name: 'n'.repeat(200) },
      to: to.slice(0, 100),
      recipients_truncated: true,
    });
    expect((await detail('long')).to).toEqual(to);
    await world.import([threadLine('long', { to: to.slice(0, 99) })]);
    expect(await listed()).toMatchObject({ to: to.slice(0, 99) });
    expect('recipients_truncated' in (await listed())).toBe(false);
  });

  test('a manual log has its notes, which nobody can read in the database', async () => {
    await world.import([LOG]);
    expect(await detail('log')).toMatchObject({
      source: 'manual',
      notes: 'Spoke with Pat.\n\tPays \\ Friday — “promised” 🤝',
      preview: null,
      body: null,
      logged_by: { id: idOf('dana'), name: 'Dana Whitfield' },
      scheduled_action: { id: idOf('acme action'), status: 'scheduled', executed_at: null },
    });
    const [row] = await rows<{ text: string }>('SELECT t::text AS text FROM communication_threads t');
    expect(row?.text).not.toContain('Pat');
    expect(row?.text).not.toContain(Buffer.from('Spoke').toString('hex'));
  });

  test('a note stands under its message, encrypted too', async () => {
    await world.import([EMAIL, NOTE]);
    expect((await api('thread-notes')).json()).toMatchObject({
      count: 1,
      data: [{ id: idOf('note'), content: NOTE.content, author: { id: idOf('dana') }, created_at: NOTE.created_at }],
    });
    const [row] = await rows<{ text: string }>('SELECT n::text AS text FROM thread_notes n');
    expect(row?.text).not.toContain(Buffer.from('holiday').toString('hex'));
  });

  test('a call has all its fields, with null for what the line leaves out', async () => {
    const call = { status: 'completed', from_number: '+15551234567', started_at: '2026-05-12T16:30:00+02:00' };
    await world.import([threadLine('call', { communication_type: 'call', source: 'vonage', call })]);
    expect((await detail('call')).call).toEqual({
      status: 'completed',
      from_number: '+15551234567',
      to_number: null,
      started_at: '2026-05-12T14:30:00.000Z',
      ended_at: null,
      duration_seconds: null,
    });
  });

  test('the least that a message needs gets the defaults, null meaning "not given"', async () => {
    const nulls = {
      subject: null,
      body: null,
      to: null,
      customer_id: null,
      attachments: null,
      source: null,
      call: null,
    };
    await world.import([threadLine('least', nulls)]);
    expect(await detail('least')).toMatchObject({
      source: 'import',
      subject: '',
      preview: null,
      body: null,
      body_type: null,
      from: null,
      to: [],
      cc: [],
      requires_response: false,
      is_resolved: false,
      is_ar_related: null,
      strategy_tags: [],
      invoice_ids: [],
      customer_id: null,
      has_attachments: false,
      attachments: [],
    });
  });

  test('a mailbox and a phone', async () => {
    const mailbox = { user_id: idOf('dana'), grant_id: 'g1', email: 'ar@northbrook.example', sync: 'all' };
    await world.import([lineOf('mailbox', 'box', mailbox), lineOf('phone', 'phone', { number: '+13125550100' })]);
    expect(await rows('SELECT company_id, user_id, grant_id, email, sync FROM mailboxes')).toEqual([
      { company_id: COMPANY, ...mailbox },
    ]);
    expect(await rows('SELECT number FROM phones')).toEqual([{ number: '+13125550100' }]);
  });

  test('ids compare without case, and are kept in lower case', async () => {
    const upper = (line: Line) =>
      JSON.parse(JSON.stringify(line).replace(/"[0-9a-f-]{36}"/g, (id) => id.toUpperCase()));
    await world.import([EMAIL]);
    const { counts } = await world.import([...FOUNDATION, EMAIL].map(upper));
    expect(counts.thread).toEqual({ created: 0, replaced: 0, unchanged: 1 });
    expect(counts.customer).toEqual({ created: 0, replaced: 0, unchanged: 2 });
  });

  test('a message that leaves its customer out has that of its contact, invoice or action', async () => {
    await world.import([
      threadLine('by contact', { contact_id: idOf('acme contact') }),
      threadLine('by invoice', { invoice_ids: [idOf('zenith invoice')] }),
      threadLine('by action', { scheduled_action_id: idOf('zenith action') }),
    ]);
    expect((await detail('by contact')).customer_id).toBe(idOf('acme'));
    expect((await detail('by invoice')).customer_name).toBe('zenith Corp');
    expect((await detail('by action')).customer_id).toBe(idOf('zenith'));
  });
});

/** Three bytes a character, and nothing that PostgreSQL could compress. */
const wideText = (length: number) => String.fromCharCode(...Array.from({ length }, () => randomInt(0x4e00, 0x9fff)));

describe('what a line must be', () => {
  const CASES: [string, Line | string, string][] = [
    ['no JSON', '{"type":', 'is not valid JSON'],
    ['no object', '[1]', 'must be a JSON object'],
    ['no type', '{}', 'type must be one of company, user, membership'],
    ['an unknown type', { type: 'letter' }, 'type must be one of company, user'],
    ['a missing field', { type: 'phone', id: idOf('p'), company_id: COMPANY }, 'number is missing'],
    ['an unknown field', threadLine('x', { note: 'typo' }), 'note is no field of this type'],
    ['an id that is none', threadLine('x', { id: 'urn:uuid:1' }), 'id must be a UUID'],
    ['a number for a text', threadLine('x', { subject: 5 }), 'subject must be a string'],
    ['text for a flag', threadLine('x', { is_resolved: 'true' }), 'is_resolved must be true or false'],
    [
      'an unknown communication type',
      threadLine('x', { communication_type: 'fax' }),
      'communication_type must be one of email, call',
    ],
    ['a date alone', threadLine('x', { timestamp: '2026-05-12' }), 'timestamp must be an RFC 3339 time'],
    ['second 60', threadLine('x', { timestamp: '2026-06-30T23:59:60Z' }), 'timestamp must be an RFC 3339 time'],
    ['year 0', threadLine('x', { created_at: '0000-05-12T00:00:00Z' }), 'created_at must be an RFC 3339 time'],
    ['notes without manual', threadLine('x', { notes: 'secret' }), 'notes go only with source manual'],
    ['body with manual', threadLine('x', { source: 'manual', body: 'b' }), "body doesn't go with source manual"],
    [
      'from with manual',
      threadLine('x', { source: 'manual', from: { email: 'a' } }),
      "from doesn't go with source manual",
    ],
    ['an address without email', threadLine('x', { to: [{ name: 'Pat' }] }), 'to must be a list of {"name"?, "email"}'],
    [
      'a negative size',
      threadLine('x', { attachments: [{ filename: 'a', content_type: 'b', size_bytes: -1 }] }),
      'attachments must be a list',
    ],
    ['NUL', threadLine('x', { subject: 'a\0b' }), 'subject holds a NUL character'],
    ['NUL deep inside', threadLine('x', { provider: { recordings: [{ '\0': 1 }] } }), 'provider holds a NUL character'],
    [
      'half a surrogate pair',
      String.raw`{"type":"user","id":"${idOf('u')}","username":"a\ud800b"}`,
      'username holds half a surrogate pair',
    ],
    [
      'nesting without end',
      threadLine('x', { provider: { recordings: [JSON.parse('['.repeat(60) + ']'.repeat(60))] } }),
      'provider.recordings must not be nested deeper',
    ],
    [
      'a time zone that is none',
      { type: 'company', id: COMPANY, name: 'N', timezone: 'Mars/Olympus' },
      'timezone must be an IANA time zone',
    ],
    [
      'an offset for a zone',
      { type: 'company', id: COMPANY, name: 'N', timezone: '+02:00' },
      'timezone must be an IANA time zone',
    ],
    ['no E.164', lineOf('phone', 'p', { number: '0151 123' }), 'number must be an E.164 number'],
    [
      'an open action that was executed',
      lineOf('scheduled_action', 'a', {
        customer_id: idOf('acme'),
        action_type: 'call',
        status: 'scheduled',
        executed_at: '2026-05-12T00:00:00Z',
      }),
      'executed_at goes only with status completed',
    ],
    ['an empty name', lineOf('customer', 'c', { name: '' }), 'name must be a string that is not empty'],
    ['an id that no index holds', threadLine('x', { provider: { message_id: wideText(321) } }), 'provider must be'],
    [
      'a Message-ID that no index holds',
      threadLine('x', { provider: { awaits: [wideText(998)] } }),
      'provider must be',
    ],
  ];

  test.each(CASES)('%s is refused, with its line', async (_, line, reason) => {
    const before = await writers();
    const good = JSON.stringify(threadLine('good'));
    const faults = await world.faultsOf(`${good}\n\n${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
    expect(faults[0]).toContain(`3: ${reason}`);
    expect(await writers()).toEqual(before);
  });

  test('bytes that are no UTF-8', async () => {
    const text = Buffer.from(JSON.stringify(threadLine('x', { subject: 'Grüße' })), 'latin1');
    expect(await world.faultsOf(text)).toEqual(['1: is not valid UTF-8']);
  });

  test('a line over 32 MiB, and the lines after it', async () => {
    const long = JSON.stringify(threadLine('x', { subject: 'x'.repeat(33 << 20) }));
    expect(await world.faultsOf(`${long}\n{}\n`)).toEqual([
      '1: is longer than 32 MiB',
      expect.stringMatching(/^2: type must be one of/),
    ]);
  });

  test('the longest ids are fine, whatever their characters', async () => {
    const [grant_id, message_id, thread_id] = [wideText(320), wideText(320), wideText(320)];
    const own = { grant_id, message_id, thread_id, rfc_message_id: wideText(666), awaits: [wideText(666)] };
    const copies = [{ grant_id: wideText(320), message_id: wideText(320), thread_id: wideText(320) }];
    const provider = { ...own, copies, call_uuid: wideText(320), call_keys: [wideText(320)] };
    await world.import([threadLine('longest ids', { source: 'nylas', provider })]);
    expect(await world.export(COMPANY)).toContain(JSON.stringify(message_id));
  });

  test('a byte order mark, line ends of Windows, blank lines and a last line without end are fine', async () => {
    const text = `\uFEFF${JSON.stringify(threadLine('one'))}\r\n\r\n   \n${JSON.stringify(threadLine('two'))}`;
    const { counts } = await world.import(text);
    expect(counts.thread?.created).toBe(2);
  });

  test('an empty file is a file', async () => {
    expect(await world.import('')).toEqual({ dryRun: false, counts: {} });
  });

  test('a subject and body of any length, and long lists', async () => {
    const subject = 'INV-1001 '.repeat(30_000);
    const to = Array.from({ length: 500 }, (_, nth) => ({ name: `Person ${nth}`, email: `p${nth}@acme.example` }));
    await world.import([threadLine('long', { subject, body: 'word '.repeat(400_000), to })]);
    const { subject: stored, to: storedTo, body } = await detail('long');
    expect([stored === subject, storedTo.length, body.length]).toEqual([true, 500, 2_000_000]);
  });

  test('the first fifty faults are named, the others counted', async () => {
    const lines = Array.from({ length: 120 }, (_, nth) => threadLine(`x${nth}`, { direction: 'up' }));
    const refused = await world.import(lines).catch((error) => error);
    expect(refused.count).toBe(120);
    expect(refused.faults.map((fault: { line: number }) => fault.line)).toEqual(
      Array.from({ length: 50 }, (_, nth) => nth + 1),
    );
    const dangling = lines.map((line) => ({ ...line, direction: 'inbound', logged_by_id: idOf('nobody') }));
    expect((await world.import(dangling).catch((error) => error)).count).toBe(120);
  });
});

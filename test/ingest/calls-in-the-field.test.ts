import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createCustomer, createTenant } from '../support/factories.ts';
import { connectPhone, expectCountsToFit, getList, postVonage } from '../support/ingest.ts';

/**
 * Calls as the provider really reports them, and what a collector must see. Every story is told as written, backwards, and
 * with each event twice: the row is the same. To teach the rules another one, add a story.
 */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const AGENT = '13125559999';
const BOB = '13125559998';
const MARIA = '13125550101';
const JOE = '13125550102';
/** A switchboard that two customers share. */
const SHARED = '13125550120';

type Event = Record<string, unknown>;
/** An event of a leg: its name, the ends (`own` is the company's number), the status, the second. */
type LegEvent = [leg: string, from: string, to: string, status: string, at: number, more?: Event];
type Story = [what: string, events: (LegEvent | Event)[], rows: object[]];

const OWN = 'own';
const talk = (from: number, to: number): Event => ({
  start_time: at(from),
  end_time: at(to),
  duration: String(to - from),
});
const at = (second: number) => new Date(Date.UTC(2026, 0, 5, 12, 0, second)).toISOString();
const isMoved = (leg: string, from: string, to: string, second: number): Event => ({
  ...{ type: 'transfer', uuid: leg, conversation_uuid_from: from, conversation_uuid_to: to, timestamp: at(second) },
});
const withMaria = { customer_name: 'Alder Foods', contact_name: 'Maria' };
const fromMaria = { ...withMaria, direction: 'inbound' };
const toMaria = { ...withMaria, direction: 'outbound' };

const AGENT_LEG: LegEvent[] = [
  ['l1', OWN, AGENT, 'started', 0],
  ['l1', OWN, AGENT, 'answered', 5, { start_time: at(5) }],
  ['l1', OWN, AGENT, 'completed', 55, talk(5, 55)],
];
const OUTCOMES = ['unanswered', 'busy', 'rejected', 'failed', 'timeout', 'cancelled'];
const notReached = (status: string) => ({ ...toMaria, call: { status, to_number: `+${MARIA}`, duration_seconds: 0 } });

const STORIES: Record<string, Story[]> = {
  'The provider reports the end of a call that was never answered': [
    ...OUTCOMES.map(
      (status): Story => [
        `${status}, then completed`,
        [
          ['l1', OWN, MARIA, 'started', 0],
          ['l1', OWN, MARIA, 'ringing', 2],
          ['l1', OWN, MARIA, status, 30],
          ['l1', OWN, MARIA, 'completed', 31, { duration: '0', end_time: at(31) }],
        ],
        [notReached(status)],
      ],
    ),
    ...OUTCOMES.map(
      (status): Story => [
        `by click-to-call: ${status}, then completed`,
        [
          ...AGENT_LEG,
          ['l2', OWN, MARIA, 'ringing', 7],
          ['l2', OWN, MARIA, status, 40],
          ['l2', OWN, MARIA, 'completed', 41, { duration: '0', start_time: null, end_time: at(41) }],
        ],
        [notReached(status)],
      ],
    ),
    [
      'a voicemail answered: the call took place',
      [
        ['l1', OWN, MARIA, 'answered', 5],
        { call_uuid: 'l1', from: OWN, to: MARIA, status: 'machine', sub_state: 'beep_start', timestamp: at(8) },
        ['l1', OWN, MARIA, 'completed', 25, talk(5, 25)],
      ],
      [{ ...toMaria, call: { status: 'completed', duration_seconds: 20 } }],
    ],
  ],
  'A call of several legs': [
    [
      'a second attempt reaches the customer',
      [
        ['l1', OWN, MARIA, 'busy', 5],
        ['l1', OWN, MARIA, 'completed', 6, { duration: '0' }],
        ['l2', OWN, MARIA, 'answered', 20],
        ['l2', OWN, MARIA, 'completed', 50, talk(20, 50)],
      ],
      [{ ...toMaria, call: { status: 'completed', duration_seconds: 30 } }],
    ],
    [
      'a second attempt is going on',
      [
        ['l1', OWN, MARIA, 'busy', 5],
        ['l1', OWN, MARIA, 'completed', 6, { duration: '0' }],
        ['l2', OWN, MARIA, 'answered', 20],
      ],
      [{ ...toMaria, call: { status: 'answered' } }],
    ],
    [
      'the agent called from an application: the leg to the customer counts, not the agent’s',
      [
        { uuid: 'l1', from_user: 'jane', to: MARIA, direction: 'inbound', status: 'answered', timestamp: at(0) },
        ['l2', OWN, MARIA, 'answered', 10],
        ['l2', OWN, MARIA, 'completed', 50, talk(10, 50)],
        { uuid: 'l1', from_user: 'jane', to: MARIA, direction: 'inbound', status: 'completed', ...talk(0, 51) },
      ],
      [{ ...toMaria, call: { status: 'completed', duration_seconds: 40, from_number: '+own' } }],
    ],
    [
      'the agent’s leg has a name and no number',
      [
        { uuid: 'l1', from: OWN, to_user: 'jane', direction: 'outbound', status: 'answered', timestamp: at(0) },
        ['l2', OWN, MARIA, 'unanswered', 30],
        { uuid: 'l1', from: OWN, to_user: 'jane', direction: 'outbound', status: 'completed', ...talk(0, 40) },
      ],
      [{ ...toMaria, call: { status: 'unanswered', duration_seconds: null } }],
    ],
    [
      'the customer’s leg shows the agent’s own number',
      [...AGENT_LEG, ['l2', AGENT, MARIA, 'unanswered', 40]],
      [{ ...toMaria, call: { status: 'unanswered', to_number: `+${MARIA}`, duration_seconds: null } }],
    ],
    [
      'forwarded to an agent under the caller’s number',
      [
        ['l1', MARIA, OWN, 'answered', 1],
        ['l2', MARIA, AGENT, 'answered', 10],
        ['l2', MARIA, AGENT, 'completed', 60, talk(10, 60)],
        ['l1', MARIA, OWN, 'completed', 60, talk(1, 60)],
      ],
      [
        {
          ...fromMaria,
          call: { status: 'completed', from_number: `+${MARIA}`, to_number: '+own', duration_seconds: 59 },
        },
      ],
    ],
    [
      'the first agent doesn’t answer, the second does',
      [
        ['l1', MARIA, OWN, 'answered', 1],
        ['l2', OWN, AGENT, 'unanswered', 20],
        ['l3', OWN, BOB, 'answered', 25],
        ['l3', OWN, BOB, 'completed', 60, talk(25, 60)],
        ['l1', MARIA, OWN, 'completed', 60, talk(1, 60)],
      ],
      [{ ...fromMaria, call: { status: 'completed', duration_seconds: 59 } }],
    ],
    ...['anonymous', ''].map(
      (caller): Story => [
        `a caller without a number (${JSON.stringify(caller)}) is forwarded: the agent isn’t the caller`,
        [
          ['l2', OWN, AGENT, 'answered', 5],
          ['l1', caller, OWN, 'answered', 1],
          ['l2', OWN, AGENT, 'completed', 40, talk(5, 40)],
          ['l1', caller, OWN, 'completed', 50, talk(1, 50)],
        ],
        [
          {
            ...{ direction: 'inbound', customer_name: null },
            call: { status: 'completed', from_number: caller || null, to_number: '+own', duration_seconds: 49 },
          },
        ],
      ],
    ),
    [
      'people of two customers in one call: none rather than a guess',
      [
        ['l1', OWN, MARIA, 'answered', 1],
        ['l2', OWN, JOE, 'answered', 5],
        ['l2', OWN, JOE, 'completed', 40, talk(5, 40)],
        ['l1', OWN, MARIA, 'completed', 50, talk(1, 50)],
      ],
      [{ direction: 'outbound', customer_name: null, contact_name: null, call: { status: 'completed' } }],
    ],
    [
      'a customer called us, somebody of another one was asked to join',
      [
        ['l1', MARIA, OWN, 'answered', 1],
        ['l2', OWN, JOE, 'answered', 5],
        ['l2', OWN, JOE, 'completed', 40, talk(5, 40)],
        ['l1', MARIA, OWN, 'completed', 50, talk(1, 50)],
      ],
      [{ ...fromMaria, call: { duration_seconds: 49 } }],
    ],
    [
      'a number of several customers beside a contact of one of them',
      [
        ['l1', OWN, SHARED, 'answered', 1],
        ['l2', OWN, MARIA, 'answered', 5],
      ],
      [{ direction: 'outbound', customer_name: 'Alder Foods' }],
    ],
    [
      'a number of several customers',
      [['l1', SHARED, OWN, 'answered', 1]],
      [{ direction: 'inbound', customer_name: null }],
    ],
    [
      'a bot’s connection beside the caller',
      [
        ['l1', MARIA, OWN, 'answered', 1],
        ['l2', OWN, 'wss://bot.example/socket', 'answered', 2],
        ['l2', OWN, 'wss://bot.example/socket', 'disconnected', 40],
        ['l1', MARIA, OWN, 'completed', 41, talk(1, 41)],
        ['l2', OWN, 'wss://bot.example/socket', 'completed', 42, talk(2, 42)],
      ],
      [{ ...fromMaria, call: { status: 'completed', from_number: `+${MARIA}`, duration_seconds: 40 } }],
    ],
    [
      'a conference of two agents and a customer',
      [
        ...AGENT_LEG,
        ['l3', OWN, BOB, 'answered', 6],
        ['l2', OWN, MARIA, 'answered', 10],
        ['l2', OWN, MARIA, 'completed', 40, talk(10, 40)],
        ['l3', OWN, BOB, 'completed', 50, talk(6, 50)],
      ],
      [{ ...toMaria, call: { status: 'completed', to_number: `+${MARIA}`, duration_seconds: 30 } }],
    ],
  ],
  'A transfer': [
    ...[
      isMoved('l1', 'CON', 'CON2', 15),
      { ...isMoved('l1', 'CON', 'CON2', 15), type: undefined },
      { ...isMoved('l1', 'CON', 'CON2', 15), conversation_uuid_from: undefined },
      { ...isMoved('l1', 'CON', 'CON2', 15), uuid: undefined },
    ].map(
      (moved): Story => [
        `to an agent in another conversation: ${Object.keys(JSON.parse(JSON.stringify(moved))).join(', ')}`,
        [
          ['l1', MARIA, OWN, 'answered', 1],
          moved,
          ['l2', OWN, AGENT, 'answered', 20, { conversation_uuid: 'CON2' }],
          ['l2', OWN, AGENT, 'completed', 50, { conversation_uuid: 'CON2', ...talk(20, 50) }],
          ['l1', MARIA, OWN, 'completed', 51, { conversation_uuid: 'CON2', ...talk(1, 51) }],
        ],
        [{ ...fromMaria, message_count: 1, call: { status: 'completed', duration_seconds: 50 } }],
      ],
    ),
    [
      'through three conversations',
      [
        ['l1', MARIA, OWN, 'answered', 1],
        isMoved('l1', 'CON', 'CON2', 10),
        ['l2', OWN, AGENT, 'completed', 30, { conversation_uuid: 'CON2', ...talk(12, 30) }],
        isMoved('l1', 'CON2', 'CON3', 31),
        ['l3', OWN, BOB, 'completed', 50, { conversation_uuid: 'CON3', ...talk(33, 50) }],
        ['l1', MARIA, OWN, 'completed', 51, { conversation_uuid: 'CON3', ...talk(1, 51) }],
      ],
      [{ ...fromMaria, call: { status: 'completed', duration_seconds: 50 } }],
    ],
    [
      'of two callers, each to a conversation of their own',
      [
        ['l1', MARIA, OWN, 'answered', 1],
        ['l2', JOE, OWN, 'answered', 2, { conversation_uuid: 'CON5' }],
        isMoved('l1', 'CON', 'CON2', 10),
        isMoved('l2', 'CON5', 'CON6', 10),
      ],
      [fromMaria, { customer_name: 'Birch Motors', direction: 'inbound' }],
    ],
  ],
  'What else arrives': [
    [
      'digits, notifications, errors and recordings leave the status alone',
      [
        ['l1', MARIA, OWN, 'answered', 1],
        { uuid: 'l1', from: MARIA, to: OWN, dtmf: { digits: '1' }, timestamp: at(5) },
        { payload: { a: 1 }, timestamp: at(6) },
        { reason: 'Syntax error in NCCO.', timestamp: at(7) },
        { recording_uuid: 'rec', recording_url: 'https://api.nexmo.com/v1/files/x', size: 9, timestamp: at(8) },
      ],
      [{ ...fromMaria, call: { status: 'answered' } }],
    ],
    [
      'an outcome before the start, as reported in public',
      [
        ['l1', OWN, MARIA, 'busy', 5],
        ['l1', OWN, MARIA, 'started', 1],
        ['l1', OWN, MARIA, 'ringing', 1],
        ['l1', OWN, MARIA, 'completed', 6, { duration: '0' }],
      ],
      [{ ...toMaria, call: { status: 'busy' } }],
    ],
    [
      'times of 1970 instead of none',
      [
        [
          'l1',
          MARIA,
          OWN,
          'unanswered',
          5,
          { start_time: '1970-01-01T00:00:00.000Z', end_time: '1970-01-01T00:00:00.000Z' },
        ],
      ],
      [{ ...fromMaria, timestamp: at(5), call: { started_at: at(5), ended_at: null } }],
    ],
  ],
};

const ORDERS: [string, (events: Event[]) => Event[]][] = [
  ['as told', (events) => events],
  ['backwards', (events) => events.toReversed()],
  ['twice', (events) => events.flatMap((event) => [event, event])],
];

describe.each(Object.entries(STORIES))('%s', (_kind, stories) => {
  it.each(stories)('%s', async (_what, told, expected) => {
    for (const [how, order] of ORDERS) expect([how, await rowsOf(told, order)]).toMatchObject([how, expected]);
  });
});

let sequence = 0;

async function rowsOf(told: Story[1], order: (events: Event[]) => Event[]): Promise<Event[]> {
  const tenant = await createTenant(t.db);
  sequence += 1;
  const own = `1773555${String(sequence).padStart(4, '0')}`;
  await connectPhone(t.db, tenant.companyId, `+${own}`);
  await addContacts(tenant.companyId);
  for (const event of order(told.map((one) => toEvent(one, own, sequence))))
    expect((await postVonage(t, event)).status).toBe(200);
  await expectCountsToFit(t, tenant.companyId);
  const rows = (await getList(t, tenant, 'threads?view=message&ordering=timestamp')).data;
  return JSON.parse(JSON.stringify(rows).replaceAll(own, OWN));
}

async function addContacts(companyId: string): Promise<void> {
  const customers = [
    ['Alder Foods', { Maria: MARIA, 'Alder’s switchboard': SHARED }],
    ['Birch Motors', { Joe: JOE, 'Birch’s switchboard': SHARED }],
  ] as const;
  for (const [name, contacts] of customers) {
    const customerId = await createCustomer(t.db, companyId, name);
    for (const [contact, phone] of Object.entries(contacts))
      await t.db.query({
        text: 'INSERT INTO contacts (company_id, id, customer_id, name, phone) VALUES ($1, $2, $3, $4, $5)',
        values: [companyId, newId(), customerId, contact, `+${phone}`],
      });
  }
}

function toEvent(one: LegEvent | Event, own: string, nth: number): Event {
  const number = (end: unknown) => (end === OWN ? own : end);
  const event = Array.isArray(one) ? ofLeg(one) : { timestamp: at(90), ...one };
  const conversation = event.conversation_uuid_to ? {} : { conversation_uuid: 'CON' };
  const whole: Event = { ...conversation, ...event, from: number(event.from), to: number(event.to) };
  const ids = [
    'uuid',
    'call_uuid',
    'conversation_uuid',
    'conversation_uuid_from',
    'conversation_uuid_to',
    'recording_uuid',
  ];
  for (const key of ids) if (typeof whole[key] === 'string') whole[key] = `${whole[key]}-${nth}`;
  return whole;
}

function ofLeg([uuid, from, to, status, second, more]: LegEvent): Event {
  const direction = to === OWN ? 'inbound' : 'outbound';
  return { uuid, from, to, status, direction, timestamp: at(second), ...more };
}

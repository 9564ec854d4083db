import { expect, it } from 'vitest';
import { matchContact } from '../../src/ingest/call-contacts.ts';

/** The customer of a call by the numbers of its legs. To teach the rule another case, add it here. */

const contact = (id: string, customerId: string, phone: string) => ({
  ...{ id, name: id, customerId, customerName: customerId, email: null, addressKey: null },
  phone,
});
const MARIA = contact('maria', 'alder', '+1');
const MAX = contact('max', 'alder', '+2');
const JOE = contact('joe', 'birch', '+3');
const SWITCHBOARD = [contact('desk-cedar', 'cedar', '+9'), contact('desk-dogwood', 'dogwood', '+9')];
const SHARED_WITH_ALDER = [contact('desk-alder', 'alder', '+8'), contact('desk-birch', 'birch', '+8')];

type Row = [
  what: string,
  numbers: string[],
  callers: string[],
  contacts: ReturnType<typeof contact>[],
  callCustomer: string | null,
  contactId: string | undefined,
  isDisputed: boolean,
];
const ROWS: Row[] = [
  ['nobody’s number', ['+7'], [], [], null, undefined, false],
  ['a number of one contact', ['+1'], [], [MARIA], null, 'maria', false],
  ['an agent’s number before it', ['+7', '+1'], [], [MARIA], null, 'maria', false],
  ['a number of several customers', ['+9'], [], SWITCHBOARD, null, undefined, false],
  ['a number of several customers, the call is with one', ['+9'], [], SWITCHBOARD, 'dogwood', 'desk-dogwood', false],
  ['a number of several customers, the call is with another', ['+9'], [], SWITCHBOARD, 'elm', undefined, false],
  ['two people of one customer', ['+1', '+2'], [], [MARIA, MAX], null, 'maria', false],
  ['people of two customers', ['+1', '+3'], [], [MARIA, JOE], null, undefined, true],
  ['people of two customers, the call was with one', ['+1', '+3'], [], [MARIA, JOE], 'alder', undefined, true],
  ['people of two customers, one called us', ['+1', '+3'], ['+3'], [MARIA, JOE], null, 'joe', false],
  ['a stranger called us, a customer joined', ['+7', '+1'], ['+7'], [MARIA], null, 'maria', false],
  [
    'a shared number beside a contact’s own',
    ['+8', '+1'],
    [],
    [...SHARED_WITH_ALDER, MARIA],
    null,
    'desk-alder',
    false,
  ],
];

it.each(ROWS)('%s', (_what, numbers, callers, contacts, callCustomer, contactId, isDisputed) => {
  const found = matchContact(numbers, callers, contacts, callCustomer);
  expect([found.contact?.id, found.isDisputed]).toEqual([contactId, isDisputed]);
});

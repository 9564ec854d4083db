import { describe, expect, it } from 'vitest';
import { type Customer, candidatesIn, chooseCounterpart, type KnownContact } from '../../src/ingest/counterparts.ts';
import { addressKey } from '../../src/mail/address.ts';

/** Whose mail is it? Cedar and Dogwood share a service centre; Elm has an address of its own there. */

const CEDAR = { id: 'cedar', name: 'Cedar' };
const DOGWOOD = { id: 'dogwood', name: 'Dogwood' };
const ELM = { id: 'elm', name: 'Elm' };
const contact = (id: string, customer: Customer, email: string): KnownContact & { phone: string } => ({
  id,
  name: id,
  customerId: customer.id,
  customerName: customer.name,
  email,
  addressKey: addressKey(email),
  phone: '+13125550101',
});
const CONTACTS = [
  contact('k1', CEDAR, 'ap@shared.example'),
  contact('k2', DOGWOOD, 'ap@shared.example'),
  contact('k3', ELM, 'ap+elm@shared.example'),
  contact('k4', ELM, 'elmar@elm.example'),
  contact('k5', CEDAR, 'ce.dar@gmail.com'),
  contact('k6', DOGWOOD, 'dog.wood@gmail.com'),
  contact('k7', ELM, 'dogwood@googlemail.com'),
];

type Row = [
  why: string,
  circles: string[][],
  conversation: Customer[],
  named: Customer[],
  customer?: string,
  contact?: string,
];

const ROWS: Row[] = [
  ['an address of one customer', [['elmar@elm.example']], [], [], 'elm', 'k4'],
  ['in another conversation', [['elmar@elm.example']], [CEDAR], [], 'elm', 'k4'],
  ['an address of two, nothing else', [['ap@shared.example']], [], []],
  ['an address of two, the conversation’s customer', [['ap@shared.example']], [DOGWOOD], [CEDAR], 'dogwood', 'k2'],
  ['an address of two, the invoice’s customer', [['ap@shared.example']], [], [CEDAR], 'cedar', 'k1'],
  ['an address of two, invoices of both', [['ap@shared.example']], [], [CEDAR, DOGWOOD]],
  ['an address of two, a conversation of both', [['ap@shared.example']], [CEDAR, DOGWOOD], []],
  [
    'an address of two, a conversation of both, an invoice',
    [['ap@shared.example']],
    [CEDAR, DOGWOOD],
    [DOGWOOD],
    'dogwood',
    'k2',
  ],
  ['an address of two, another’s conversation', [['ap@shared.example']], [ELM], []],
  ['the plus address itself', [['AP+elm@shared.example']], [], [], 'elm', 'k3'],
  ['a plus address that is no contact’s own', [['elmar+x@elm.example']], [], [], 'elm', 'k4'],
  ['the sender before the recipients', [['elmar@elm.example'], ['ap@shared.example']], [], [], 'elm', 'k4'],
  ['an unknown sender, a known recipient', [['x@y.example'], ['elmar@elm.example']], [], [], 'elm', 'k4'],
  ['nobody known, a conversation of one', [['x@y.example']], [CEDAR], [], 'cedar'],
  ['nobody known, a conversation of two', [['x@y.example']], [CEDAR, ELM], []],
  ['nobody known, a conversation of two, an invoice', [['x@y.example']], [CEDAR, ELM], [ELM], 'elm'],
  ['recipients of two customers', [['elmar@elm.example', 'ap@shared.example']], [], []],
  [
    'recipients of two customers, one’s conversation',
    [['elmar@elm.example', 'ap@shared.example']],
    [ELM],
    [],
    'elm',
    'k4',
  ],
  ['nobody', [[]], [], []],
  ['a Gmail address without its dots', [['cedar@gmail.com']], [], [], 'cedar', 'k5'],
  ['a Gmail address at its other domain', [['C.edar+x@googlemail.com']], [], [], 'cedar', 'k5'],
  ['a Gmail address as it is', [['dogwood@googlemail.com']], [], [], 'elm', 'k7'],
  ['a Gmail address with a tag before one without dots', [['dog.wood+x@gmail.com']], [], [], 'dogwood', 'k6'],
  ['a Gmail address with dots of neither', [['d.ogwood@gmail.com']], [], []],
  ['dots at another provider', [['el.mar@elm.example']], [], []],
];

describe('chooseCounterpart', () => {
  it.each(ROWS)('%s', (_why, circles, conversation, invoices, customer, contactId) => {
    const named = (possible: readonly Customer[]) => possible.filter(({ id }) => invoices.some((one) => one.id === id));
    const found = chooseCounterpart(candidatesIn(circles, CONTACTS), { conversation, named });
    expect([found.customer?.id, found.contact?.id]).toEqual([customer, contactId]);
  });
});

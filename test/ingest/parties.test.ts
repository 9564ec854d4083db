import { describe, expect, it } from 'vitest';
import { OwnAddresses, partiesOf, type WrittenMail } from '../../src/ingest/parties.ts';

/** Who speaks, seen from the company. The mailboxes are of northwind.example, and one of a public mail domain. */

const own = new OwnAddresses(
  ['ar@northwind.example', 'northwind.ar@gmail.com'],
  ['pat@northwind.example', 'ann@acme.example'],
);
const at = (email: string, name = '') => ({ name, email });
const ANN = at('ann@acme.example', 'Ann');
const MAIL: WrittenMail = {
  from: ANN,
  replyTo: [],
  to: [at('ar@northwind.example')],
  cc: [],
  bcc: [],
  folders: [],
  headers: [],
};
const TO_ANN = { to: [ANN] };
const header = (name: string, value: string) => ({ headers: [{ name, value }] });

type Row = [why: string, mail: Partial<WrittenMail>, direction: string, author: string | undefined];

const ROWS: Row[] = [
  ['a customer', {}, 'inbound', 'ann@acme.example'],
  ['our mailbox', { ...TO_ANN, from: at('ar@northwind.example') }, 'outbound', 'ar@northwind.example'],
  [
    'its plus address',
    { ...TO_ANN, from: at('AR+dunning@Northwind.example') },
    'outbound',
    'AR+dunning@Northwind.example',
  ],
  [
    'a colleague without a mailbox',
    { ...TO_ANN, from: at('sam@northwind.example') },
    'outbound',
    'sam@northwind.example',
  ],
  [
    'a colleague at a domain below ours',
    { ...TO_ANN, from: at('sam@eu.northwind.example') },
    'outbound',
    'sam@eu.northwind.example',
  ],
  ['a domain that only ends like ours', { from: at('x@notnorthwind.example') }, 'inbound', 'x@notnorthwind.example'],
  ['somebody at our public mail domain', { from: at('stranger@gmail.com') }, 'inbound', 'stranger@gmail.com'],
  [
    'our mailbox at a public mail domain',
    { ...TO_ANN, from: at('northwind.ar+x@gmail.com') },
    'outbound',
    'northwind.ar+x@gmail.com',
  ],
  ['a customer’s contact at our own domain', { from: at('pat@northwind.example') }, 'inbound', 'pat@northwind.example'],
  [
    'another address out of the folder of sent mail',
    { ...TO_ANN, from: at('ar@old.example'), folders: ['SENT'] },
    'outbound',
    'ar@old.example',
  ],
  ['no sender', { from: null }, 'inbound', undefined],
  ['no sender, sent', { from: null, folders: ['SENT'] }, 'outbound', undefined],
  [
    'a group address in From',
    { from: at('ar@northwind.example', "'Ann' via AR"), replyTo: [ANN] },
    'inbound',
    'ann@acme.example',
  ],
  [
    'a group address, with a copy to an outsider',
    { from: at('ar@northwind.example', "'Ann' via AR"), replyTo: [ANN], cc: [at('bo@acme.example')] },
    'inbound',
    'ann@acme.example',
  ],
  [
    'the writer in a header',
    { from: at('ar@northwind.example'), ...header('X-Original-From', 'Ann <ann@acme.example>') },
    'inbound',
    'ann@acme.example',
  ],
  [
    'the writer in another header',
    { from: at('ar@northwind.example'), ...header('X-Original-Sender', 'ann@acme.example') },
    'inbound',
    'ann@acme.example',
  ],
  [
    'another company’s group that rewrote From',
    {
      from: at('finance@holding.example', "'Ann' via Finance"),
      ...header('X-Original-From', 'Ann <ann@acme.example>'),
    },
    'inbound',
    'ann@acme.example',
  ],
  [
    'Italian certified mail',
    { from: at('posta-certificata@pec.example', 'Per conto di: ann@acme.example'), replyTo: [ANN] },
    'inbound',
    'ann@acme.example',
  ],
  [
    'a person’s name that says so',
    { from: at('x@y.example', 'Per conto di: ann@acme.example') },
    'inbound',
    'x@y.example',
  ],
  [
    'a header of a person’s own',
    { from: at('x@y.example', 'Ann'), ...header('X-Original-From', 'ann@acme.example') },
    'inbound',
    'x@y.example',
  ],
  [
    'a colleague through a group address',
    { from: at('ar@northwind.example'), ...header('X-Original-From', 'sam@northwind.example') },
    'outbound',
    'ar@northwind.example',
  ],
  [
    'our website’s form',
    { from: at('website@northwind.example'), replyTo: [at('new@buyer.example')] },
    'inbound',
    'new@buyer.example',
  ],
  [
    'our website’s form through a sent mailbox',
    { from: at('ar@northwind.example'), replyTo: [ANN], folders: ['SENT', 'INBOX'] },
    'inbound',
    'ann@acme.example',
  ],
  [
    'answers go to an agency',
    { ...TO_ANN, from: at('ar@northwind.example'), replyTo: [at('desk@agency.example')], folders: ['SENT'] },
    'outbound',
    'ar@northwind.example',
  ],
  [
    'answers go to our other address',
    { ...TO_ANN, from: at('ar@northwind.example'), replyTo: [at('sam@northwind.example')] },
    'outbound',
    'ar@northwind.example',
  ],
];

describe('partiesOf', () => {
  it.each(ROWS)('%s', (_why, mail, direction, author) => {
    const parties = partiesOf({ ...MAIL, ...mail }, own);
    expect([parties.direction, parties.author?.email]).toEqual([direction, author]);
  });

  it('takes the report of a mail server at our own domain for inbound', () => {
    const mail = { ...MAIL, from: at('MicrosoftExchange329e71ec88ae@northwind.example') };
    expect(partiesOf(mail, own, true).direction).toBe('inbound');
  });

  it('knows whether a mail leaves the company', () => {
    const reaches = (mail: Partial<WrittenMail>) => partiesOf({ ...MAIL, ...mail }, own).reachesOutside;
    expect(reaches({})).toBe(false);
    expect(reaches({ to: [at('boss@northwind.example')] })).toBe(false);
    expect(reaches({ bcc: [ANN] })).toBe(true);
    expect(reaches({ cc: [at('x@gmail.com')] })).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { directionOfCall, isDraft } from '../../src/ingest/direction.ts';
import {
  haveSameIdentity,
  type IdentifiableMail,
  mailIdentity,
  messageIdOf,
  referencesOf,
} from '../../src/mail/identity.ts';

const mail: IdentifiableMail = {
  subject: 'Invoice INV-1001',
  from: { email: 'Ann@acme.example' },
  to: [{ email: 'ar@northwind.example' }, { email: 'cfo@northwind.example' }],
  cc: [],
  date: new Date('2026-01-05T12:00:00Z'),
  headers: [{ name: 'Message-Id', value: ' <B1@acme.example> ' }],
};
const withoutHeaders = { ...mail, headers: [] };

describe('mailIdentity', () => {
  it('is the same for the copies of one mail in two mailboxes', () => {
    const other = {
      ...withoutHeaders,
      from: { email: 'ann@ACME.example' },
      to: mail.to.toReversed(),
      subject: ' Invoice  INV-1001 ',
      date: new Date('2026-01-05T12:00:00.900Z'),
    };
    expect(mailIdentity(mail).messageId).toBe('B1@acme.example');
    expect(haveSameIdentity(mailIdentity(mail), mailIdentity(other))).toBe(true);
  });

  it('tells mails apart by Message-ID where both have one, else by sender, time, subject and recipients', () => {
    const same = (other: Partial<IdentifiableMail>) =>
      haveSameIdentity(mailIdentity(withoutHeaders), mailIdentity({ ...mail, ...other }));
    expect(same({})).toBe(true);
    expect(same({ subject: 'Invoice INV-1002' })).toBe(false);
    expect(same({ from: { email: 'ann+x@acme.example' } })).toBe(false);
    expect(same({ date: new Date('2026-01-05T12:00:01Z') })).toBe(false);
    expect(same({ to: mail.to.slice(1) })).toBe(false);
    const twin = mailIdentity({ ...mail, headers: [{ name: 'message-id', value: '<b2@acme.example>' }] });
    expect(haveSameIdentity(mailIdentity(mail), twin)).toBe(false);
  });

  it('never takes mails of unknown sender or time for the same', () => {
    for (const unknown of [{ from: null }, { date: null }, { from: { email: 'nobody' } }]) {
      const identity = mailIdentity({ ...withoutHeaders, ...unknown });
      expect(identity).toEqual({ messageId: null, digest: null });
      expect(haveSameIdentity(identity, identity)).toBe(false);
    }
  });
});

describe('referencesOf', () => {
  it('lists the ancestors, the parent last', () => {
    const headers = [
      { name: 'message-id', value: '<c@x>' },
      { name: 'IN-REPLY-TO', value: 'Your message of Monday <b@x>' },
      { name: 'References', value: '<a@x>\r\n\t<b@x> <z@\r\n x> <c@x>' },
    ];
    expect(referencesOf(headers)).toEqual(['a@x', 'z@x', 'b@x']);
    expect(referencesOf([{ name: 'References', value: 'a@x b@x' }])).toEqual(['a@x', 'b@x']);
    expect(referencesOf([])).toEqual([]);
    expect(messageIdOf([{ name: 'Message-ID', value: '' }])).toBeNull();
  });

  it('is bounded', () => {
    const value = Array.from({ length: 5_000 }, (_, at) => `<${at}@x>`).join(' ');
    const references = referencesOf([{ name: 'References', value }]);
    expect(references).toHaveLength(100);
    expect(references[0]).toBe('0@x');
    expect(references.at(-1)).toBe('4999@x');
  });
});

describe('the folders', () => {
  it('knows drafts', () => {
    expect(isDraft(['DRAFT'])).toBe(true);
    expect(isDraft(['[Gmail]/Drafts'])).toBe(true);
    expect(isDraft(['INBOX'])).toBe(false);
    expect(isDraft(['SENT', 'DRAFT'])).toBe(false);
  });
});

describe('directionOfCall', () => {
  it('goes by our numbers, then by what the provider says', () => {
    const own = ['+442079460000'];
    const call = { from: '+442079460000', to: '+447700900000', direction: 'inbound' as const };
    expect(directionOfCall(call, own)).toBe('outbound');
    expect(directionOfCall({ ...call, from: call.to, to: call.from }, own)).toBe('inbound');
    expect(directionOfCall(call, [])).toBe('inbound');
    expect(directionOfCall({ ...call, direction: null }, [])).toBe('outbound');
  });
});

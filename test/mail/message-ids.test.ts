import { describe, expect, it } from 'vitest';
import { directionOfCall, isDraft } from '../../src/ingest/direction.ts';
import { messageIdOf, referencesOf } from '../../src/mail/message-ids.ts';

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

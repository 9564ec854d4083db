import { describe, expect, it } from 'vitest';
import { addressKey, displayAddress, exactAddressKey } from '../../src/mail/address.ts';

describe('addressKey', () => {
  it.each([
    ['ann@acme.example', 'ann@acme.example'],
    ['  Ann@ACME.Example ', 'ann@acme.example'],
    ['ann+invoices@acme.example', 'ann@acme.example'],
    ['Ann Reed <ann@acme.example>', 'ann@acme.example'],
    ['<ann@acme.example>', 'ann@acme.example'],
    ['mailto:ann@acme.example', 'ann@acme.example'],
    ['ann@acme.example.', 'ann@acme.example'],
    ['+ann@acme.example', '+ann@acme.example'],
    ['eva@müller.example', 'eva@xn--mller-kva.example'],
    ['EVA@MÜLLER.example', 'eva@xn--mller-kva.example'],
    ['eva@xn--mller-kva.example', 'eva@xn--mller-kva.example'],
    ['用户@例子.example', '用户@xn--fsqu00a.example'],
    ['"odd name"@acme.example', '"odd name"@acme.example'],
    ['ann.reed@gmail.com', 'annreed@gmail.com'],
    ['A.nn.Reed+tag@googlemail.com', 'annreed@gmail.com'],
    ['ann.reed@acme.example', 'ann.reed@acme.example'],
    ['ann.reed@mail.gmail.com.example', 'ann.reed@mail.gmail.com.example'],
    ['a@b@acme.example', 'a@b@acme.example'],
    ['ann@[192.0.2.1]', 'ann@[192.0.2.1]'],
  ])('%s → %s', (raw, key) => {
    expect(addressKey(raw)).toBe(key);
  });

  it.each([
    '',
    '   ',
    'ann',
    '@acme.example',
    'ann@',
    'undisclosed-recipients:;',
    '/O=EXCHANGE/CN=ANN',
    'a b@acme.example',
    'ann@acme example',
  ])('finds no address in %j', (raw) => {
    expect(addressKey(raw)).toBeNull();
  });

  it('has a form that keeps the plus-tag, and one for people', () => {
    expect(exactAddressKey('Ann+Tag@Acme.example')).toBe('ann+tag@acme.example');
    expect(displayAddress(' Ann <Ann+Tag@Acme.example> ')).toBe('Ann+Tag@Acme.example');
    expect(displayAddress('no address')).toBe('no address');
  });

  it.each([
    ['SRS0=HHH=TT=alder.example=maria@forward.example', 'maria@alder.example'],
    ['SRS0+a1b2=X9=alder.example=maria+ap@forward.example', 'maria+ap@alder.example'],
    ['srs1=HHH=forward.example==HHH=TT=alder.example=maria@second.example', 'maria@alder.example'],
    ['prvs=1234567890=maria@alder.example', 'maria@alder.example'],
    ['prvs=maria@alder.example', 'prvs=maria@alder.example'],
    ['srs0@alder.example', 'srs0@alder.example'],
    ['maria=alder.example@forward.example', 'maria=alder.example@forward.example'],
  ])('is read out of what a mail server wrapped around it: %s', (raw, address) => {
    expect(displayAddress(raw)).toBe(address);
  });

  it('is read in a moment, however the address is written', () => {
    const started = performance.now();
    for (const raw of ['SRS0=', 'SRS1=', 'prvs=']) displayAddress(`${raw}${'='.repeat(990)}@x.example`);
    expect(performance.now() - started).toBeLessThan(50);
  });
});

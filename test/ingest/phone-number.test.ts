import { describe, expect, it } from 'vitest';
import { readCallNumber } from '../../src/ingest/vonage/phone-number.ts';

describe('readCallNumber', () => {
  it.each([
    ['447700900000', '+447700900000'],
    ['+447700900000', '+447700900000'],
    ['00447700900000', '+447700900000'],
    [' 14155550100 ', '+14155550100'],
    ['+1 (415) 555-0100', '+14155550100'],
    ['sip:+442079460000@sip.example', '+442079460000'],
    ['sip:442079460000@sip.example;user=phone', '+442079460000'],
    ['<sips:+442079460000@sip.example:5061>', '+442079460000'],
    ['tel:+44-20-7946-0000;ext=12', '+442079460000'],
    ['sip:%2B442079460000@host', '+442079460000'],
    ['442079460000;ext=5', '+442079460000'],
    ['+1 (312) 555-0101 ext. 5', '+13125550101'],
    ['+1 312 555 0101 x5', '+13125550101'],
    ['13125550101@10.1.1.1', '+13125550101'],
    ['"Maria" <sip:13125550101@10.0.0.1>', '+13125550101'],
    ['Maria Alder <tel:+1-312-555-0101>', '+13125550101'],
    ['"Maria, ext. 5" <sip:+13125550101;ext=5@10.0.0.1:5060;transport=udp>', '+13125550101'],
    ['tel:5550101;phone-context=+1312', '+13125550101'],
  ])('%s → %s', (given, e164) => {
    expect(readCallNumber(given)?.e164).toBe(e164);
  });

  it.each([
    ['anonymous', 'anonymous'],
    ['Unknown', 'Unknown'],
    ['266696687', '266696687'],
    ['12345', '12345'],
    ['sip:alice@sip.example', 'sip:alice@sip.example'],
    ['sip:1234@pbx.example', '1234'],
    ['alice', 'alice'],
    ['000000000', '000000000'],
    ['9999999999999999999999', '9999999999999999999999'],
  ])('%s has no E.164 form and is kept as %s', (given, raw) => {
    expect(readCallNumber(given)).toEqual({ e164: null, raw });
  });

  it.each(['', '  ', null, undefined])('%j is nothing', (given) => {
    expect(readCallNumber(given)).toBeNull();
  });
});

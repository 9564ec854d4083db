import { expect, it } from 'vitest';
import { readCallNumber } from '../../src/ingest/vonage/phone-number.ts';

/** Caller ids as telephone systems write them: SIP, tel, extensions, pauses, names. To teach the rules another one, add it here. */

const CALLER_IDS: [string, string | null][] = [
  ['sip:13125550101@10.0.0.1:5060;transport=udp', '+13125550101'],
  ['<sip:+13125550101@host;user=phone>;tag=abc', '+13125550101'],
  ['"Alder, Maria" <sip:+13125550101@host>', '+13125550101'],
  ['Maria Alder <tel:+1-312-555-0101>', '+13125550101'],
  ['Maria Alder <+13125550101>', '+13125550101'],
  ['tel:+1-312-555-0101;ext=22', '+13125550101'],
  ['tel:+1(312)555-0101', '+13125550101'],
  ['tel:5550101;phone-context=+1312', '+13125550101'],
  ['tel:%2B13125550101', '+13125550101'],
  ['%2B1%20312%20555%200101', '+13125550101'],
  ['+1 312 555 0101 ext. 5', '+13125550101'],
  ['+13125550101,5', '+13125550101'],
  ['+13125550101,,5#', '+13125550101'],
  ['+13125550101;5', '+13125550101'],
  ['+13125550101p5', '+13125550101'],
  ['+13125550101w5', '+13125550101'],
  ['1-312-555-0101 x22', '+13125550101'],
  ['+1.312.555.0101', '+13125550101'],
  ['+1 (312) 555‑0101', '+13125550101'],
  ['0013125550101', '+13125550101'],
  ['＋１３１２５５５０１０１', '+13125550101'],
  ['+44 (0)20 7946 0101', '+442079460101'],
  ['+44(0)2079460101', '+442079460101'],
  ['sips:%2B442079460101@pbx.example;user=phone', '+442079460101'],
  ['sip:442079460101;npdi@pbx', '+442079460101'],
  ['sip:+442079460101;rn=+442079460000;npdi@pbx', '+442079460101'],
  ['sip:+442079460101:secret@pbx', '+442079460101'],
  ['sip:maria@pbx.example', null],
  ['anonymous', null],
  ['Anonymous <sip:anonymous@anonymous.invalid>', null],
  ['sip:Restricted@x', null],
  ['+266696687', null],
  ['sip:+266696687@x', null],
  ['MARIA ALDER 13125550101', '+13125550101'],
  ['"13125550101" <sip:13125550101@x>', '+13125550101'],
  ['13125550101 (Maria Alder)', '+13125550101'],
  ['Maria Alder (13125550101)', '+13125550101'],
  ['sip:13125550101%40pbx.example@gw', '+13125550101'],
  ['sip:user=13125550101@x', null],
  ['callto://+13125550101', '+13125550101'],
  ['tel://+13125550101', '+13125550101'],
  ['whatsapp:+13125550101', '+13125550101'],
  ['1001', null],
  ['Room 12 <sip:alice@pbx.example>', null],
  ['sip:agent1234567@pbx.example', null],
  ['agent-1234567', null],
  ['Suite 1001, Alder Foods', null],
];

it.each(CALLER_IDS)('%s is %s', (given, e164) => {
  expect(readCallNumber(given)?.e164 ?? null).toBe(e164);
});

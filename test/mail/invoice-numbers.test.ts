import { describe, expect, it } from 'vitest';
import { findInvoiceNumbers, invoiceNumberKey } from '../../src/mail/invoice-numbers.ts';
import { processorMilliseconds } from '../support/processor-time.ts';

const KNOWN = ['INV-1001', 'INV-10012', '4711', '12', '2024', 'INV-2024-001', 'A1', 'RE2024/08', 'ÄB-77', '000123'];

describe('findInvoiceNumbers', () => {
  it.each([
    ['Invoice INV-1001 please', ['INV-1001']],
    ['inv 1001', ['INV-1001']],
    ['INV1001', ['INV-1001']],
    ['inv_1001_signed.pdf', ['INV-1001']],
    ['Inv. no. INV-1001.', ['INV-1001']],
    ['INV–1001 (with an en dash)', ['INV-1001']],
    ['ＩＮＶ－１００１', ['INV-1001']],
    ['INV-\n1001', ['INV-1001']],
    ['https://pay.example/INV-1001?x=1', ['INV-1001']],
    ['INV-1001, INV-10012 and 4711', ['INV-1001', 'INV-10012', '4711']],
    ['INV-10012', ['INV-10012']],
    ['INV-2024/001', ['INV-2024-001']],
    ['RE2024/08', ['RE2024/08']],
    ['äb 77', ['ÄB-77']],
    ['Rechnung ÄB-７７ zu 1 %', ['ÄB-77']],
    ['order 4711.', ['4711']],
    ['#4711', ['4711']],
    ['Rechnung Nr. 12', ['12']],
    ['invoices 12, 2024 and 4711', ['4711', '12', '2024']],
    ['Factura n.º 12', ['12']],
    ['invoice a1', ['A1']],
    ['invoice 000123', ['000123']],
  ])('%j names %j', (text, numbers) => {
    expect(new Set(findInvoiceNumbers(text, KNOWN))).toEqual(new Set(numbers));
  });

  it.each([
    ['INV-100', 'a part'],
    ['INV-1001-2', 'a longer number'],
    ['XINV-1001', 'other letters'],
    ['PO-4711', "another party's number"],
    ['INV-1001INV-10012', 'no boundary'],
    ['12 apples, a1 quality', 'short, no invoice word'],
    ['Re: 12 things', 'a reply prefix is no invoice word'],
    ['the invoice was sent 12 days ago', 'the invoice word is too far off'],
    ['in 2024', 'a year'],
    ['€ 4711', 'an amount'],
    ['4711 EUR', 'an amount'],
    ['4711.00', 'an amount'],
    ['1,4711', 'an amount'],
    ['+4711', 'a telephone number'],
    ['invoice 123', 'leading zeros count'],
    ['', 'nothing'],
  ])('%j names none: %s', (text) => {
    expect(findInvoiceNumbers(text, KNOWN)).toEqual([]);
  });

  it('gives the numbers as they are known, in their order, once', () => {
    expect(findInvoiceNumbers('inv-2, INV 1000, inv-1000', ['INV-1000', 'inv 1000', 'INV-1000', 'INV-2'])).toEqual([
      'INV-1000',
      'inv 1000',
      'INV-2',
    ]);
  });

  it('ignores known numbers without digits', () => {
    expect(invoiceNumberKey('Invoice')).toBe('');
    expect(findInvoiceNumbers('Invoice', ['Invoice', '', '---'])).toEqual([]);
  });

  it('is quick for 10,000 numbers and for hostile text', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `INV-${100_000 + at}`);
    findInvoiceNumbers('INV-100005', many);
    const took = processorMilliseconds(() => {
      expect(findInvoiceNumbers('Payment of INV-100005 and INV-109999', many)).toEqual(['INV-100005', 'INV-109999']);
      for (const piece of ['1-', 'a1', '1 ', 'invoice 1 ', 'e\u0301', '-'])
        findInvoiceNumbers(piece.repeat(1_000_000), many);
    });
    expect(took).toBeLessThan(2_000);
  });

  it('hardly looks at a long mail that names none', () => {
    const mails = Array.from({ length: 200 }, (_, nth) => 'We will pay the balance on Friday. '.repeat(600) + nth);
    const took = processorMilliseconds(() => {
      for (const mail of mails) expect(findInvoiceNumbers(mail, KNOWN)).toEqual([]);
    });
    expect(took).toBeLessThan(200);
  });
});

import type { Conversation } from '../script.ts';

/** St. Alban Medical Supply: correct people with a three-way match and a tax department. */
export const stalbanStories: readonly Conversation[] = [
  {
    key: 'stalban-tax',
    customer: 'stalban',
    with: 'patrice',
    subject: 'INV-10389: sales tax charged in error',
    invoices: [10389],
    resolved: true,
    mail: [
      [
        '05-12 10:08',
        'patrice',
        `Good morning,

        INV-10389 includes $903.90 Missouri sales tax. We resell the pouches and have a resale certificate on file with you since 2022. Please issue a corrected invoice for $11,170.00.`,
      ],
      [
        '05-12 11:20',
        'priya',
        `Hi Patrice,

        I looked: the certificate on file expired on April 30, one day before the invoice, and the system is merciless about one day. If you send me the renewed one, effective before May 1, I can reverse the tax.`,
        { tags: ['dispute', 'tax'] },
      ],
      [
        '05-14 15:41',
        'stalbanTax',
        `Ms. Raman,

        Missouri resale certificates don't expire unless the information changes. Your system's date isn't a legal requirement. I attach the original.`,
        { files: ['MO_Form149_2022.pdf'], cc: ['patrice'] },
      ],
      [
        '05-15 09:33',
        'priya',
        `Ms. Teague,

        You know this better than I do, so I asked our tax adviser. She agrees on the law, and adds that we have to be able to show a form updated within the last few years in an audit. Could you sign a fresh Form 149? I'd date
        it from January, and the tax is off the same day.`,
        {
          cc: ['patrice'],
          notes: [
            [
              'priya',
              '05-15 09:40',
              'Adviser: certificate good until revoked, but refresh is our policy. Ask Ellen whether the hard expiry in the ERP should go.',
            ],
          ],
        },
      ],
      [
        '05-28 14:12',
        'priya',
        `Hello both, do you know when the new form can be signed? I've kept the invoice out of reminders until then.`,
        { to: ['stalbanTax'], cc: ['patrice'] },
      ],
      [
        '05-28 14:13',
        'stalbanTax',
        `I'm on leave through June 12. Matters of tax compliance will be answered after my return.`,
        { auto: true, ar: null },
      ],
      [
        '06-16 10:55',
        'stalbanTax',
        `Signed Form 149 attached. For the record, I maintain that it wasn't needed.`,
        { files: ['MO_Form149_2026_signed.pdf'], cc: ['patrice'] },
      ],
      [
        '06-16 13:10',
        'priya',
        `On the record, and thank you! The tax of $903.90 is credited with CM-2179. INV-10389 stands at $11,170.00.`,
        { cc: ['patrice'], files: ['CM-2179.pdf'], tags: ['credit_memo'] },
      ],
      [
        '07-08 09:26',
        'patrice',
        `$11,170.00 went out with today's ACH file. Thanks for staying patient with all of us.`,
        { files: ['ACH_remit_07082026.pdf'] },
      ],
    ],
  },
  {
    key: 'stalban-po',
    customer: 'stalban',
    with: 'patrice',
    subject: 'INV-10414 on hold: no PO reference',
    mailbox: 'marcus',
    invoices: [10414],
    resolved: true,
    mail: [
      [
        '08-06 09:30',
        'patrice',
        `Good morning,

        Invoice INV-10414 ({10414}) can't be matched: the PO field shows "per Neil". Please provide a valid purchase order number.`,
      ],
      [
        '08-06 10:02',
        'marcus',
        `Patrice,

        "Per Neil" is exactly what the order form says, and I'm not proud of it. Neil, did this ever become a PO? It's the gusseted sterile pouches, delivered July 29.`,
        { cc: ['neil'] },
      ],
      [
        '08-10 16:44',
        'neil',
        `It was an emergency buy during the recall. I'd have to raise a PO after the fact and the CFO hates those. Give me a couple of days.`,
        { cc: ['patrice'] },
      ],
      [
        '08-20 09:15',
        'marcus',
        `Neil, ten days later: is there a number yet? The invoice is due on Sunday.`,
        { cc: ['patrice'], tags: ['reminder'] },
      ],
      ['08-21 08:20', 'neil', `Sent up for approval yesterday.`],
      [
        '09-02 11:37',
        'marcus',
        `Neil, Patrice,

        Ten days past due, and no PO. I know that nobody doubts the invoice. Could Patrice park it for the 9/18 run so that it goes out as soon as the number exists?`,
        { cc: ['patrice'], tags: ['past_due'] },
      ],
      ['09-09 13:05', 'neil', `PO 77-40931. I had to write an essay.`, { cc: ['patrice'] }],
      [
        '09-18 15:00',
        'patrice',
        `Matched and paid today. We now have a blanket PO for emergency buys (77-41000), please put it on file.`,
        { notes: [['marcus', '09-18 15:30', 'Blanket PO 77-41000 noted in the customer master.']] },
      ],
    ],
  },
  {
    key: 'stalban-remit',
    customer: 'stalban',
    with: 'patrice',
    subject: 'ACH remittance advice 11/12/2026',
    invoices: [10437],
    resolved: true,
    mail: [
      [
        '11-12 14:30',
        'patrice',
        `Attached please find the remittance detail for today's ACH, {10437}, one invoice.`,
        { files: ['ACH_remit_11122026.xlsx'] },
      ],
      ['11-13 09:18', 'tomas', `Applied, thank you Patrice. No open differences.`],
    ],
  },
  {
    key: 'stalban-lot',
    customer: 'stalban',
    with: 'neil',
    subject: 'Certificates of conformance missing, INV-10445',
    mailbox: 'marcus',
    invoices: [10445],
    mail: [
      [
        '11-16 11:04',
        'neil',
        `Marcus,

        the last pouches came without lot certificates. QA has them in quarantine and won't let Patrice release payment. Can you get the CoCs for lots K2291 and K2292?`,
        { cc: ['patrice'] },
      ],
      [
        '11-16 13:45',
        'marcus',
        `On it. Our quality people have K2291, it's attached. K2292 is with the mill, I expect it by Thursday.`,
        { files: ['CoC_K2291.pdf'], cc: ['patrice'] },
      ],
      [
        '11-20 08:41',
        'neil',
        `Thursday was yesterday. Where is K2292? QA is asking me twice a day.`,
        { cc: ['patrice'], needsReply: true },
      ],
    ],
  },
];

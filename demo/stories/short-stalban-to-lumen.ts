import type { Conversation } from '../script.ts';

/** The small change of a receivables desk, one question and one answer: St. Alban, Harbor & Vine, Oakridge and Lumen. */
export const shortExchangesStalbanToLumen: readonly Conversation[] = [
  {
    key: 'stalban-10377',
    customer: 'stalban',
    with: 'patrice',
    subject: 'ACH 04/30',
    invoices: [10377],
    resolved: true,
    source: 'import',
    mail: [['04-30 14:28', 'patrice', `Remittance for {10377} attached.`, { files: ['ACH_remit_04302026.xlsx'] }]],
  },
  {
    key: 'stalban-contactlist',
    customer: 'stalban',
    with: 'patrice',
    subject: 'Supplier contact update',
    resolved: true,
    ar: false,
    mail: [
      [
        '06-03 09:09',
        'patrice',
        `Good morning, we're refreshing our supplier file. Who are your contacts for orders, quality and remittances?`,
      ],
      [
        '06-03 10:46',
        'priya',
        `Good morning Patrice! Orders: orders@, quality: Ingrid Sato, remittances: this address, which Tomas reads before his coffee.`,
      ],
    ],
  },
  {
    key: 'stalban-10426',
    customer: 'stalban',
    with: 'patrice',
    subject: 'INV-10426 quantity',
    invoices: [10426],
    resolved: true,
    mail: [
      [
        '09-21 13:33',
        'patrice',
        `Good afternoon, INV-10426 bills 25 cases and our receiver keyed 24. Could you check before I raise anything?`,
      ],
      [
        '09-21 14:52',
        'tomas',
        `The delivery receipt says 25 and is signed by "L. Gage". Photo of the stack attached, one case stands behind the pillar.`,
        { files: ['DR_10426.pdf', 'dock_photo.jpg'] },
      ],
      ['09-22 08:19', 'patrice', `Found behind the pillar. Thank you, and sorry!`],
    ],
  },
  {
    key: 'harbor-10384',
    customer: 'harbor',
    with: 'colette',
    subject: 'Payment 10384',
    invoices: [10384],
    resolved: true,
    mail: [
      [
        '05-15 10:30',
        'colette',
        `Hi all, {10384} went out this morning for INV-10384.`,
        { files: ['remittance_20260515.pdf'] },
      ],
    ],
  },
  {
    key: 'harbor-terms',
    customer: 'harbor',
    with: 'colette',
    subject: 'Longer terms in Q4?',
    resolved: true,
    mailbox: 'marcus',
    mail: [
      [
        '09-10 11:11',
        'colette',
        `Marcus, October to December is when all our money sits in barrels. Would you go to net 45 for the quarter?`,
      ],
      [
        '09-11 15:34',
        'marcus',
        `Colette, with your record that was a short meeting: net 45 on orders above $5,000.00 from October 1 to December 31, on request. Tell me before the order and I'll set it.`,
        { notes: [['dana', '09-11 15:40', 'OK. Limit stays at 25,000.']] },
      ],
      ['09-11 15:58', 'colette', `Cheers to that.`],
    ],
  },
  {
    key: 'harbor-10442',
    customer: 'harbor',
    with: 'colette',
    subject: 'Which invoice is this credit for?',
    invoices: [10442],
    mail: [
      [
        '11-19 16:42',
        'colette',
        `Hi Tomas, our statement shows an unapplied credit of $120.00 from November 9 next to INV-10442. Is it ours? Pallet deposits, maybe?`,
        { needsReply: true },
      ],
    ],
  },
  {
    key: 'harbor-dock',
    customer: 'harbor',
    with: 'ben',
    subject: '',
    resolved: true,
    ar: false,
    mail: [
      [
        '06-24 06:59',
        'ben',
        `truck here at 7 but appointment says 9. letting him in anyway, tell him he owes me a donut`,
      ],
      ['06-24 08:30', 'priya', `Told him. Glazed or filled?`],
    ],
  },
  {
    key: 'oakridge-10379',
    customer: 'oakridge',
    with: 'denise',
    subject: 'Warrant 117902',
    invoices: [10379],
    resolved: true,
    mail: [
      ['05-21 13:27', 'denise', `Warrant 117902 for INV-10379 ({10379}) is in today's mail. Happy almost-summer!`],
    ],
  },
  {
    key: 'oakridge-10391',
    customer: 'oakridge',
    with: 'denise',
    subject: 'Fiscal year end cut-off',
    invoices: [10391],
    resolved: true,
    mail: [
      [
        '06-09 08:33',
        'denise',
        `Reminder to all vendors: invoices for this fiscal year have to be in our hands by June 15, or they wait for new POs in the fall.`,
      ],
      [
        '06-09 09:57',
        'marcus',
        `Thanks Denise. We have only INV-10391 ({10391}) with you, received on May 12. Is it safe?`,
      ],
      ['06-10 08:22', 'denise', `Safe! On the June 25 list.`],
    ],
  },
  {
    key: 'oakridge-auto',
    customer: 'oakridge',
    with: 'denise',
    subject: 'Statement, Oakridge USD, July',
    invoices: [10408],
    resolved: true,
    mail: [
      [
        '07-14 09:00',
        'tomas',
        `Hello Denise, the July statement is attached; nothing is due before August 21.`,
        { files: ['Statement_Oakridge_2026-07.pdf'] },
      ],
      [
        '07-14 09:01',
        'denise',
        `Summer hours! The District Office is closed Fridays in July. I check mail Monday to Thursday, 7 to 3.`,
        { auto: true, ar: null },
      ],
    ],
  },
  {
    key: 'lumen-10385',
    customer: 'lumen',
    with: 'beth',
    subject: 'Remittance 4/24',
    invoices: [10385],
    resolved: true,
    source: 'import',
    mail: [['04-24 09:00', 'beth', `ACH today, INV-10385, less 2 %: $3,872.37.`, { files: ['Lumen_remit_0424.xlsx'] }]],
  },
  {
    key: 'lumen-10424',
    customer: 'lumen',
    with: 'beth',
    subject: 'Remittance 9/8',
    invoices: [10424],
    resolved: true,
    mail: [
      [
        '09-08 09:00',
        'beth',
        `INV-10424, {10424} less 2 % = $4,331.60, by ACH. The holiday isn't my fault, the ten days are kept either way.`,
        { files: ['Lumen_remit_0908.xlsx'] },
      ],
      ['09-09 10:10', 'tomas', `Kept from receipt, from invoice date and in spirit. Applied.`],
    ],
  },
  {
    key: 'lumen-10444',
    customer: 'lumen',
    with: 'beth',
    subject: 'Remittance 11/12',
    invoices: [10444],
    resolved: true,
    mail: [
      [
        '11-12 09:00',
        'beth',
        `INV-10444: {10444} less 2 % = $5,302.54. ACH today.`,
        { files: ['Lumen_remit_1112.xlsx'] },
      ],
    ],
  },
];

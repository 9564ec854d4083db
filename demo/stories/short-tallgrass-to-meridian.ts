import type { Conversation } from '../script.ts';

/** The small change of a receivables desk, one question and one answer: Tallgrass, Fenwick, Blue Heron, Pinnacle and Meridian. */
export const shortExchangesTallgrassToMeridian: readonly Conversation[] = [
  {
    key: 'tallgrass-10388',
    customer: 'tallgrass',
    with: 'walt',
    subject: 'Check no. 20180',
    invoices: [10388],
    resolved: true,
    mail: [
      [
        '05-29 08:30',
        'walt',
        `Dear Sirs, check no. 20180 for {10388} goes by today's post in payment of INV-10388. Weather fair, so I expect no hail.`,
      ],
    ],
  },
  {
    key: 'tallgrass-10401',
    customer: 'tallgrass',
    with: 'walt',
    subject: 'INV-10401',
    invoices: [10401],
    resolved: true,
    mailbox: 'marcus',
    mail: [
      [
        '07-13 10:11',
        'marcus',
        `Walt, INV-10401 was due on Friday and your check came this morning. In our book that is on time.`,
      ],
      ['07-13 13:40', 'walt', `In mine it is three days late. But thank you.`],
    ],
  },
  {
    key: 'tallgrass-10418',
    customer: 'tallgrass',
    with: 'walt',
    subject: 'Your letter of September 8',
    invoices: [10418],
    resolved: true,
    mail: [
      [
        '09-10 08:50',
        'walt',
        `Dear Sirs, I received your reminder for INV-10418 and confess that I had filed the invoice under "S" for "Supplies". Check no. 20233 over {10418} is enclosed in tomorrow's envelope.`,
      ],
      ['09-14 11:18', 'tomas', `Received today, thank you. We have it under "P" for "paid".`],
    ],
  },
  {
    key: 'fenwick-10376',
    customer: 'fenwick',
    with: 'arthur',
    subject: 'A small remittance',
    invoices: [10376],
    resolved: true,
    source: 'import',
    mail: [
      [
        '05-04 18:22',
        'arthur',
        `Dear friends, {10376} is in the post for INV-10376, late because I was reading. The new kraft mailers are a pleasure to fold.`,
      ],
    ],
  },
  {
    key: 'fenwick-10393',
    customer: 'fenwick',
    with: 'arthur',
    subject: 'INV-10393',
    invoices: [10393],
    resolved: true,
    mail: [
      [
        '06-22 10:00',
        'priya',
        `Dear Mr. Fenwick, INV-10393 ({10393}) was due on June 12. Were you reading again?`,
        { tags: ['friendly_reminder'] },
      ],
      ['06-23 20:31', 'arthur', `"Middlemarch", for the fifth time. You shall have it within the week.`],
    ],
  },
  {
    key: 'blueheron-address',
    customer: 'blueheron',
    with: 'amara',
    subject: 'New billing address',
    resolved: true,
    mail: [
      [
        '06-09 10:55',
        'amara',
        `Hi Priya, we've moved the studio: 18 Foundry Lane, Suite 2, Asheville. Bank and everything else stay as they are. Feel free to call me to check, I hear that's the custom now.`,
      ],
      ['06-09 11:40', 'priya', `Checked by phone, changed, thank you!`],
    ],
  },
  {
    key: 'blueheron-jar',
    customer: 'blueheron',
    with: 'jess',
    subject: 'jar cartons reorder???',
    ar: false,
    resolved: true,
    mail: [
      ['08-10 23:44', 'jess', `can i get 2000 more of the frosted cartons by labor day pleaaase`],
      [
        '08-11 08:52',
        'priya',
        `Hi Jess! Sales will answer about the date. From my corner: with the plan running it needs prepayment, $1,460.00. Shall I send the link?`,
      ],
      ['08-11 09:15', 'jess', `ya send it`],
    ],
  },
  {
    key: 'pinnacle-w9',
    customer: 'pinnacle',
    with: 'todd',
    subject: 'W9 pls',
    resolved: true,
    source: 'import',
    mail: [
      [
        '04-21 16:59',
        'todd',
        `Hey team, new ERP wants a W9 from everybody before it will pay anybody. Can you shoot one over?`,
      ],
      [
        '04-22 08:12',
        'priya',
        `Good morning Todd, attached. Does that release INV-10371 too?`,
        { files: ['W-9_Northbrook_2026.pdf'] },
      ],
    ],
  },
  {
    key: 'pinnacle-10390',
    customer: 'pinnacle',
    with: 'marjorie',
    subject: 'INV-10390 settled',
    invoices: [10390],
    mailbox: 'marcus',
    resolved: true,
    mail: [
      [
        '10-15 08:03',
        'marjorie',
        `Mr. Oyelaran, INV-10390 has been paid outside the plan today, {10390}. It was simpler for my people to close whole invoices.`,
      ],
      ['10-15 15:20', 'marcus', `Received, Ms. Kline, with thanks. That leaves INV-10404 and INV-10417 in the plan.`],
    ],
  },
  {
    key: 'meridian-10374',
    customer: 'meridian',
    with: 'gloria',
    subject: 'Remittance advice, run 0518',
    invoices: [10374],
    resolved: true,
    mail: [
      [
        '05-18 14:20',
        'gloria',
        `Payment run 0518 has been released. {10374}, no deductions. Remittance attached.`,
        { files: ['Remit_0518_097714.xlsx'] },
      ],
    ],
  },
  {
    key: 'meridian-10405',
    customer: 'meridian',
    with: 'gloria',
    subject: 'Remittance advice, run 0827',
    invoices: [10405],
    resolved: true,
    mail: [
      [
        '08-27 14:19',
        'gloria',
        `Payment run 0827 has been released. {10405}, no deductions. Remittance attached.`,
        { files: ['Remit_0827_099920.xlsx'] },
      ],
      ['08-28 09:06', 'tomas', `A clean one! Applied.`],
    ],
  },
  {
    key: 'meridian-10421',
    customer: 'meridian',
    with: 'gloria',
    subject: 'Remittance advice, run 1020',
    invoices: [10421],
    resolved: true,
    mail: [
      [
        '10-20 14:18',
        'gloria',
        `Payment run 1020 has been released. {10421}, no deductions. Remittance attached.`,
        { files: ['Remit_1020_101102.xlsx'] },
      ],
    ],
  },
  {
    key: 'meridian-holiday',
    customer: 'meridian',
    with: 'meridianPortal',
    subject: 'Holiday payment calendar',
    resolved: true,
    ar: null,
    mail: [
      [
        '11-16 03:15',
        'meridianPortal',
        `Dear Supplier,

      Please note the changed payment runs: no run on November 26 and 27, December 24 and 25, and January 1. Items due on these days are paid on the next business day.`,
        { auto: true },
      ],
    ],
  },
  {
    key: 'meridian-claims-digest',
    customer: 'meridian',
    with: 'meridianClaims',
    subject: 'Dispute case MHG-88214: status changed',
    resolved: true,
    invoices: [10412],
    mail: [
      [
        '10-12 09:30',
        'meridianClaims',
        `Case MHG-88214. Old status: OPEN. New status: PARTIALLY REVERSED. This mailbox is not monitored.`,
        { auto: true },
      ],
    ],
  },
];

import type { Conversation } from '../script.ts';

/** Lumen Craft Lighting: a controller who pays early, takes every discount and finds every error. */
export const lumenStories: readonly Conversation[] = [
  {
    key: 'lumen-late-discount',
    customer: 'lumen',
    with: 'beth',
    subject: 'Discount on INV-10398',
    invoices: [10398],
    resolved: true,
    mail: [
      [
        '06-16 10:05',
        'tomas',
        `Dear Beth Anne,

        your check of June 15 over $4,189.50 has arrived, thank you. It takes 2 % off INV-10398, but the ten days ended on June 12. May I ask for the remaining $85.50?`,
        { tags: ['short_payment'] },
      ],
      [
        '06-16 11:12',
        'beth',
        `Tomas,

        The invoice is dated June 2 and was emailed to us on June 8; see the header attached. I count ten days from receipt, which is how your own terms sheet puts it (section 3, second sentence). June 18 was the last day. We paid on the 15th.`,
        { files: ['header_INV-10398.txt', 'Northbrook_terms_2025.pdf'] },
      ],
      [
        '06-17 09:30',
        'tomas',
        `You are right on both counts. The sentence is there, and the mail left us only on the 8th because of a printer change. Discount granted, and I have asked that our terms sheet and our system agree with each other.`,
        {
          notes: [
            [
              'tomas',
              '06-17 09:36',
              'Wrote off 85.50 discount. ERP counts from invoice date, terms sheet from receipt. Ellen should know.',
            ],
            [
              'dana',
              '06-18 16:02',
              'Asked Ellen: legal will change the terms sheet for 2027. Until then the date of receipt counts.',
            ],
          ],
        },
      ],
      ['06-17 09:58', 'beth', `I appreciate an answer that starts with "you are right". Have a good week.`],
    ],
  },
  {
    key: 'lumen-duplicate',
    customer: 'lumen',
    with: 'beth',
    subject: 'INV-10410 paid twice',
    invoices: [10410],
    resolved: true,
    mail: [
      [
        '07-30 13:25',
        'tomas',
        `Dear Beth Anne,

        something pleasant for once: we hold two payments for INV-10410, an ACH of July 22 over $4,935.52 (with discount) and a check of July 28 over the full {10410}. Would you like the check back, a refund, or a credit?`,
        { tags: ['overpayment'] },
      ],
      [
        '07-30 14:03',
        'beth',
        `How embarrassing. My new clerk didn't know we had moved you to ACH. If the check isn't deposited, please shred it and tell me that you have. If it is, a refund by ACH, please.`,
      ],
      [
        '07-30 14:40',
        'tomas',
        `The lockbox deposited it yesterday, so it has to be a refund. For that I need the bank details confirmed by phone, since a month like this one makes us careful. May I call you on the number ending in 0197 at three?`,
      ],
      ['07-30 14:44', 'beth', `At three. I approve of the procedure.`],
      [
        '08-03 10:31',
        'tomas',
        `Refund of {10410} released today, confirmed with you on Thursday by phone. It should reach you on Wednesday.`,
        {
          files: ['Refund_confirmation_RF-0118.pdf'],
          notes: [['tomas', '08-03 10:35', 'Details verified by callback 7/30, second signature Dana.']],
        },
      ],
      ['08-05 08:50', 'beth', `Received. The clerk has been told, the clerk has cried, and we had cake. Case closed.`],
    ],
  },
  {
    key: 'lumen-remit-oct',
    customer: 'lumen',
    with: 'beth',
    subject: 'Remittance 10/09',
    invoices: [10434],
    resolved: true,
    mail: [
      [
        '10-09 09:00',
        'beth',
        `ACH today for INV-10434, {10434} less 2 % = $6,064.73. Day eight of ten, counted from your email.`,
        { files: ['Lumen_remit_1009.xlsx'] },
      ],
      ['10-09 11:21', 'tomas', `Matched to the cent.`],
    ],
  },
  {
    key: 'lumen-confirm',
    customer: 'lumen',
    with: 'beth',
    subject: 'Year-end: your price list and our accrual',
    ar: null,
    mail: [
      [
        '11-18 15:15',
        'beth',
        `Tomas, for the year-end accrual I'd like to know whether the foam inserts go up on January 1 and by how much. I've heard 4 % from your driver, who is a fine man but not my source of record.`,
      ],
      [
        '11-19 09:10',
        'tomas',
        `I have passed it to sales, they decide on the list next week. Drivers know everything first, though.`,
      ],
    ],
  },
];

import type { Conversation } from '../script.ts';

/** Tallgrass, Cascade Ridge and Fenwick: smaller accounts with longer letters. */
export const smallAccountStories: readonly Conversation[] = [
  {
    key: 'tallgrass-lost-check',
    customer: 'tallgrass',
    with: 'walt',
    subject: 'INV-10373',
    mailbox: 'marcus',
    invoices: [10373],
    resolved: true,
    mail: [
      [
        '04-30 10:15',
        'marcus',
        `Good morning Walt,

        INV-10373 ({10373}) of March 6 is still open on our side. Did your check get lost between Lawrence and Chicago?`,
        { tags: ['friendly_reminder'] },
      ],
      [
        '05-01 08:40',
        'walt',
        `Dear Mr. Oyelaran,

        Check no. 20144 was written on April 9 and I walked it to the post office myself, because I remember the hail. It hasn't cleared our bank. I suppose it is gone.

        I don't like to stop a check (the bank charges $34) before we are sure. Might we give it one more week?`,
      ],
      ['05-01 09:22', 'marcus', `One more week for the hail check, gladly.`],
      [
        '05-12 08:31',
        'walt',
        `It hasn't come, has it. I have stopped it and will write another on Friday when Joanna is back to co-sign.`,
      ],
      [
        '05-26 10:05',
        'marcus',
        `Walt, is the new one on its way? I've been looking out for your green envelopes.`,
        { tags: ['follow_up'] },
      ],
      ['05-27 08:15', 'walt', `Mailed on the 22nd, no. 20171. I put two stamps on it.`],
      [
        '05-29 11:40',
        'marcus',
        `Two stamps did it: no. 20171 came today, {10373}. And, you won't believe it, no. 20144 as well, with a footprint on it. I've marked it void and put it in the mail to you for the scrapbook.`,
        {
          notes: [
            ['marcus', '05-29 11:50', 'Old check voided, photo in the file. Suggested ACH to Joanna, Walt will never.'],
          ],
        },
      ],
      ['06-01 08:20', 'walt', `I am obliged to you. An honest firm.`],
    ],
  },
  {
    key: 'tallgrass-ach',
    customer: 'tallgrass',
    with: 'joanna',
    subject: 'Paying electronically?',
    mailbox: 'marcus',
    resolved: true,
    mail: [
      [
        '08-18 15:06',
        'joanna',
        `Hi Marcus, between us: how painful would it be to go from checks to ACH? Walt retires at Christmas and I'd rather not learn the check printer.`,
      ],
      [
        '08-18 15:50',
        'marcus',
        `Painless on our side. The details are on the back of every invoice, please verify them with a call to me before the first one. And give Walt our best, I shall miss the green envelopes.`,
      ],
      [
        '08-19 09:12',
        'joanna',
        `Perfect. January then. Don't tell Walt that I asked, he thinks I love the printer.`,
        {
          notes: [
            ['marcus', '08-19 09:30', 'ACH from January 2027. Confidential until Walt has announced his retirement!'],
          ],
        },
      ],
    ],
  },
  {
    key: 'tallgrass-10435',
    customer: 'tallgrass',
    with: 'walt',
    subject: 'INV-10435, question of the deposit',
    invoices: [10435],
    mail: [
      [
        '11-10 09:50',
        'priya',
        `Dear Walt,

        INV-10435 ({10435}) was due on November 4. Is it in the next batch of checks?`,
        { tags: ['friendly_reminder'], touchpoint: 'tallgrass-reminder' },
      ],
      [
        '11-12 08:33',
        'walt',
        `Dear Miss Raman,

        It would be, had I understood it. We returned 18 pallets with your driver on October 1, at $12 deposit each by my reckoning, and I find no credit of $216.00. I'm not a man to deduct on my own authority. Would you kindly look?`,
        { needsReply: true },
      ],
    ],
  },
  {
    key: 'cascade-po',
    customer: 'cascade',
    with: 'renee',
    subject: 'INV-10403 – no PO on it!',
    invoices: [10403],
    resolved: true,
    mail: [
      [
        '07-20 12:30',
        'renee',
        `Hi team!! Owen has decided we're a grown-up company now, so as of July every invoice needs a PO number or he won't sign. INV-10403 doesn't have one. Help?`,
      ],
      [
        '07-20 13:41',
        'priya',
        `Hi Renee! Congratulations on growing up. Ours is from June 17, before the new rule. Could Owen make an exception, or shall I re-send it with a PO if you tell me a number?`,
      ],
      [
        '07-21 11:18',
        'renee',
        `He says rules are rules (he says it while holding a flat white). PO is CR-0001. Yes, the very first one!!!`,
      ],
      [
        '07-21 14:02',
        'priya',
        `An honor. INV-10403 with PO CR-0001 attached, date and amount unchanged ({10403}).`,
        { files: ['INV-10403_rev.pdf'] },
      ],
      [
        '08-05 10:44',
        'priya',
        `Hi Renee, CR-0001 has been with you for two weeks, and the due date was July 17. Will Owen sign this week?`,
        { tags: ['reminder'] },
      ],
      ['08-05 18:09', 'owen', `signed. my bad, was in colombia`],
      [
        '08-07 09:37',
        'renee',
        `Paid this morning!! Also we've named a blend "Net Thirty" in your honor. It's a slow starter but it finishes well.`,
        { files: ['payment-receipt-0807.pdf'] },
      ],
      [
        '08-07 10:15',
        'priya',
        `Best thing that has ever happened to a payment term. Thank you both!`,
        { tags: ['thank_you'] },
      ],
    ],
  },
  {
    key: 'cascade-10439',
    customer: 'cascade',
    with: 'renee',
    subject: 'INV-10439 was due on Sunday',
    invoices: [10439],
    mail: [
      [
        '11-17 10:50',
        'priya',
        `Hi Renee,

        INV-10439 ({10439}, PO CR-0014) was due on Sunday. All good with the order?`,
        { tags: ['friendly_reminder'] },
      ],
      [
        '11-18 13:27',
        'renee',
        `Hi Priya! Order's great. Owen wants to know first: if we prepay the whole holiday volume (about $20k) do you do a discount? He'd pay INV-10439 with the same wire, this Friday if the answer's yes. Can you ask?`,
        {
          needsReply: true,
          notes: [
            [
              'dana',
              '11-18 15:10',
              'Priya: 1.5 % for prepayment is fine, but the overdue one goes first and without discount.',
            ],
          ],
        },
      ],
    ],
  },
  {
    key: 'fenwick-closing',
    customer: 'fenwick',
    with: 'arthur',
    subject: 'A letter about our account',
    invoices: [10413, 10427],
    mail: [
      [
        '08-31 15:20',
        'priya',
        `Dear Mr. Fenwick,

        INV-10413 ({10413}) fell due on August 20. You have been early for as long as I've known the account, so I wanted to ask before I remind. Is everything all right?`,
        { tags: ['friendly_reminder'] },
      ],
      [
        '09-02 19:10',
        'arthur',
        `Dear Miss Raman,

        You ask the question so kindly that it deserves the truth. The landlord has sold the building, and the shop will close on the last day of December. Sixty-five years is a good run for paper.

        I intend that nobody to whom I owe money shall lose it. The mailers for the autumn catalog I still need, and shall sell my own first editions if I must. May I pay as the stock sells?`,
      ],
      [
        '09-03 10:08',
        'priya',
        `Dear Mr. Fenwick,

        I had to read your letter twice, the second time to my colleagues. We're sorry. Of course you may. Shall we say INV-10413 by the end of October and the autumn order within the year? If I can spare you one worry, let it be us.`,
        {
          tags: ['payment_plan'],
          notes: [
            [
              'dana',
              '09-03 10:30',
              'Approved, no late fees. The autumn order ships as planned. That is some 2,000 which we may never see, and I can live with it.',
            ],
          ],
        },
      ],
      ['09-03 20:02', 'arthur', `You have. I shall not forget it.`],
      [
        '10-30 16:45',
        'arthur',
        `Dear Miss Raman, the Yeats has gone to a gentleman in Milwaukee, and so {10413} goes to you. The check is in the mail with a bookmark for everybody in your office.`,
      ],
      ['11-04 09:25', 'priya', `Both arrived. Mine is in use already. Thank you, Mr. Fenwick.`],
      [
        '11-12 14:50',
        'fenwickAttorney',
        `Ms. Raman,

        I assist Mr. Fenwick in the orderly winding up of Fenwick Books & Paper. Please send me a statement of all amounts claimed as of November 30. He has instructed me that your firm is to be paid in full and, in his words, first.`,
        { cc: ['arthur'] },
      ],
      [
        '11-13 10:02',
        'priya',
        `Ms. Aasgaard,

        Attached: one invoice, INV-10427, {10427}, due on October 8, no interest or fees. There is no hurry from our side before December 31.`,
        { cc: ['arthur'], files: ['Statement_Fenwick_2026-11-13.pdf'] },
      ],
    ],
  },
];

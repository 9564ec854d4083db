import type { Conversation } from '../script.ts';

/** Oakridge Unified: public money, which is certain and slow. */
export const oakridgeStories: readonly Conversation[] = [
  {
    key: 'oakridge-board',
    customer: 'oakridge',
    with: 'denise',
    subject: 'INV-10408 and INV-10419: payment status',
    mailbox: 'marcus',
    invoices: [10408, 10419],
    resolved: true,
    mail: [
      [
        '08-25 09:20',
        'marcus',
        `Good morning Denise,

        I hope the first week of school is kind to you. INV-10408 ({10408}, compostable trays) was due on August 21. Is it on the next warrant list?`,
        { files: ['INV-10408.pdf'], tags: ['friendly_reminder'] },
      ],
      [
        '08-25 09:21',
        'denise',
        `Thank you for contacting Business Services. Our office is closed for staff development until Monday, August 31. Invoices must be sent to the accounts payable inbox. Go Otters!`,
        { auto: true, ar: null },
      ],
      [
        '09-01 11:35',
        'denise',
        `Hi Marcus,

        It's a little tangled. The trays were ordered against PO 26-0417, which belonged to the last fiscal year and was closed on June 30. The delivery came in July, so the money is gone from there. I need a new PO, and anything over $15,000 has to go before the Board.`,
        { cc: ['frank'] },
      ],
      [
        '09-01 13:50',
        'marcus',
        `Thanks for explaining, Denise. When does the Board meet, and is there anything that you need from me for the packet? INV-10419 ({10419}) would be the same case, due on September 26.`,
        { cc: ['frank'] },
      ],
      [
        '09-02 10:12',
        'frank',
        `Marcus, Frank here from Nutrition. That was my order and my timing, not Denise's. Could you send me both delivery receipts and the quote with the sustainability sheet? I'll put both invoices on one agenda item for September 22.`,
        { cc: ['denise'] },
      ],
      [
        '09-02 15:28',
        'marcus',
        `All in one file for the packet. Thanks for taking it on, Frank.`,
        { to: ['frank'], cc: ['denise'], files: ['Oakridge_board_packet_10408_10419.pdf'] },
      ],
      [
        '09-23 09:40',
        'frank',
        `Bad news: the meeting ran until eleven over the stadium lights and our item was tabled to October 13. The kids are eating off your trays, at least.`,
      ],
      [
        '09-23 10:55',
        'marcus',
        `Stadium lights, of course. Denise, $37,224.00 is a large sum for us to carry to mid October. If I can tell my controller that the item is on the consent agenda this time, nobody here will get nervous. Is it?`,
        {
          to: ['denise'],
          cc: ['frank'],
          tags: ['follow_up'],
          notes: [
            [
              'marcus',
              '09-23 11:00',
              'Public entity, no credit risk. Do not escalate, it would only annoy them. Ask Ellen to leave it out of the reserve.',
            ],
          ],
        },
      ],
      ['09-25 14:06', 'denise', `Yes! Consent agenda, item 7.4. Those are voted in one go.`],
      ['10-14 08:58', 'denise', `APPROVED 7-0. New PO 27-0152. Warrants print on Friday, one for each invoice.`],
      [
        '10-16 15:12',
        'denise',
        `Both warrants in the mail today: 118840 and 118841. Thank you for not yelling, some vendors do.`,
        { cc: ['frank'] },
      ],
      [
        '10-19 09:05',
        'marcus',
        `I never yell at people who fight for my invoice. Thank you both, and good luck with the lights.`,
        { cc: ['frank'], tags: ['thank_you'] },
      ],
    ],
  },
  {
    key: 'oakridge-w9',
    customer: 'oakridge',
    with: 'denise',
    subject: 'Vendor file update: W-9 needed',
    source: 'import',
    resolved: true,
    mail: [
      [
        '04-24 13:44',
        'denise',
        `Hello! Auditors want a current W-9 for every vendor over $600. Yours is from 2021. Could you send a new one before May 15?`,
      ],
      [
        '04-24 14:20',
        'priya',
        `Hi Denise, here it is, signed this month. I've added our remit-to address on page two because somebody always asks next.`,
        { files: ['W-9_Northbrook_2026.pdf'] },
      ],
      ['04-27 08:10', 'denise', `You've read my mind. All set!`],
    ],
  },
  {
    key: 'oakridge-10436',
    customer: 'oakridge',
    with: 'denise',
    subject: 'Re-addressed invoice for 10436',
    invoices: [10436],
    mail: [
      [
        '11-17 10:26',
        'denise',
        `Hi! INV-10436 is made out to "Oak Ridge School Dist." and the county won't print a warrant to a name that doesn't exist. Could we get it as Oakridge Unified School District, same number? Due date is Saturday so I'd like to be quick.`,
        { needsReply: true },
      ],
    ],
  },
];

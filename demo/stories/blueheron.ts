import type { Conversation } from '../script.ts';

/** Blue Heron Skincare: a founder with good intentions and a bookkeeper on two days a week. */
export const blueheronStories: readonly Conversation[] = [
  {
    key: 'blueheron-10372',
    customer: 'blueheron',
    with: 'jess',
    subject: 'Invoice INV-10372',
    invoices: [10372],
    resolved: true,
    mail: [
      [
        '04-21 10:40',
        'priya',
        `Hi Jess,

        Quick one: INV-10372 for the frosted jar cartons ({10372}) was due on April 4. Is everything all right with the order? If it only slipped through,
        the pay link on the invoice still works.`,
        { files: ['INV-10372.pdf'], tags: ['friendly_reminder'] },
      ],
      ['04-21 22:58', 'jess', `omg so sorry!! totally on me. cartons are GORGEOUS btw. paying this weekend`],
      [
        '04-29 09:15',
        'priya',
        `Glad you love them! The weekend payment hasn't reached us yet. Did it bounce back, or did the weekend win?`,
        { tags: ['promise_to_pay'] },
      ],
      [
        '04-30 23:31',
        'jess',
        `the weekend won lol. we have a wholesale check coming monday, you're first in line, promise`,
      ],
      [
        '05-07 11:02',
        'priya',
        `Hi Jess, Monday is behind us, and INV-10383 comes due on Sunday. I'm rooting for you, but I need a date that I can write down. Which one is it?`,
        { tags: ['broken_promise'] },
      ],
      [
        '05-13 00:12',
        'jess',
        `ok real talk the wholesale account is stiffing us. can amara email you? she does the books tue/thu`,
      ],
      [
        '05-14 09:48',
        'amara',
        `Hello Priya,

        Jess asked me to step in. I took over the books two weeks ago and found your two invoices in a drawer (literally). I'm sorry. Could you send me a statement? I
        want to give you one honest date instead of four hopeful ones.`,
        { cc: ['jess'] },
      ],
      [
        '05-14 10:20',
        'priya',
        `Hi Amara, welcome, and thank you. Statement attached: INV-10372 {10372}, 40 days past due, and INV-10383 {10383}, 4 days past due.`,
        { files: ['Statement_BlueHeron_2026-05-14.pdf'] },
      ],
      [
        '05-19 14:06',
        'amara',
        `I've gone through the cash forecast. INV-10372 can be paid on June 23, when the spring tax refund lands. The second one I can't see before the autumn. I'd
        rather tell you now.`,
        {
          notes: [
            [
              'priya',
              '05-19 14:30',
              'First realistic date from this customer. PTP 6/23 for 3,264.50. 10383 needs a plan, talk to Dana.',
            ],
          ],
        },
      ],
      [
        '05-19 14:41',
        'priya',
        `That helps more than you think. June 23 is noted, and let's talk about a plan for the rest.`,
      ],
      ['06-23 16:18', 'amara', `Paid today by ACH, {10372}, reference BH-0623. As promised!`],
      [
        '06-24 09:05',
        'priya',
        `It's here, on the day. Thank you, Amara. I'm closing this thread with a smile.`,
        { tags: ['thank_you'] },
      ],
    ],
  },
  {
    key: 'blueheron-plan',
    customer: 'blueheron',
    with: 'amara',
    subject: 'Payment plan for the open balance',
    invoices: [10383, 10397, 10409],
    mail: [
      [
        '07-14 10:00',
        'priya',
        `Hi Amara,

        As we said on the phone, here is what I can offer. Open are INV-10383 {10383}, INV-10397 {10397} and from August INV-10409 {10409}, altogether $13,120.75.

        - $1,000.00 every second Thursday, starting July 23
        - no late fees as long as the plan holds
        - new orders prepaid

        It would run until early 2027. Would that work with your forecast?`,
        { cc: ['jess'], tags: ['payment_plan'], action: 'blueheron-plan-offer' },
      ],
      [
        '07-16 11:33',
        'amara',
        `I've been staring at the spreadsheet. $1,000 every two weeks breaks us in August, we have the holiday production run then. Would $650 do until September and
        $1,300 from October? It comes to nearly the same end date.`,
        { files: ['BH_cash_forecast_H2.xlsx'] },
      ],
      [
        '07-17 09:27',
        'dana',
        `Amara,

        Thank you for sharing the forecast, few people do. Agreed: $650.00 every second Thursday from July 23 through September, $1,300.00 from October 1. I'd ask for one thing: if a
        payment will be late, I hear it from you before the day and not from my bank after it.`,
        {
          cc: ['jess', 'priya'],
          notes: [
            [
              'dana',
              '07-17 09:35',
              'Approved within my limit. Plan sheet is in the customer folder; first payment 7/23.',
            ],
          ],
        },
      ],
      ['07-17 21:44', 'jess', `you guys are the best. sending samples of the new balm`],
      ['07-23 15:50', 'amara', `First $650 sent.`],
      ['08-06 15:12', 'amara', `Second $650 sent. I even set a standing order.`],
      [
        '09-17 08:40',
        'amara',
        `Priya, before the day as promised: today's payment will be on Monday and not today. A card processor is holding our deposits until they have reviewed a chargeback. Nothing worse.`,
      ],
      ['09-17 09:01', 'priya', `Thanks for telling me first. Monday is fine.`, { tags: ['promise_to_pay'] }],
      ['09-21 16:30', 'amara', `There it goes, $650. October's higher rate starts next time.`],
      [
        '11-13 10:11',
        'tomas',
        `Amara, for your records: with yesterday's $1,300.00 the plan stands at $8,300.00 received. INV-10383 was paid off in October, and $4,282.00 have gone to INV-10397. A schedule is attached.`,
        { files: ['Plan_BlueHeron_2026-11-13.pdf'] },
      ],
      [
        '11-19 13:26',
        'amara',
        `Thank you, Tomas. I think the $4,282.00 can't be right: by my list we have paid $8,450.00 (5 x 650, 4 x 1,300), and {10383} of it went to INV-10383, which leaves $4,432.00. Could you check?
        It's $150, but I'd like my books to agree with yours.`,
        {
          needsReply: true,
          notes: [
            ['tomas', '11-19 15:00', 'She is right, one 650 was keyed as 500. Will correct and answer on Friday.'],
          ],
        },
      ],
    ],
  },
  {
    key: 'blueheron-card',
    customer: 'blueheron',
    with: 'jess',
    subject: 'pay by card?',
    invoices: [10429],
    resolved: true,
    mail: [
      ['10-05 23:05', 'jess', `hey can we do 10429 on the amex? getting points for a trade show flight haha`],
      [
        '10-06 08:37',
        'priya',
        `Hi Jess! We can: there's a 2.9 % fee on cards, so {10429} becomes $3,025.26. The link is on the invoice. ACH stays free, just saying.`,
      ],
      ['10-06 12:20', 'jess', `done!! worth it for the points`],
    ],
  },
];

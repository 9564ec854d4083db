import type { Conversation } from '../script.ts';

/** Pinnacle Freight & Fulfillment: promises from accounts payable, arithmetic from the CFO, little money from either. */
export const pinnacleStories: readonly Conversation[] = [
  {
    key: 'pinnacle-dunning',
    customer: 'pinnacle',
    with: 'todd',
    subject: 'Past due: INV-10371 and INV-10378',
    mailbox: 'marcus',
    invoices: [10371, 10378, 10390],
    resolved: true,
    mail: [
      [
        '04-28 09:10',
        'marcus',
        `Hi Todd,

        Hope the new dock is coming along. A friendly note that INV-10371 ({10371}) went past due on April 2 and INV-10378 ({10378}) on
        April 23. Copies attached in case they never reached your desk. When can I expect payment?`,
        { files: ['INV-10371.pdf', 'INV-10378.pdf'], tags: ['friendly_reminder'] },
      ],
      [
        '04-28 17:33',
        'todd',
        `Marcus my friend!! Both are approved and in the queue. You'll have them in the 5/8 run. Sorry for the hassle!`,
        { notes: [['marcus', '04-29 08:30', 'PTP 5/8 for 26,192.50, both invoices.']] },
      ],
      [
        '05-11 10:05',
        'marcus',
        `Hi Todd,

        Nothing in our bank from the May 8 run. Did it go out, and if so may I have the trace or check number?`,
        { tags: ['broken_promise'] },
      ],
      [
        '05-12 12:48',
        'todd',
        `Ugh, we changed ERP over the weekend and everything slid. Definitely this Friday. You have my word.`,
      ],
      [
        '05-19 08:55',
        'marcus',
        `Todd,

        Friday came and went. That's the second date for the same money, and on top of it INV-10390 ({10390}) is due in two weeks. What is really
        going on? If there is a cash problem I can work with that. I can't work with dates that don't hold.`,
        { tags: ['broken_promise', 'open_question'] },
      ],
      [
        '05-20 16:20',
        'todd',
        `No no, no cash problem. I need a second signature over 10K since the refi, and our VP was traveling. Give me until the 29th.`,
        {
          notes: [
            [
              'marcus',
              '05-20 16:41',
              '"Since the refi". First time he mentions a refinancing. Asked Dana to pull a fresh credit report.',
            ],
          ],
        },
      ],
      [
        '06-01 09:30',
        'marcus',
        `Todd, the 29th has passed as well. Please call me today. Otherwise I have to take it above both our heads, which I'd hate to.`,
        { tags: ['broken_promise', 'final_request'] },
      ],
      [
        '06-01 09:31',
        'todd',
        `Thank you for your message. I am out of the office for the month-end close and will respond to all inquiries by June 4.`,
        { auto: true, ar: null },
      ],
      [
        '06-09 10:00',
        'dana',
        `Ms. Kline,

        I'm writing to you because three payment dates given by your AP team have not been kept: May 8, May 15 and May 29.

        | Invoice | Due | Amount | Days past due |
        | INV-10371 | April 2 | {10371} | 68 |
        | INV-10378 | April 23 | {10378} | 47 |
        | INV-10390 | June 4 | {10390} | 5 |

        Pinnacle's account is on credit hold as of this morning: orders ship against prepayment. I would prefer a plan to a hold. Could
        we speak on Thursday?`,
        {
          to: ['marjorie'],
          cc: ['todd'],
          files: ['Statement_Pinnacle_2026-06-09.pdf'],
          tags: ['escalation', 'credit_hold'],
          action: 'pinnacle-escalate',
        },
      ],
      [
        '06-10 07:12',
        'marjorie',
        `Ms. Whitfield,

        I was not aware of the dates. I don't dispute the debt. The refinancing closed later than planned, and payables were stretched without
        my being told how far. Thursday at 10:00 Central, I will call you.`,
        { cc: ['todd'] },
      ],
      [
        '06-11 15:45',
        'dana',
        `Ms. Kline,

        Thank you for a straight conversation. As agreed:

        - $6,000.00 on the last business day of each month from June 30, oldest invoice first
        - new orders at 50 % prepayment, balance net 15, as long as the instalments arrive
        - a missed instalment that isn't made good within five days ends the plan

        Please confirm by reply and I'll lift the hold to that extent.`,
        { tags: ['payment_plan'] },
      ],
      [
        '06-12 08:01',
        'marjorie',
        `Confirmed as written. One correction: instalment dates on the 28th of the month or the business day before. Our cash comes in on the 26th.`,
      ],
      [
        '06-12 09:20',
        'dana',
        `The 28th it is, or the business day before. First one Friday, June 26. Hold lifted to the extent agreed.`,
      ],
      [
        '06-26 13:05',
        'todd',
        `First installment sent by ACH today, trace 0210-5567. Told you we're good for it!`,
        { files: ['ACH_confirmation_0626.pdf'], cc: ['marjorie'] },
      ],
      ['06-29 09:44', 'marcus', `Received on Monday morning, $6,000.00 against INV-10371. Thank you, Todd.`],
      [
        '07-28 15:30',
        'todd',
        `#2 is out. Trace 0210-6120.`,
        { notes: [['tomas', '07-29 10:12', 'Second 6,000 in, INV-10371 down to 2,880.00.']] },
      ],
      ['08-28 14:02', 'todd', `#3, trace 0210-6733. Should finish off 10371 and start on 10378.`],
      [
        '08-31 09:09',
        'marcus',
        `It does. INV-10371 is paid in full, INV-10378 stands at $8,192.50. Three out of three on the day: that's what I will tell our
        credit committee.`,
        { tags: ['payment_plan', 'thank_you'] },
      ],
    ],
  },
  {
    key: 'pinnacle-plan-slips',
    customer: 'pinnacle',
    with: 'marjorie',
    subject: 'Payment plan, instalments of October and after',
    mailbox: 'marcus',
    invoices: [10404, 10417],
    mail: [
      [
        '10-29 08:50',
        'marcus',
        `Ms. Kline,

        You settled INV-10378 and INV-10390 ahead of the plan in the autumn, for which thank you. The October instalment of $6,000.00 on INV-10404
        did not arrive yesterday. Is it on its way?`,
        { cc: ['todd'] },
      ],
      [
        '10-29 09:02',
        'marjorie',
        `Our largest customer is late by nineteen days. You know how that sentence goes on. I expect to send it on November 6.`,
      ],
      [
        '10-29 11:15',
        'dana',
        `Ms. Kline,

        The plan gives five days, that is November 2. I'll stretch it to the 6th, once, because you told us on the first morning. Please
        send the trace number when it leaves.`,
        {
          notes: [
            [
              'dana',
              '10-29 11:20',
              'Stretched to 11/6. If it fails: final demand on 11/9, copy to counsel. INV-10404 + INV-10417 = 21,135.00.',
            ],
          ],
          tags: ['payment_plan', 'promise_to_pay'],
        },
      ],
      [
        '11-09 09:00',
        'marcus',
        `Ms. Kline, Todd,

        November 6 has passed without a payment. Under the terms agreed in June the plan has therefore ended and the whole balance is due:

        | Invoice | Due | Amount |
        | INV-10404 | July 19 | {10404} |
        | INV-10417 | September 4 | {10417} |
        | Total | | $21,135.00 |

        If it isn't paid by November 20 the account goes to outside counsel. A formal letter follows by courier.`,
        {
          cc: ['todd'],
          files: ['Final_demand_Pinnacle_2026-11-09.pdf', 'Statement_Pinnacle_2026-11-09.pdf'],
          tags: ['final_demand', 'broken_promise'],
          touchpoint: 'pinnacle-final-demand',
        },
      ],
      ['11-09 16:48', 'todd', `Marcus come on. After all we've paid this year? Let me see what I can do.`],
      [
        '11-13 07:30',
        'marjorie',
        `Ms. Whitfield,

        I can wire $10,000.00 on the 20th and the rest on December 18, secured by a second-lien note on two trailers if you wish. I can't do more
        and won't pretend to. Please tell me whether it keeps us out of counsel's office.`,
        { cc: ['todd'] },
      ],
      [
        '11-16 10:25',
        'dana',
        `Ms. Kline,

        The trailers won't be needed. A wire of $10,000.00 on Friday and a personal confirmation from your CEO for December 18 will do. Please send his
        signed line with the wire reference.`,
        { cc: ['marcus'], tags: ['negotiation'] },
      ],
      [
        '11-20 11:52',
        'marjorie',
        `Wire released, reference PF-112044, $10,000.00. Mr. Aldous signs only on the condition that you release order 5518 (stretch film) at 50 % prepayment
        next week. Will you?`,
        {
          needsReply: true,
          files: ['Wire_PF-112044.pdf'],
          notes: [
            [
              'marcus',
              '11-20 13:05',
              'Dana decides. Order 5518 is about 4,100; half prepaid leaves ~2k of new exposure.',
            ],
          ],
        },
      ],
    ],
  },
  {
    key: 'pinnacle-hold-ops',
    customer: 'pinnacle',
    with: 'pinnacleOps',
    subject: 'where is my stretch film',
    resolved: true,
    ar: true,
    mail: [
      [
        '06-09 14:11',
        'pinnacleOps',
        `your system says order 5203 on hold. I have 40 trailers to wrap by thurs. who do I call`,
      ],
      [
        '06-09 14:30',
        'priya',
        `Hi Shawn,

        The order is ready, it's the account that is on hold, and your CFO has a message from us about it this morning. I can ship against a card or
        wire payment of $1,870.00 today. I'm sorry that you are the one who feels it.`,
        { tags: ['credit_hold'] },
      ],
      ['06-09 14:36', 'pinnacleOps', `unreal. ok calling todd`],
      ['06-10 08:15', 'pinnacleOps', `todd says card number coming. please ship TODAY`],
      [
        '06-10 10:40',
        'priya',
        `Card went through at 10:31, order 5203 is on the noon truck, tracking GLF-4470118. Good luck with the trailers.`,
      ],
    ],
  },
];

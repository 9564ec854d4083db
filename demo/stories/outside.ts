import type { Conversation } from '../script.ts';

/** What else arrives in a shared mailbox that is synchronised whole: strangers, vendors, machines and auditors. */
export const outsideStories: readonly Conversation[] = [
  {
    key: 'unknown-remitter',
    with: 'lockbox',
    subject: 'Lockbox exception item 06-0431',
    resolved: true,
    mail: [
      [
        '06-18 07:30',
        'lockbox',
        `A deposit of $2,400.00 dated June 17 could not be identified. Remitter: "Olympia". No stub. Please instruct within five business days.`,
        { files: ['item_06-0431.pdf'] },
      ],
      [
        '06-18 10:10',
        'tomas',
        `Please hold it as unapplied. We have no customer of that name and are asking around.`,
        {
          notes: [
            [
              'tomas',
              '06-18 10:12',
              'Not ours as far as sales knows. Olympia Catering in Joliet would fit the postmark.',
            ],
          ],
        },
      ],
      ['06-23 07:30', 'lockbox', `Item 06-0431 remains on hold until June 25.`, { auto: true }],
    ],
  },
  {
    key: 'stranger-payment',
    with: 'stranger',
    subject: 'we paid you by mistake??',
    resolved: true,
    mail: [
      [
        '06-22 15:17',
        'stranger',
        `Hi, my name is Gina, I think our office sent you a check for 2,400 that was for Northbrook *Printing*. Is there any chance that you still have it?`,
      ],
      [
        '06-22 16:02',
        'tomas',
        `Hello Gina, we do, and nobody has touched it. If you can send me the check number and a copy of the stub, I have the bank return it.`,
      ],
      ['06-23 09:20', 'stranger', `You're a lifesaver. Check 3308, copy attached.`, { files: ['check3308.jpg'] }],
      ['06-23 11:31', 'tomas', `It matches. The bank returns it to the address on the check this week.`],
    ],
  },
  {
    key: 'auditor-confirm',
    with: 'auditor',
    subject: 'AR confirmations: interim audit',
    ar: null,
    resolved: true,
    mail: [
      [
        '09-28 11:00',
        'auditor',
        `Good morning,

        For the interim audit we have selected these balances as of August 31 for confirmation:

        - Meridian Home Goods, Inc.
        - Pinnacle Freight & Fulfillment
        - Oakridge Unified School District
        - St. Alban Medical Supply

        Could we have a contact in accounts payable for each of them by Friday?`,
      ],
      [
        '09-28 14:37',
        'dana',
        `Hugh, list attached. Please be brief with Meridian, they answer only what is numbered.`,
        { files: ['Confirmation_contacts_2026-08.xlsx'] },
      ],
      ['10-07 10:12', 'auditor', `Three of four confirmed. Oakridge wrote "it's before the Board". Should I worry?`],
      ['10-07 10:40', 'dana', `No. October 13, consent agenda. You may attend.`],
      ['10-15 09:01', 'auditor', `Four of four. Thank you, that was the easiest section this year.`],
    ],
  },
  {
    key: 'newsletter-may',
    with: 'newsletter',
    subject: 'The Receivable: 5 dunning emails that get answered',
    ar: false,
    resolved: true,
    mail: [
      [
        '05-12 05:00',
        'newsletter',
        `This week in The Receivable:

      - Five dunning emails that get answered (number 3 is a postcard)
      - Why "just checking in" costs you four days
      - Reader question: may I charge interest to my brother-in-law?

      You receive this because you signed up at a trade fair. Unsubscribe at any time.`,
        { auto: true },
      ],
    ],
  },
  {
    key: 'newsletter-aug',
    with: 'newsletter',
    subject: 'The Receivable: fraud season',
    ar: false,
    resolved: true,
    mail: [
      [
        '08-11 05:00',
        'newsletter',
        `This week in The Receivable:

      - Fake bank changes: forty percent more since spring
      - The callback rule on one printable page
      - DSO by industry, second quarter

      Forward it to a colleague who still believes in email.`,
        { auto: true },
      ],
    ],
  },
  {
    key: 'newsletter-nov',
    with: 'newsletter',
    subject: 'The Receivable: closing the year',
    ar: false,
    mail: [
      [
        '11-10 05:00',
        'newsletter',
        `This week in The Receivable:

      - Twelve things to chase before December 31
      - How to say "final" only once
      - A poem about a remittance without a stub`,
        { auto: true },
      ],
    ],
  },
  {
    key: 'factoring-pitch',
    with: 'salesPitch',
    subject: 'Dana, quick question',
    ar: false,
    resolved: true,
    mail: [
      [
        '07-08 07:01',
        'salesPitch',
        `Hi Dana! What if I told you that your receivables could be cash TODAY? 15 minutes this week?`,
      ],
      ['07-10 07:01', 'salesPitch', `Floating this to the top of your inbox! Would Tuesday or Wednesday be better?`],
      [
        '07-15 07:01',
        'salesPitch',
        `I haven't heard back, so either you're swamped or trapped under a pallet. Blink twice for help :-)`,
      ],
      [
        '07-15 09:22',
        'dana',
        `Kyle, we're a packaging company, so the pallet was close. No, thank you, and please take us off the list.`,
      ],
    ],
  },
  {
    key: 'it-mail-upgrade',
    with: 'itDesk',
    subject: 'Mail maintenance Saturday 9/12',
    ar: false,
    resolved: true,
    mail: [
      [
        '09-10 15:00',
        'itDesk',
        `Mail will be slow on Saturday between 6 and 10 am. Please do not send statements in that window. No reply needed.`,
        { auto: true },
      ],
    ],
  },
  {
    key: 'it-phishing',
    with: 'itDesk',
    subject: 'Lookalike domain northbrook-packagings.example',
    ar: null,
    resolved: true,
    mail: [
      [
        '07-30 16:10',
        'itDesk',
        `All: a lookalike of our domain (with an s at the end) was used against one of our customers this week. It is blocked inbound since noon. If a customer asks about new bank details, call Dana. Do not forward the message, attach it.`,
        { auto: true },
      ],
    ],
  },
  {
    key: 'bureau-pinnacle',
    with: 'creditBureau',
    subject: 'Monitoring alert: Pinnacle Freight & Fulfillment',
    ar: null,
    resolved: true,
    mail: [
      [
        '05-21 06:12',
        'creditBureau',
        `A business that you monitor has changed.

      | Field | Before | Now |
      | Payment index | 71 | 58 |
      | Days beyond terms | 14 | 33 |
      | New liens | 0 | 1 |

      Sign in to see the full report.`,
        { auto: true },
      ],
    ],
  },
  {
    key: 'bureau-pinnacle-nov',
    with: 'creditBureau',
    subject: 'Monitoring alert: Pinnacle Freight & Fulfillment',
    ar: null,
    mail: [
      [
        '11-17 06:12',
        'creditBureau',
        `A business that you monitor has changed.

      | Field | Before | Now |
      | Payment index | 58 | 49 |
      | Days beyond terms | 33 | 52 |

      Sign in to see the full report.`,
        { auto: true },
      ],
    ],
  },
  {
    key: 'lockbox-holiday',
    with: 'lockbox',
    subject: 'Lockbox processing, Thanksgiving week',
    ar: null,
    mail: [
      [
        '11-18 07:30',
        'lockbox',
        `No lockbox processing on Thursday, November 26. Items received on Friday are credited on Monday, November 30.`,
        { auto: true },
      ],
    ],
  },
];

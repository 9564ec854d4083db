import type { Conversation } from '../script.ts';

/** Kestrel Motor Parts: few words, all of them meant. */
export const kestrelStories: readonly Conversation[] = [
  {
    key: 'kestrel-price',
    customer: 'kestrel',
    with: 'carla',
    subject: 'INV-10386 price',
    invoices: [10386],
    resolved: true,
    mail: [
      [
        '05-04 07:20',
        'rick',
        `price on 10386 is wrong. quote was 1.18 a box not 1.40. not paying till fixed`,
        { files: ['photo.jpg'] },
      ],
      [
        '05-04 09:42',
        'tomas',
        `Good morning Rick,

        the invoice is for 3,920 boxes at $1.40, {10386}. The picture shows quote Q-7714 at $1.18, valid until March 31. The order came in on April 14. Was there a later quote?`,
      ],
      ['05-04 09:58', 'rick', `nobody told me about any increase. been buying that box for 9 yrs`],
      [
        '05-05 10:11',
        'tomas',
        `I understand. The linerboard increase was announced in a letter of February 12, copy attached, and your sales rep says that he mentioned it on the phone in March. I also see that the
        order confirmation of April 15 doesn't show a price, which it should. I have given it to my manager.`,
        { files: ['Price_letter_2026-02-12.pdf', 'OC-20388.pdf'] },
      ],
      ['05-05 10:14', 'rick', `letter went to purchasing@ which nobody reads since 2023`],
      [
        '05-11 11:30',
        'carla',
        `Tomas - per Rick I am holding the full invoice. If you credit the difference I pay the same week. Undisputed part only if you send a corrected invoice, system won't split.`,
      ],
      [
        '05-13 15:20',
        'dana',
        `Carla, Rick,

        Our confirmation should have shown the price, and it didn't. We'll meet in the middle for this one order: $1.29 a box, a credit of $431.20. From the next order on it is $1.40, and Rick will
        get the letters at his own address. Is that fair?`,
        { to: ['carla'], cc: ['rick'], tags: ['dispute', 'price'] },
      ],
      ['05-13 15:26', 'rick', `fine`],
      [
        '05-15 09:03',
        'tomas',
        `Credit memo CM-2164 over $431.20 is attached. $5,056.80 remain on INV-10386.`,
        {
          to: ['carla'],
          files: ['CM-2164.pdf'],
          notes: [['tomas', '05-15 09:10', 'Changed their notice address to rdombrowski@ in the master data.']],
        },
      ],
      ['07-01 13:15', 'carla', `Sorry, fell off my desk with year end. Check 88120 for 5056.80 in today's mail.`],
      ['07-02 14:40', 'tomas', `Arrived, thank you Carla. Closed.`],
    ],
  },
  {
    key: 'kestrel-damage',
    customer: 'kestrel',
    with: 'rick',
    subject: '1 skid crushed',
    mailbox: 'marcus',
    invoices: [10423],
    resolved: true,
    mail: [
      [
        '09-01 06:48',
        'rick',
        `1 of 8 skids on 10423 crushed. driver signed for it. pics`,
        { files: ['IMG_0081.jpg', 'IMG_0082.jpg', 'IMG_0083.jpg'] },
      ],
      [
        '09-01 09:15',
        'marcus',
        `Rick,

        Ouch. Thanks for getting it on the receipt, that makes it the carrier's problem and not ours to argue about. Credit or replacement?`,
      ],
      ['09-01 09:17', 'rick', `credit. dont need em till nov`],
      [
        '09-02 13:02',
        'marcus',
        `Credit it is: one skid, $1,148.00, CM-2201. Keep the skid for five days in case the carrier wants to look, then it's yours to recycle. {10423} less the credit leaves $8,036.00.`,
        { files: ['CM-2201.pdf'], cc: ['carla'], tags: ['credit_memo'] },
      ],
      [
        '10-08 10:20',
        'marcus',
        `Carla, $8,036.00 on INV-10423 was due on September 25 after the credit. Anything missing on your side?`,
        { to: ['carla'], tags: ['reminder'] },
      ],
      ['10-08 10:47', 'carla', `Missing my assistant, she had a baby. Will go 10/15.`],
      [
        '10-15 15:51',
        'carla',
        `ACH 8036.00 sent.`,
        { notes: [['marcus', '10-16 09:00', 'In. PTP kept. Carrier claim GLF paid 1,148.00 on 10/12, all square.']] },
      ],
    ],
  },
  {
    key: 'kestrel-pod',
    customer: 'kestrel',
    with: 'carla',
    subject: 'POD INV-10433',
    invoices: [10433],
    resolved: true,
    mail: [
      ['10-20 14:02', 'carla', `Need POD on INV-10433 to release.`],
      [
        '10-20 14:25',
        'priya',
        `Hi Carla, here you go: signed on September 30 by "T. Wozniak", 6 skids.`,
        { files: ['POD-GLF-4480177.pdf'] },
      ],
      ['10-20 14:31', 'carla', `Got it. Released for 11/3.`],
    ],
  },
  {
    key: 'kestrel-10443',
    customer: 'kestrel',
    with: 'carla',
    subject: 'INV-10443 - freight line?',
    invoices: [10443],
    mail: [
      [
        '11-18 08:05',
        'carla',
        `INV-10443 has $212.00 freight. We are prepaid/allowed over 5K per our agreement. Pls send corrected inv.`,
        { needsReply: true },
      ],
    ],
  },
];

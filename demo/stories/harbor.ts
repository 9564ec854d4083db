import type { Conversation } from '../script.ts';

/** Harbor & Vine: good payers, and the reason why nobody here believes an email about a bank account. */
export const harborStories: readonly Conversation[] = [
  {
    key: 'harbor-bank-change',
    customer: 'harbor',
    with: 'colette',
    subject: 'URGENT: did you change your bank account?',
    invoices: [10407],
    resolved: true,
    mail: [
      [
        '07-29 08:14',
        'colette',
        `Hello,

        Yesterday evening we had an email, apparently from Priya, saying that Northbrook's account is "under audit" and that all payments including INV-10407 should go to a new bank in Delaware. It came from northbrook-packagings.example (look at the
        s). Our treasurer was about to set it up. I stopped him. Is it real?`,
        { files: ['suspicious_message.pdf'] },
      ],
      [
        '07-29 08:31',
        'priya',
        `Colette,

        NO. Please don't pay anything there. It isn't from me and we have not changed banks. Thank you, thank you for asking. I am calling you on the number we have on file right now, so that you needn't take my word by email either.`,
        {
          tags: ['fraud_alert'],
          notes: [
            [
              'priya',
              '07-29 08:50',
              'Spoke with Colette on +1 410 555 0190 (number from master data, not from the mail). Nothing was paid. Told Dana, Ellen and IT.',
            ],
          ],
        },
      ],
      [
        '07-29 09:40',
        'dana',
        `Colette,

        To confirm what Priya said on the phone: our bank details are those printed on every invoice since 2019. We never announce a change by email. Should we ever change banks you'll get a letter by courier, and you can check it with me on (312) 555-0101.

        Could you forward the message as an attachment? Our IT would like the headers, and I'm warning our other customers today.`,
        { cc: ['priya'], tags: ['fraud_alert'] },
      ],
      [
        '07-29 10:22',
        'colette',
        `Attached, with headers. And the "call back" number in it answers with a very pleasant voice, our treasurer tried. Chilling.`,
        { files: ['forwarded_message.eml'] },
      ],
      [
        '07-30 14:05',
        'dana',
        `IT found that the domain was registered on Sunday. It's been reported to the registrar and to IC3, reference on request. None of our own mailboxes was entered; the invoice number was probably guessed from a statement that another customer lost.`,
        {
          notes: [
            [
              'dana',
              '07-30 14:20',
              'New rule from today: any bank detail change, theirs or ours, is verified by a call to the number in master data. Two people sign.',
            ],
          ],
        },
      ],
      [
        '08-04 11:16',
        'colette',
        `{10407} was sent this morning to the right account, last four digits 0417. Please confirm by PHONE that it came :)`,
      ],
      ['08-04 14:48', 'priya', `As we just said on the phone: it came. I'm writing it down only for the file.`],
    ],
  },
  {
    key: 'harbor-refund-spoof',
    with: 'spoof',
    subject: 'Update refund account Harbor & Vine',
    resolved: true,
    mail: [
      [
        '09-29 05:52',
        'spoof',
        `Dear Account Receivable,

        Kindly be informed that our company Harbor and Vine have change banking. Any refund or credit balance must be remit to below new account with immediate effect. Kindly treat as urgent and do not call as I am in meeting all day.`,
        {
          files: ['NEW BANK LETTER.pdf'],
          notes: [
            [
              'tomas',
              '09-29 08:40',
              'Domain is harborandvines with an s. "Do not call" says it all. Did not open the PDF, did not answer.',
            ],
            [
              'priya',
              '09-29 09:15',
              'Called the real Colette: not from her. She sends her regards to the criminals. Reported to IT.',
            ],
          ],
        },
      ],
    ],
  },
  {
    key: 'harbor-breakage',
    customer: 'harbor',
    with: 'ben',
    subject: 'pulp shippers cracked',
    mailbox: 'marcus',
    invoices: [10432],
    resolved: true,
    mail: [
      [
        '10-05 17:20',
        'ben',
        `hey, abt 1 in 10 of the 12 bottle pulp shippers crack at the corner when we fold them. lost 2 bottles of a very sad pinot`,
        { files: ['IMG_2207.jpg', 'video-frame.jpg'] },
      ],
      [
        '10-06 08:44',
        'marcus',
        `Ben, my condolences to the pinot. Which lot is printed on the sleeve? And would you set ten cracked ones aside for the mill?`,
      ],
      ['10-06 12:03', 'ben', `lot PF-0911. got a pile of 60 already`],
      [
        '10-13 10:26',
        'marcus',
        `Mill confirms: PF-0911 was dried too fast. All 1,200 of that lot are replaced, no charge, and I'm crediting $486.00 for the 60 you've lost and the two bottles. Colette, CM-2219 is attached for INV-10432, leaving $9,259.30.`,
        { to: ['colette'], cc: ['ben'], files: ['CM-2219.pdf'], tags: ['credit_memo', 'quality'] },
      ],
      [
        '10-13 14:10',
        'colette',
        `Generous, thank you. I didn't know that we were insured for pinot. I'll pay when the replacements have passed Ben's folding test.`,
      ],
      ['11-02 16:52', 'ben', `folded 100. zero cracks. pay the man colette`, { cc: ['colette'] }],
      ['11-06 10:35', 'colette', `Paid, $9,259.30.`, { files: ['remittance_20261106.pdf'] }],
    ],
  },
];

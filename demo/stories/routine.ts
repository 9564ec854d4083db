import { INVOICES, invoiceOf, openInvoicesOn, usd } from '../invoices.ts';
import { CUSTOMERS, type CustomerKey } from '../people.ts';
import type { Conversation } from '../script.ts';

/** What goes out by itself or nearly so: invoices by the billing system, and the monthly statements. */

const PAYER: Record<CustomerKey, string> = {
  cascade: 'renee',
  meridian: 'gloria',
  blueheron: 'amara',
  tallgrass: 'walt',
  kestrel: 'carla',
  esperanza: 'lucia',
  brandt: 'heike',
  stalban: 'patrice',
  pinnacle: 'todd',
  harbor: 'colette',
  oakridge: 'denise',
  lumen: 'beth',
  fenwick: 'arthur',
};

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const inWords = (day: string) => `${MONTHS[Number(day.slice(-5, -3)) - 1]} ${Number(day.slice(-2))}`;

/** Meridian takes invoices through its portal only, so the billing system mails it none after May. */
const mailedInvoices = INVOICES.filter(
  ({ issued, customer, number }) =>
    issued >= '04-20' && !(customer === 'meridian' && issued > '06-01') && number % 7 !== 4,
);

export const invoiceMails: readonly Conversation[] = mailedInvoices.map(
  ({ number, customer, issued, dueOn }, index) => ({
    key: `invoice-mail-${number}`,
    customer,
    with: PAYER[customer],
    subject: `Invoice INV-${number} from Northbrook Packaging Supply`,
    invoices: [number],
    resolved: true,
    mail: [
      [
        `${number === 10398 ? '06-08' : issued} ${String(16 + (index % 2)).padStart(2, '0')}:${String(2 + ((index * 7) % 55)).padStart(2, '0')}`,
        'billing',
        `Dear ${CUSTOMERS[customer]},

      Please find attached invoice INV-${number} for {${number}}, due on ${inWords(dueOn)}, ${dueOn.slice(0, 4)}.

      We never announce a change of bank details by email. If you are ever asked to pay to another account, please call us at
      (312) 555-0100.`,
        { files: [`INV-${number}.pdf`], auto: true },
      ],
    ],
  }),
);

type StatementRow = readonly [
  at: string,
  by: string,
  customer: CustomerKey,
  opening: string,
  closing: string,
  reply?: readonly [at: string, by: string, text: string],
];

const STATEMENTS: readonly StatementRow[] = [
  [
    '05-04 10:12',
    'priya',
    'blueheron',
    'Hi Jess, here is where we stand at the start of May.',
    'The older one is on my list for this week.',
  ],
  [
    '05-04 10:40',
    'marcus',
    'pinnacle',
    'Todd, the April statement, so that we look at the same numbers on the 8th.',
    'Anything you see differently, tell me today.',
    ['05-04 17:50', 'todd', `Matches mine to the penny. See you on the 8th!`],
  ],
  [
    '06-01 10:05',
    'tomas',
    'stalban',
    'Good morning Patrice, the May statement:',
    'INV-10389 is in dispute for its tax, I have left it in so that the totals agree.',
  ],
  [
    '06-02 10:30',
    'priya',
    'esperanza',
    'Buenos días, Lucía. Este es su estado de cuenta al 31 de mayo:',
    'Nada vencido. ¡Gracias!',
  ],
  [
    '06-02 10:44',
    'tomas',
    'harbor',
    'Hello Colette, statement for May below.',
    'Not due before June 18, this is only for your closing.',
  ],
  [
    '07-01 09:20',
    'tomas',
    'kestrel',
    'Carla, open items:',
    'CM-2164 still comes off the first.',
    ['07-01 09:26', 'carla', `Ok.`],
  ],
  [
    '07-02 10:15',
    'priya',
    'cascade',
    'Hi Owen, Renee tells me that the checkbook is with you while she is up north:',
    'No rush before the 17th!',
    ['07-03 07:15', 'owen', `got it`],
  ],
  [
    '08-03 09:15',
    'tomas',
    'brandt',
    'Sehr geehrte Frau Sommer, anbei die offenen Posten per 31. Juli:',
    'Bei INV-10399 geht es nur noch um die 224,80 USD vom Skonto.',
  ],
  [
    '08-03 09:40',
    'priya',
    'tallgrass',
    'Dear Walt, a short one this month, nothing is open before the new order.',
    'Thank you for the stamps.',
  ],
  [
    '08-04 11:00',
    'marcus',
    'pinnacle',
    'Todd, the July statement, outside and inside the plan:',
    'Numbers are gross; the first is down to $2,880.00 by the plan.',
  ],
  [
    '09-01 10:20',
    'tomas',
    'stalban',
    'Good morning Patrice, open items on August 31:',
    'INV-10414 waits for its PO, as you know better than I do.',
    ['09-01 11:03', 'patrice', `Good morning, agreed. I'm after Neil.`],
  ],
  [
    '09-01 10:45',
    'marcus',
    'oakridge',
    'Denise, the statement that the Board packet will need:',
    'Both await the new PO.',
  ],
  [
    '09-02 09:30',
    'priya',
    'harbor',
    'Dear Colette, below what is open. As always: same bank, same account, four digits 0417.',
    'Call me if anybody says otherwise.',
    ['09-02 10:14', 'colette', `Ha. I'd have called anyway. Agreed with our books.`],
  ],
  [
    '10-01 10:00',
    'priya',
    'esperanza',
    'Buenos días, Lucía. Estado de cuenta al 30 de septiembre:',
    'A la INV-10420 hay que restarle la nota de crédito CM-2198, como quedamos.',
  ],
  ['10-01 10:25', 'tomas', 'kestrel', 'Carla, as of September 30:', 'CM-2201 takes $1,148.00 off the older one.'],
  [
    '10-02 11:10',
    'marcus',
    'pinnacle',
    'Ms. Kline asked me to copy you on the monthly figures, Todd:',
    'The plan is on schedule. Thank you.',
    ['10-02 16:45', 'todd', `Told you so!`],
  ],
  [
    '11-02 09:10',
    'tomas',
    'brandt',
    'Sehr geehrte Frau Sommer, offene Posten per 31. Oktober:',
    'Nichts davon ist fällig.',
  ],
  [
    '11-02 09:35',
    'tomas',
    'stalban',
    'Good morning Patrice, as of October 31:',
    'Due on the 8th, a Sunday, so I count on your run of the 12th.',
    ['11-02 10:20', 'patrice', `Good morning Tomas, the 12th it is.`],
  ],
  ['11-02 10:05', 'priya', 'harbor', 'Hello Colette, October in two lines:', 'CM-2219 comes off the older one.'],
  [
    '11-03 10:30',
    'priya',
    'cascade',
    'Hi Renee, the October statement, with the PO that you gave us:',
    'Due on the 15th.',
    ['11-03 11:48', 'renee', `Thank you!! Putting it on Owen's chair, literally.`],
  ],
  ['11-03 14:15', 'tomas', 'oakridge', 'Hello Denise, one open item:', 'All well otherwise.'],
];

export const statementMails: readonly Conversation[] = STATEMENTS.map(([at, by, customer, opening, closing, reply]) => {
  const open = openInvoicesOn(customer, at.slice(0, 5));
  const rows = open.map(({ number, dueOn, amountCents }) => `| INV-${number} | ${dueOn} | ${usd(amountCents)} |`);
  const table = rows.length > 0 ? `\n\n| Invoice | Due | Amount |\n${rows.join('\n')}` : '';
  return {
    key: `statement-${customer}-${at.slice(0, 2)}`,
    customer,
    with: statementReader(customer, opening),
    subject: statementSubject(customer, at),
    invoices: open.map(({ number }) => invoiceOf(number).number),
    resolved: true,
    mail: [
      [
        at,
        by,
        `${opening}${table}\n\n${closing}`,
        { files: [`Statement_${customer}_2026-${at.slice(0, 2)}.pdf`], tags: ['statement'] },
      ],
      ...(reply ? [reply] : []),
    ],
  };
});

function statementReader(customer: CustomerKey, opening: string): string {
  if (opening.startsWith('Hi Jess')) return 'jess';
  return opening.startsWith('Hi Owen') ? 'owen' : PAYER[customer];
}

function statementSubject(customer: CustomerKey, at: string): string {
  const month = Number(at.slice(0, 2)) - 2;
  if (customer === 'brandt')
    return `Kontoauszug ${['', '', '', '', '', 'Juni', 'Juli', '', '', 'Oktober'][month]} 2026`;
  if (customer === 'esperanza') return `Estado de cuenta, ${month === 4 ? 'mayo' : 'septiembre'} de 2026`;
  return `Statement of account, ${MONTHS[month]} 2026`;
}

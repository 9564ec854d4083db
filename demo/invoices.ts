/** The invoices that the stories speak of: number, customer, day of issue, days to pay, amount in cents, day of payment. */

import type { CustomerKey } from './people.ts';

export type Invoice = {
  number: number;
  customer: CustomerKey;
  issued: string;
  /** `YYYY-MM-DD`, since the last ones fall into the next year. */
  dueOn: string;
  amountCents: number;
  /** Absent while it is open. */
  paid?: string;
};

type Row = readonly [number, CustomerKey, issued: string, termDays: number, amount: number, paid?: string];

// Days are `MM-DD` of 2026.
const ROWS: readonly Row[] = [
  [10371, 'pinnacle', '03-03', 30, 14880.0, '08-28'],
  [10372, 'blueheron', '03-05', 30, 3264.5, '06-24'],
  [10373, 'tallgrass', '03-06', 30, 2118.75, '05-29'],
  [10374, 'meridian', '03-10', 60, 22406.4, '05-18'],
  [10375, 'kestrel', '03-12', 30, 6930.0, '04-24'],
  [10376, 'fenwick', '03-16', 30, 918.2, '05-06'],
  [10377, 'stalban', '03-19', 30, 8245.6, '04-30'],
  [10378, 'pinnacle', '03-24', 30, 11312.5, '09-30'],
  [10379, 'oakridge', '03-27', 45, 4410.0, '05-22'],
  [10380, 'cascade', '04-02', 30, 5127.8, '05-04'],
  [10381, 'esperanza', '04-06', 30, 2874.0, '05-08'],
  [10382, 'brandt', '04-08', 45, 9615.0, '05-26'],
  [10383, 'blueheron', '04-10', 30, 4018.0, '10-01'],
  [10384, 'harbor', '04-14', 30, 7702.25, '05-15'],
  [10385, 'lumen', '04-16', 30, 3951.4, '04-24'],
  [10386, 'kestrel', '04-21', 30, 5488.0, '07-02'],
  [10387, 'meridian', '04-23', 60, 31845.0, '06-25'],
  [10388, 'tallgrass', '04-29', 30, 1966.4, '06-03'],
  [10389, 'stalban', '05-01', 30, 12073.9, '07-08'],
  [10390, 'pinnacle', '05-05', 30, 9940.0, '10-15'],
  [10391, 'oakridge', '05-07', 45, 6732.0, '06-25'],
  [10392, 'cascade', '05-11', 30, 4689.15, '06-12'],
  [10393, 'fenwick', '05-13', 30, 1104.6, '06-30'],
  [10394, 'esperanza', '05-15', 30, 3120.0, '07-10'],
  [10395, 'harbor', '05-19', 30, 6388.0, '06-19'],
  [10396, 'meridian', '05-21', 60, 18960.0, '07-24'],
  [10397, 'blueheron', '05-27', 30, 5212.75],
  [10398, 'lumen', '06-02', 30, 4275.0, '06-15'],
  [10399, 'brandt', '06-04', 45, 11240.0, '08-20'],
  [10400, 'kestrel', '06-08', 30, 7315.5, '07-14'],
  [10401, 'tallgrass', '06-10', 30, 2402.1, '07-13'],
  [10402, 'stalban', '06-15', 30, 9858.4, '07-17'],
  [10403, 'cascade', '06-17', 30, 6044.7, '08-07'],
  [10404, 'pinnacle', '06-19', 30, 13275.0],
  [10405, 'meridian', '06-24', 60, 27310.8, '08-27'],
  [10406, 'esperanza', '06-29', 30, 2655.5, '07-31'],
  [10407, 'harbor', '07-01', 30, 8117.6, '08-04'],
  [10408, 'oakridge', '07-07', 45, 15840.0, '10-16'],
  [10409, 'blueheron', '07-09', 30, 3890.0],
  [10410, 'lumen', '07-13', 30, 5036.25, '07-22'],
  [10411, 'kestrel', '07-15', 30, 6102.0, '08-14'],
  [10412, 'meridian', '07-17', 60, 42768.0, '11-10'],
  [10413, 'fenwick', '07-21', 30, 1340.0, '10-30'],
  [10414, 'stalban', '07-24', 30, 10418.2, '09-18'],
  [10415, 'brandt', '07-29', 45, 8934.0, '10-02'],
  [10416, 'cascade', '08-03', 30, 5590.35, '09-03'],
  [10417, 'pinnacle', '08-05', 30, 7860.0],
  [10418, 'tallgrass', '08-07', 30, 2230.0, '09-14'],
  [10419, 'oakridge', '08-12', 45, 21384.0, '10-16'],
  [10420, 'esperanza', '08-14', 30, 3412.8, '10-09'],
  [10421, 'meridian', '08-19', 60, 19227.5, '10-20'],
  [10422, 'harbor', '08-21', 30, 5964.0, '09-22'],
  [10423, 'kestrel', '08-26', 30, 9184.0, '10-15'],
  [10424, 'lumen', '08-28', 30, 4420.0, '09-08'],
  [10425, 'brandt', '09-01', 45, 12660.0, '10-19'],
  [10426, 'stalban', '09-03', 30, 7349.75, '10-07'],
  [10427, 'fenwick', '09-08', 30, 2016.0],
  [10428, 'cascade', '09-10', 30, 7218.9, '10-13'],
  [10429, 'blueheron', '09-14', 30, 2940.0, '10-06'],
  [10430, 'esperanza', '09-16', 30, 2988.0, '10-20'],
  [10431, 'meridian', '09-18', 60, 33120.0],
  [10432, 'harbor', '09-23', 30, 9745.3, '11-06'],
  [10433, 'kestrel', '09-28', 30, 5676.0, '11-03'],
  [10434, 'lumen', '10-01', 30, 6188.5, '10-09'],
  [10435, 'tallgrass', '10-05', 30, 2517.6],
  [10436, 'oakridge', '10-07', 45, 5148.0],
  [10437, 'stalban', '10-09', 30, 11264.0, '11-12'],
  [10438, 'brandt', '10-14', 45, 10085.0],
  [10439, 'cascade', '10-16', 30, 6873.2],
  [10440, 'meridian', '10-20', 60, 25495.2],
  [10441, 'esperanza', '10-23', 30, 3306.4],
  [10442, 'harbor', '10-28', 30, 7053.0],
  [10443, 'kestrel', '11-02', 30, 8028.0],
  [10444, 'lumen', '11-04', 30, 5410.75, '11-12'],
  [10445, 'stalban', '11-06', 30, 6990.3],
  [10446, 'cascade', '11-10', 30, 5935.0],
  [10447, 'brandt', '11-12', 45, 9320.0],
  [10448, 'meridian', '11-16', 60, 29880.0],
];

export const INVOICES: readonly Invoice[] = ROWS.map(([number, customer, issued, termDays, amount, paid]) => ({
  number,
  customer,
  issued,
  dueOn: daysAfter(issued, termDays),
  amountCents: Math.round(amount * 100),
  ...(paid ? { paid } : {}),
}));

const byNumber = new Map(INVOICES.map((invoice) => [invoice.number, invoice]));

export function invoiceOf(number: number): Invoice {
  const invoice = byNumber.get(number);
  if (!invoice) throw new Error(`No invoice ${number}`);
  return invoice;
}

/** What a customer owes at the end of a day `MM-DD`, oldest first. */
export const openInvoicesOn = (customer: CustomerKey, day: string): readonly Invoice[] =>
  INVOICES.filter((one) => one.customer === customer && one.issued <= day && (!one.paid || one.paid > day));

export const usd = (cents: number): string =>
  `$${(cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

function daysAfter(day: string, days: number): string {
  const date = new Date(`2026-${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

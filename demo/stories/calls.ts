import type { CallScript } from '../script.ts';

type CallRow = readonly [
  at: string,
  contact: string,
  outcome: number | 'unanswered' | 'busy',
  extra?: Pick<CallScript, 'invoices' | 'tags' | 'resolved' | 'ar' | 'notes'>,
];

const call =
  (direction: CallScript['direction']) =>
  ([at, contact, outcome, extra]: CallRow): CallScript => ({
    at,
    direction,
    contact,
    status: typeof outcome === 'number' ? 'completed' : outcome,
    durationSeconds: typeof outcome === 'number' ? outcome : 0,
    ...extra,
  });

/** Calls through the company's number, by the event stream; a number is the talk time in seconds. */
export const calls: readonly CallScript[] = [
  ...(
    [
      ['04-29 14:10', 'todd', 'unanswered', { invoices: [10371, 10378] }],
      ['05-07 15:30', 'jess', 'unanswered', { invoices: [10372] }],
      [
        '05-11 14:05',
        'todd',
        143,
        {
          invoices: [10371, 10378],
          tags: ['promise_to_pay'],
          ar: true,
          notes: [
            [
              'marcus',
              '05-11 14:12',
              "Laughs a lot, says Friday. Heard the printer of somebody else's check run in the background.",
            ],
          ],
        },
      ],
      ['05-12 10:20', 'walt', 264, { invoices: [10373], resolved: true, ar: true }],
      ['05-18 11:00', 'todd', 'busy', { invoices: [10371, 10378] }],
      ['05-18 11:25', 'todd', 'unanswered', { invoices: [10371, 10378] }],
      ['05-19 15:15', 'amara', 688, { invoices: [10372, 10383], ar: true, resolved: true }],
      ['05-27 10:05', 'carla', 62, { invoices: [10386], ar: true }],
      ['06-02 09:40', 'todd', 'unanswered', { invoices: [10371, 10378] }],
      ['06-03 09:41', 'todd', 'unanswered', { invoices: [10371, 10378] }],
      [
        '06-08 16:05',
        'todd',
        'busy',
        {
          invoices: [10371, 10378, 10390],
          notes: [['marcus', '06-08 16:10', 'Fifth attempt. Handing over to Dana for the CFO letter.']],
        },
      ],
      ['06-15 10:30', 'patrice', 205, { invoices: [10389], ar: true, resolved: true }],
      ['06-22 13:50', 'lucia', 118, { invoices: [10394], ar: true }],
      ['06-24 10:12', 'carla', 'unanswered', { invoices: [10386] }],
      [
        '06-25 10:14',
        'carla',
        94,
        {
          invoices: [10386],
          ar: true,
          tags: ['promise_to_pay'],
          notes: [['tomas', '06-25 10:18', 'Check "next week". She types while she talks.']],
        },
      ],
      [
        '07-13 15:02',
        'amara',
        1265,
        { invoices: [10383, 10397, 10409], tags: ['payment_plan'], ar: true, resolved: true },
      ],
      ['07-20 11:11', 'owen', 'unanswered', { invoices: [10403] }],
      ['07-29 08:36', 'colette', 412, { invoices: [10407], tags: ['fraud_alert'], ar: true, resolved: true }],
      ['07-29 13:05', 'gloria', 96, { tags: ['fraud_alert'], ar: null, resolved: true }],
      ['07-29 13:12', 'marjorie', 131, { tags: ['fraud_alert'], ar: null, resolved: true }],
      ['07-29 13:20', 'denise', 'unanswered', { tags: ['fraud_alert'], ar: null }],
      ['07-29 13:31', 'beth', 178, { tags: ['fraud_alert'], ar: null, resolved: true }],
      ['07-29 13:44', 'patrice', 88, { tags: ['fraud_alert'], ar: null, resolved: true }],
      [
        '07-30 15:00',
        'beth',
        241,
        {
          invoices: [10410],
          tags: ['refund', 'callback_verified'],
          ar: true,
          resolved: true,
          notes: [
            [
              'tomas',
              '07-30 15:06',
              'Bank details for the refund read back digit by digit. She asked me to spell OUR name too.',
            ],
          ],
        },
      ],
      ['08-04 14:40', 'colette', 57, { invoices: [10407], ar: true, resolved: true }],
      ['08-05 11:02', 'owen', 73, { invoices: [10403], ar: true, resolved: true }],
      ['08-24 11:45', 'ramon', 309, { invoices: [10420], ar: true, resolved: true }],
      ['08-26 14:20', 'devin', 'unanswered', { invoices: [10412] }],
      ['08-31 10:05', 'arthur', 'unanswered', { invoices: [10413] }],
      [
        '09-03 11:10',
        'arthur',
        845,
        {
          invoices: [10413],
          tags: ['payment_plan'],
          ar: true,
          resolved: true,
          notes: [
            [
              'priya',
              '09-03 11:30',
              'Fourteen minutes, and not one too many. He read me two lines of Yeats. No reminders to him by machine, please.',
            ],
          ],
        },
      ],
      ['09-08 14:10', 'neil', 'unanswered', { invoices: [10414] }],
      ['09-09 09:30', 'neil', 187, { invoices: [10414], ar: true, resolved: true }],
      ['09-24 10:00', 'devin', 49, { invoices: [10412], ar: true }],
      ['09-29 09:02', 'colette', 126, { tags: ['fraud_alert', 'callback_verified'], ar: true, resolved: true }],
      ['10-06 14:33', 'carla', 'unanswered', { invoices: [10423] }],
      ['10-19 10:05', 'lucia', 81, { invoices: [10430], ar: true, resolved: true }],
      ['10-28 16:30', 'marjorie', 'unanswered', { invoices: [10404, 10417] }],
      ['11-05 10:20', 'walt', 'busy', { invoices: [10435] }],
      ['11-06 15:45', 'marjorie', 'unanswered', { invoices: [10404, 10417] }],
      ['11-09 11:30', 'todd', 39, { invoices: [10404, 10417], tags: ['final_demand'], ar: true }],
      ['11-12 10:15', 'gloria', 'unanswered', { invoices: [10431] }],
      [
        '11-16 09:50',
        'marjorie',
        724,
        {
          invoices: [10404, 10417],
          tags: ['negotiation'],
          ar: true,
          notes: [
            [
              'dana',
              '11-16 10:05',
              'Honest as always. She offered the trailers herself, I said I would not know where to park them.',
            ],
          ],
        },
      ],
      ['11-17 14:05', 'renee', 'unanswered', { invoices: [10439] }],
      ['11-19 11:20', 'walt', 'unanswered', { invoices: [10435] }],
      [
        '11-20 10:35',
        'gloria',
        133,
        {
          invoices: [10431],
          ar: true,
          notes: [['priya', '11-20 10:40', 'Letter may be a scan. She needs it before noon on Monday.']],
        },
      ],
    ] satisfies readonly CallRow[]
  ).map(call('outbound')),
  ...(
    [
      ['05-05 16:12', 'rick', 98, { invoices: [10386], ar: true, tags: ['dispute'] }],
      [
        '06-11 10:00',
        'marjorie',
        1533,
        {
          invoices: [10371, 10378, 10390],
          tags: ['payment_plan'],
          ar: true,
          resolved: true,
          notes: [
            [
              'dana',
              '06-11 10:40',
              'Calm, exact, embarrassed. 6,000 a month, she proposed the day herself. See the mail of this afternoon.',
            ],
          ],
        },
      ],
      ['06-12 12:20', 'renee', 154, { resolved: true, ar: null }],
      ['07-07 08:55', 'ramon', 122, { invoices: [10394], ar: true, resolved: true }],
      ['08-11 17:40', 'jess', 'unanswered', { ar: null }],
      ['09-02 12:05', 'frank', 366, { invoices: [10408, 10419], ar: true, resolved: true }],
      ['09-14 13:15', 'jonas', 201, { ar: null, resolved: true }],
      ['10-08 15:40', 'sunita', 284, { invoices: [10412], ar: true, resolved: true }],
      ['10-23 16:58', 'ben', 'unanswered', { ar: null }],
      ['11-12 09:33', 'joanna', 146, { invoices: [10435], ar: true }],
      ['11-18 17:12', 'todd', 'unanswered', { invoices: [10404, 10417] }],
      [
        '11-20 14:25',
        'amara',
        317,
        {
          invoices: [10397],
          ar: true,
          notes: [
            [
              'tomas',
              '11-20 14:32',
              'Told her that she was right about the $150. Corrected schedule goes out on Monday.',
            ],
          ],
        },
      ],
    ] satisfies readonly CallRow[]
  ).map(call('inbound')),
];

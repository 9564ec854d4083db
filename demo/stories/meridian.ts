import type { Conversation } from '../script.ts';

/** Meridian Home Goods: a large retailer with a portal, a compliance desk and a rule for everything. */
export const meridianStories: readonly Conversation[] = [
  {
    key: 'meridian-portal',
    customer: 'meridian',
    with: 'gloria',
    subject: 'Action required: Supplier Connect registration, vendor 100482',
    source: 'import',
    resolved: true,
    mail: [
      [
        '04-22 03:15',
        'meridianPortal',
        `Dear Supplier,

        Effective June 1 Meridian Home Goods accepts invoices through Supplier Connect only. Invoices sent by email or post after
        that date will be returned unprocessed.

        Your invitation code is MHG-100482-7Q. It expires in 14 days. To register you'll need:

        - your W-9, signed in the last 12 months
        - a bank letter or voided check
        - a certificate of insurance that names Meridian as additional insured`,
        { auto: true },
      ],
      [
        '04-23 10:12',
        'priya',
        `Hi Gloria,

        We got the Supplier Connect invitation and are registering this week. Two questions before I start: do invoices already
        with you (INV-10374 and INV-10387) need to be entered again, and may I have two logins?`,
      ],
      [
        '04-23 16:31',
        'gloria',
        `Ms. Raman,

        1. No. Anything received before June 1 is processed as is.

        2. One login per vendor. It must not be shared. (I know.)`,
      ],
      [
        '04-28 11:47',
        'priya',
        `Thanks! Registered as vendor 100482, status "pending bank validation". W-9, voided check and the insurance certificate are
        uploaded. Does anything else have to happen before the first test invoice?`,
        { files: ['W-9_Northbrook_2026.pdf', 'COI_Meridian_2026.pdf'] },
      ],
      [
        '05-05 03:15',
        'meridianPortal',
        `Dear Supplier,

        Your submission was REJECTED. Reason code 114: address on W-9 doesn't match vendor master. Please correct and submit again.`,
        { auto: true },
      ],
      [
        '05-05 09:33',
        'priya',
        `Gloria, the portal rejected our W-9 (code 114). It seems that your vendor master still has our old Skokie Boulevard suite.
        The W-9 is right, the master isn't. Which side can be changed?`,
      ],
      [
        '05-06 08:20',
        'gloria',
        `I have corrected the suite number in the vendor master. Please resubmit without changes. It will go through overnight.`,
        {
          notes: [
            [
              'priya',
              '05-07 09:00',
              'Approved 5/7. Portal login is in the team vault under "Meridian Supplier Connect". PO number AND line number are mandatory there!',
            ],
          ],
        },
      ],
    ],
  },
  {
    key: 'meridian-asn-fee',
    customer: 'meridian',
    with: 'devin',
    subject: 'Chargeback notice CB-30117 (late ASN)',
    mailbox: 'marcus',
    invoices: [10396],
    resolved: true,
    mail: [
      [
        '06-08 07:45',
        'devin',
        `Vendor,

        ASN for PO 4500702155 was transmitted 5/28 at 23:52, after physical arrival (5/28 at 15:20). Chargeback $750.00 (Vendor Guide
        4.1). It will be deducted from INV-10396.`,
        { files: ['CB-30117.pdf'] },
      ],
      [
        '06-08 13:18',
        'marcus',
        `Devin,

        Our EDI log has that ASN going out at 15:52 UTC, which is 11:52 in the morning in Columbus. I suspect that 23:52 is what you
        get when somebody reads the stamp in the wrong time zone. Log attached, line 41.`,
        { files: ['856_log_20260528.txt'], tags: ['dispute'] },
      ],
      ['06-10 10:06', 'devin', `Please provide the 997 functional acknowledgment.`],
      [
        '06-10 11:29',
        'marcus',
        `Attached. Your own system acknowledged at 15:54 UTC, more than three hours before the truck.`,
        { files: ['997_000041877.txt'] },
      ],
      [
        '06-17 09:50',
        'devin',
        `Reviewed. CB-30117 is withdrawn.`,
        {
          notes: [
            [
              'marcus',
              '06-17 10:15',
              'Withdrawn in full. They read our UTC stamps as local +8. Will come again; keep the 997s.',
            ],
          ],
        },
      ],
      ['06-17 10:02', 'marcus', `Thank you, Devin. That was quick and I noticed.`],
    ],
  },
  {
    key: 'meridian-10431',
    customer: 'meridian',
    with: 'gloria',
    subject: 'INV-10431 not visible in Supplier Connect',
    invoices: [10431],
    mail: [
      [
        '11-03 09:25',
        'priya',
        `Hi Gloria,

        INV-10431 ({10431}, submitted September 18) is due on November 17 and I can't find it in the portal under "approved" or
        "in process". The confirmation number was SC-771904. Could you check where it's stuck?`,
        { tags: ['pre_due'] },
      ],
      [
        '11-04 14:40',
        'gloria',
        `Ms. Raman,

        SC-771904 is in exception status "PO line closed". Line 20 of PO 4500730046 was closed by Replenishment on 9/15. Your
        invoice bills line 20. Please cancel and bill line 30.`,
      ],
      [
        '11-04 15:22',
        'priya',
        `I can do that, but a new submission starts a new 60 days in your portal, and the goods were received on September 24. If I
        re-bill, will you key the original invoice date so that the due date stays November 17?`,
      ],
      [
        '11-10 10:18',
        'priya',
        `Gloria, did you have a chance to look at my question about the date? I'd like to re-submit today, but not at the price of
        sixty more days on {10431}.`,
        { tags: ['follow_up'] },
      ],
      [
        '11-10 10:19',
        'gloria',
        `I'm attending our supplier summit through November 12. Replies will be delayed. For payment status please use Supplier
        Connect.`,
        { auto: true, ar: null },
      ],
      [
        '11-19 15:37',
        'gloria',
        `Ms. Raman,

        I can approve the original date by exception if I have (a) the cancellation of SC-771904 and (b) a request on your letterhead
        by Monday, signed by a manager. Will you send both?`,
        {
          needsReply: true,
          notes: [
            ['priya', '11-19 16:05', 'Dana, can you sign a letter tomorrow? Deadline is Monday 11/23. 33k at stake.'],
          ],
        },
      ],
    ],
  },
  {
    key: 'meridian-statement-oct',
    customer: 'meridian',
    with: 'gloria',
    subject: 'Vendor statement request, Q3',
    invoices: [10412, 10421, 10431],
    resolved: true,
    mail: [
      [
        '10-02 09:00',
        'gloria',
        `Dear vendor,

        For our quarterly reconciliation please provide a statement of all open items as of 9/30, in Excel, one line per invoice, with
        PO number. PDF statements can't be processed.`,
      ],
      [
        '10-02 13:44',
        'tomas',
        `Attached, one sheet, three lines. The disputed remainder of INV-10412 is marked with your claim number.`,
        { files: ['Northbrook_open_items_2026-09-30.xlsx'] },
      ],
      ['10-06 08:12', 'gloria', `Reconciled without differences other than MHG-88214. Thank you for the format.`],
    ],
  },
];

import type { Conversation } from '../script.ts';

/** Claim MHG-88214: thirty messages, three months, one pallet at the wrong door. */
export const meridianShortage: Conversation = {
  key: 'meridian-short-shipment',
  customer: 'meridian',
  with: 'devin',
  subject: 'Claim MHG-88214 / PO 4500718823 / quantity shortage',
  mailbox: 'marcus',
  invoices: [10412],
  resolved: true,
  mail: [
    [
      '08-17 08:52',
      'devin',
      `Vendor,

      Per our receiving record PO 4500718823 was received short. Ordered 1,320 cs, received 1,224 cs, variance 96 cs
      at $32.40. A claim of $3,110.40 has been raised under MHG-88214 and will be deducted from the next remittance.
      A non-compliance fee of $500.00 applies (Vendor Guide 6.2, quantity accuracy).

      You have 30 days to dispute with supporting documents.`,
      { files: ['MHG-88214_claim.pdf'] },
    ],
    [
      '08-17 11:40',
      'marcus',
      `Devin,

      Thanks for the notice. I have INV-10412 at {10412}, 1,320 cases on 22 pallets, and a bill of lading that says 22
      pallets left our dock on July 22. I'm asking the warehouse and the carrier for the paperwork today.

      Until we've both looked at it, please don't deduct. The invoice isn't due before September 15, so there is time.`,
      {
        tags: ['dispute', 'short_shipment'],
        notes: [
          [
            'marcus',
            '08-17 11:48',
            'Asked Gary in the warehouse for pick ticket and load photos. 96 cases is not a round pallet (60/pallet), so it is not a lost pallet. Smells like a count error on one side.',
          ],
        ],
      },
    ],
    [
      '08-17 14:05',
      'devin',
      `Deductions are system-generated. I am not able to hold one. Please submit the signed POD.`,
    ],
    [
      '08-19 09:31',
      'marcus',
      `Devin,

      Signed delivery receipt from Great Lakes Freightways attached. Your receiver at Groveport signed for 22 pallets on
      July 24 at 10:12, no exceptions noted.`,
      { files: ['POD-GLF-4471902.pdf', 'BOL-20771.pdf'], cc: ['gloria'] },
    ],
    [
      '08-19 15:47',
      'devin',
      `Received. A POD for pallets isn't accepted as proof of case quantity. The receipt is stamped SLC (shipper load and
      count). Please refer to Vendor Guide 6.2.4: carton-level proof is required.`,
    ],
    [
      '08-20 10:15',
      'marcus',
      `Fair point on the stamp. What do you accept as carton-level proof? Our pallets carry SSCC labels and we send an ASN.
      If your dock scanned the labels, your own system will show which cartons came in. Can you send me the scan log?`,
    ],
    ['08-24 08:58', 'devin', `The scan log is an internal document. A request must be made by the buyer of record.`],
    [
      '08-24 09:40',
      'marcus',
      `Sunita, adding you since you placed the order. Could you ask for the Groveport scan log for PO 4500718823 (July 24)?
      We're trying to find out where 96 cases of the 12x9x4 mailer went before it turns into a deduction nobody wants.`,
      { to: ['sunita'], cc: ['devin'] },
    ],
    [
      '08-25 13:22',
      'sunita',
      `Hi Marcus,

      Happy to. For what it's worth the stores have had no gaps on that item, so either we're sitting on it or somebody
      can't count. Request is in, they usually take a week.`,
      { cc: ['devin'] },
    ],
    [
      '09-02 16:10',
      'sunita',
      `Log attached. 21 pallets scanned at Door 14. I don't see a 22nd. Devin, wasn't there a second dock open that week
      because of the conveyor work?`,
      { files: ['GRV_scan_0724.csv'], cc: ['devin'] },
    ],
    [
      '09-03 08:36',
      'devin',
      `Door 31 was in use as overflow from 7/20 to 7/29. Overflow receipts are keyed by hand. I'd need to open a ticket
      with the DC.`,
      { cc: ['sunita'] },
    ],
    [
      '09-03 09:12',
      'marcus',
      `Please do. If the 22nd pallet came in at Door 31 that explains 60 of the 96, or some part of it.

      Meanwhile I have been through our own records with the warehouse and owe you an honest answer: the pick ticket shows
      pallets 7 and 19 built with 36 cases each and not 60. So 48 of the cases never left our building. Those 48 are ours,
      $1,555.20, and I'll have a credit memo raised. The other 48 we did ship.`,
      {
        files: ['Pick-ticket-31882.pdf'],
        tags: ['dispute', 'partial_acceptance'],
        notes: [
          [
            'marcus',
            '09-03 09:20',
            'Pick ticket confirms 1,272 shipped. 48 short on our side = 1,555.20. Told them before they find it themselves.',
          ],
          [
            'dana',
            '09-03 10:02',
            'Good call. Approved CM for 1,555.20. Not one cent of the 500 fee though, their guide says the fee needs a shortage over 5 % and ours is 3.6 %.',
          ],
        ],
      },
    ],
    ['09-03 11:50', 'sunita', `Appreciate the candor, Marcus. That's rarer than it should be.`],
    [
      '09-08 10:04',
      'tomas',
      `Hello Devin,

      credit memo CM-2207 over $1,555.20 for 48 cases of INV-10412 is attached. It can be taken with the payment of the
      invoice. Please quote the number on the remittance so that I match it the same day.`,
      { to: ['devin'], cc: ['sunita'], files: ['CM-2207.pdf'] },
    ],
    [
      '09-08 10:05',
      'devin',
      `I will be out of the office until Monday, September 14 with no access to email. For urgent deduction matters write to
      apdisputes@meridianhome.example. Your message won't be forwarded.`,
      { auto: true, ar: null },
    ],
    [
      '09-14 09:20',
      'devin',
      `CM-2207 is noted. The claim stands at 96 cs until the DC ticket is answered. System does not support partial claims.`,
    ],
    [
      '09-16 14:33',
      'gloria',
      `Mr. Oyelaran,

      Payment run 0916 has been released today. INV-10412 was paid less claim MHG-88214 ($3,110.40) and the associated fee
      ($500.00). Net $39,157.60. The remittance is attached.`,
      { files: ['Remit_0916_100482.xlsx'] },
    ],
    [
      '09-16 15:08',
      'marcus',
      `Ms. Stanhope,

      Thank you for the remittance, and for paying within a day of the date. You have deducted twice what we agree is missing, plus a fee
      that the guide doesn't support here. Agreed: $1,555.20. Not agreed: $1,555.20 for the 48 cases which your DC is still
      looking for, and $500.00.

      Open on INV-10412 after CM-2207: $2,055.20. I'd rather solve it with Devin's ticket than with a dunning letter.`,
      {
        cc: ['devin'],
        tags: ['dispute', 'short_payment'],
        notes: [
          [
            'tomas',
            '09-16 16:30',
            'Applied 39,157.60 + CM-2207. Residual 2,055.20 coded DISPUTE-QTY so it stays off the automatic reminders.',
          ],
        ],
      },
    ],
    ['09-24 09:05', 'marcus', `Devin, it has been three weeks since the DC ticket. Is there an answer on Door 31?`],
    ['09-24 13:41', 'devin', `Ticket is in queue. No ETA.`],
    [
      '10-05 10:30',
      'marcus',
      `Devin,

      Checking in. 33 days now. If a name at Groveport would help, I'm glad to call them myself.`,
      { cc: ['sunita'] },
    ],
    [
      '10-05 11:14',
      'sunita',
      `Marcus, forget the queue. I'm in Groveport on Thursday for the line review and will walk over to Door 31 with a
      clipboard like it's 1994.`,
    ],
    [
      '10-08 15:56',
      'sunita',
      `Found. One pallet keyed by hand on 7/24 against PO 4500718832 instead of ...823, two digits swapped. 48 cases (one of your short-built ones,
      plus 12 loose). Photo of the receiving sheet attached. We have been selling them under the wrong PO since August.

      Devin, please reverse half the claim and all of the fee.`,
      { cc: ['devin', 'gloria'], files: ['IMG_4412.jpg', 'IMG_4413.jpg'] },
    ],
    [
      '10-08 16:20',
      'marcus',
      `Sunita, I owe you a coffee the size of a pallet.

      Devin, does the photo do as carton-level proof?`,
      {
        notes: [
          [
            'marcus',
            '10-08 16:25',
            'Transposed PO number at their end. Expect 2,055.20 back once Devin reverses. Reminder set for the 20th.',
          ],
        ],
      },
    ],
    [
      '10-12 09:17',
      'devin',
      `Accepted. Claim MHG-88214 revised to 48 cs / $1,555.20. Repayment of $1,555.20 requested. The fee is reviewed
      separately by the compliance committee, which meets on the last Wednesday of the month.`,
    ],
    [
      '10-12 10:02',
      'dana',
      `Devin,

      Dana Whitfield here, I run credit and collections. Section 6.2 sets the fee for shortages above 5 % of the order. The
      shortage was 48 of 1,320, or 3.6 %. I don't see what is left for a committee to decide, but if it must meet, please put
      that arithmetic in front of it.`,
      { cc: ['gloria', 'sunita'], tags: ['escalation'] },
    ],
    [
      '10-29 11:28',
      'devin',
      `The committee has waived the fee as a one-time courtesy. $500.00 will be released with the repayment.`,
      { cc: ['gloria'] },
    ],
    [
      '11-10 14:19',
      'gloria',
      `Mr. Oyelaran, Ms. Whitfield,

      Run 1110 includes $2,055.20, being the reversal of MHG-88214 in part and of the fee. Remittance attached. From our side
      INV-10412 is closed.`,
      { files: ['Remit_1110_101733.xlsx'] },
    ],
    [
      '11-11 09:03',
      'tomas',
      `Received and applied this morning. INV-10412 is at zero. Thank you all.`,
      { cc: ['sunita', 'devin'] },
    ],
    [
      '11-11 09:44',
      'sunita',
      `Zero is my favorite number. And please let your packing line know that we like 60 on a pallet.`,
      {
        notes: [
          [
            'marcus',
            '11-11 10:10',
            'Closed after 86 days. Lesson for the team file: ask for the buyer and the overflow door on day one. Sent Sunita a bag of Cascade Ridge beans.',
          ],
        ],
      },
    ],
  ],
};

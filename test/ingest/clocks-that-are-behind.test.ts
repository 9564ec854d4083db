import { ANSWER, AR, answers, id, JOE, MARIA, ours, playStories } from '../support/mail-stories.ts';

/** An answer can't be before the mail that it answers by its Message-ID, whatever its clock says. */

const asked = { ...id('q@alder'), at: 1_000 };
const reminder = {
  ...ours,
  ...id('r@harborline'),
  subject: 'INV-7001',
  body: '<p>Please pay INV-7001.</p>',
  at: 1_000,
};
const replied = { ...answers('a@harborline', 'q@alder'), body: ANSWER, at: 700, announced: 1_200 };

playStories({
  'an answer whose clock is behind': [
    [
      'answers the question, and is shown after it',
      [asked, { ...ours, ...replied }],
      [
        { direction: 'inbound', requires_response: false, timestamp: 1_000 },
        { direction: 'outbound', timestamp: 1_001 },
      ],
      1,
    ],
    [
      'that is delivered before the question',
      [
        { ...ours, ...replied, thread_id: 'a' },
        { ...asked, thread_id: 'a' },
      ],
      [
        { direction: 'inbound', requires_response: false, timestamp: 1_000 },
        { direction: 'outbound', timestamp: 1_001 },
      ],
      1,
    ],
    [
      'and of which another mailbox tells too',
      [
        asked,
        { ...ours, ...replied },
        { ...ours, ...replied, box: 'jane', folders: ['INBOX'], cc: [{ email: 'jane@harborline.example' }] },
      ],
      [{ requires_response: false }, { direction: 'outbound', timestamp: 1_001 }],
      1,
    ],
    [
      'of a customer: our reminder doesn’t answer it',
      [
        { ...reminder, thread_id: 'a' },
        { ...answers('c@alder', 'r@harborline'), at: 900, announced: 1_200, thread_id: 'a' },
      ],
      [
        { direction: 'outbound', timestamp: 1_000 },
        { direction: 'inbound', requires_response: true, timestamp: 1_001 },
      ],
      1,
    ],
    [
      'of a customer, delivered before our reminder',
      [
        { ...answers('c@alder', 'r@harborline'), at: 900, announced: 1_200, thread_id: 'a' },
        { ...reminder, thread_id: 'a', announced: 1_200 },
      ],
      [
        { direction: 'outbound', timestamp: 1_000 },
        { direction: 'inbound', requires_response: true, timestamp: 1_001 },
      ],
      1,
    ],
  ],
  'no clock is corrected': [
    [
      'for an answer in the provider’s conversation without the Message-ID',
      [
        { ...asked, thread_id: 'a' },
        { ...ours, ...id('a@harborline'), body: ANSWER, thread_id: 'a', at: 700, announced: 1_200 },
      ],
      [
        { direction: 'outbound', timestamp: 700 },
        { direction: 'inbound', requires_response: true, timestamp: 1_000 },
      ],
    ],
    [
      'where several mails have the Message-ID',
      [
        asked,
        {
          ...asked,
          from: [JOE],
          subject: 'Question on INV-8001',
          body: '<p>When must we pay INV-8001?</p>',
          at: 1_100,
        },
        { ...ours, ...replied, to: [MARIA], from: [AR] },
      ],
      [
        { direction: 'outbound', timestamp: 700 },
        { timestamp: 1_000 },
        { customer_name: 'Birch Motors', requires_response: true, timestamp: 1_100 },
      ],
    ],
  ],
});

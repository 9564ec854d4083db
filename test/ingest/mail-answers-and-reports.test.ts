import { expect } from 'vitest';
import { ALDER_AP, ANSWER, AR, JANE, JOE, ours, playStories, SAM } from '../support/mail-stories.ts';

playStories({
  'what answers': [
    [
      'an answer to the asker',
      [{ thread_id: 'a' }, { ...ours, thread_id: 'a', body: ANSWER }],
      [{ requires_response: false }, {}],
    ],
    [
      'an answer to another of the same customer',
      [{ thread_id: 'a' }, { ...ours, to: [ALDER_AP], thread_id: 'a', body: ANSWER }],
      [{ requires_response: false }, {}],
    ],
    [
      'a forward to a colleague',
      [{ thread_id: 'a' }, { ...ours, to: [SAM], thread_id: 'a', subject: 'WG: Question', body: ANSWER }],
      [{ requires_response: true }, {}],
    ],
    [
      'a forward to a colleague, the asker in copy of nothing',
      [{ thread_id: 'a' }, { ...ours, to: [SAM, JANE], thread_id: 'a', body: ANSWER }],
      [{ requires_response: true }, {}],
    ],
    [
      'a mail to another customer',
      [{ thread_id: 'a' }, { ...ours, to: [JOE], thread_id: 'a', body: '<p>See INV-8001.</p>' }],
      [{ requires_response: true }, {}],
    ],
    [
      'our own absence',
      [
        { thread_id: 'a' },
        { ...ours, thread_id: 'a', subject: 'Abwesenheit: Question', body: '<p>Ich bin im Urlaub.</p>' },
      ],
      [{ requires_response: true }, {}],
    ],
    [
      'our own receipt',
      [
        { thread_id: 'a' },
        {
          ...ours,
          thread_id: 'a',
          subject: 'Gelesen: Question',
          body: '<p>Ihre Nachricht An: AR wurde am Montag gelesen.</p>',
        },
      ],
      [{ requires_response: true }, {}],
    ],
    [
      'our own thumb',
      [{ thread_id: 'a' }, { ...ours, thread_id: 'a', subject: 'Re: Question', body: '<p>👍</p>' }],
      [{ requires_response: true }, {}],
    ],
    [
      'our system’s confirmation',
      [
        { thread_id: 'a' },
        {
          ...ours,
          from: [{ email: 'noreply@harborline.example' }],
          thread_id: 'a',
          subject: 'We received your mail',
          body: '<p>This is an automated message.</p>',
        },
      ],
      [{ requires_response: true }, {}],
    ],
    [
      'our acceptance of a meeting',
      [
        { thread_id: 'a' },
        {
          ...ours,
          thread_id: 'a',
          subject: 'Zugesagt: Call',
          body: '',
          attachments: [{ id: 'i', filename: 'invite.ics', content_type: 'text/calendar; method=REPLY', size: 9 }],
        },
      ],
      [{ requires_response: true }, {}],
    ],
    [
      'a mail that waits to be sent',
      [{ thread_id: 'a' }, { ...ours, folders: ['Postausgang'], thread_id: 'a', body: ANSWER }],
      [{ requires_response: true }],
    ],
    [
      'a note to ourselves',
      [{ thread_id: 'a' }, { ...ours, to: [AR], thread_id: 'a', body: ANSWER }],
      [{ requires_response: true }, {}],
    ],
    [
      'an answer that arrives first',
      [
        { ...ours, thread_id: 'a', body: ANSWER, at: 300, announced: 301 },
        { thread_id: 'a', at: 100, announced: 900 },
      ],
      [{ requires_response: false }, {}],
    ],
  ],
  'a report about a delivery': [
    [
      'says whom the mail did not reach',
      [
        {
          from: [{ name: 'Mail Delivery System', email: 'MAILER-DAEMON@mx.isp.example' }],
          subject: 'Undelivered Mail Returned to Sender',
          body: `<pre>This is the mail system at host mx.isp.example.\n${'I am sorry to have to inform you that your message could not be delivered. '.repeat(4)}\n&lt;maria@alder.example&gt;: host said: 550 5.1.1 unknown</pre>`,
        },
      ],
      [
        {
          customer_name: 'Alder Foods',
          requires_response: false,
          preview: expect.stringContaining('Not delivered to maria@alder.example'),
        },
      ],
    ],
    [
      'of Exchange in Spanish',
      [
        {
          from: [
            {
              name: 'Microsoft Outlook',
              email: 'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@harborline.onmicrosoft.example',
            },
          ],
          subject: 'No se puede entregar: INV-8001',
          body: '<p>No se pudo entregar el mensaje a joe@birch.example.</p>',
        },
      ],
      [
        {
          customer_name: 'Birch Motors',
          requires_response: false,
          direction: 'inbound',
          preview: expect.stringContaining('joe@birch.example'),
        },
      ],
    ],
    [
      'of Domino',
      [
        {
          from: [{ email: 'postmaster@alder.example' }],
          subject: 'DELIVERY FAILURE: User maria (maria@alder.example) not listed in Domino Directory',
          body: '<p>Your message</p>',
        },
      ],
      [{ customer_name: 'Alder Foods', requires_response: false }],
    ],
    [
      'goods that were not delivered are a person’s matter',
      [{ subject: 'Not delivered: goods of INV-7001', body: '<p>Three boxes are missing on INV-7001.</p>' }],
      [{ customer_name: 'Alder Foods', requires_response: true }],
    ],
  ],
});

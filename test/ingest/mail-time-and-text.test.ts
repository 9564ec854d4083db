import { playStories } from '../support/mail-stories.ts';

playStories({
  'time and text': [
    ['a clock that runs ahead', [{ at: 3_000, announced: 60 }], [{ timestamp: 60 }]],
    [
      'a body that comes later',
      [
        { id: 'late', type: 'message.created.truncated', body: undefined, snippet: 'When must' },
        { id: 'late', at: 0, type: 'message.updated' },
      ],
      [{ preview: 'When must we pay INV-7001?' }],
    ],
    [
      'until then the snippet',
      [{ body: undefined, type: 'message.created.truncated', snippet: 'When must' }],
      [{ preview: 'When must' }],
    ],
    [
      'a document marked inline',
      [
        {
          subject: 'See attached',
          body: '<p>Hello</p>',
          attachments: [
            {
              id: 'p',
              filename: 'remittance.pdf',
              content_type: 'application/pdf',
              size: 9,
              is_inline: true,
              content_id: 'x',
            },
          ],
        },
      ],
      [{ has_attachments: true, is_ar_related: true }],
    ],
    [
      'a picture that the body shows',
      [
        {
          body: '<p>Hello</p><img src="cid:logo@1">',
          subject: 'Hi',
          attachments: [
            {
              id: 'p',
              filename: 'logo.png',
              content_type: 'image/png',
              size: 9,
              is_inline: true,
              content_id: '<logo@1>',
            },
          ],
        },
      ],
      [{ has_attachments: false }],
    ],
    [
      'an image that the body does not show',
      [
        {
          body: '<p>Hello</p>',
          attachments: [
            {
              id: 'p',
              filename: 'cheque.jpg',
              content_type: 'image/jpeg',
              size: 9,
              is_inline: true,
              content_id: '<c@1>',
            },
          ],
        },
      ],
      [{ has_attachments: true }],
    ],
    [
      'a packed attachment',
      [
        {
          body: '<p>Hello</p>',
          attachments: [{ id: 'w', filename: 'winmail.dat', content_type: 'application/ms-tnef', size: 900 }],
        },
      ],
      [{ has_attachments: true }],
    ],
  ],
});

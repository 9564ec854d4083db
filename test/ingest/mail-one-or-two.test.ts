import { ALDER_AP, AR, answers, id, JANE, JOE, MARIA, ours, playStories, REMITTANCE } from '../support/mail-stories.ts';

playStories({
  'one mail, or two': [
    [
      'a reused junk id, other customers',
      [id('@'), { ...id('@'), from: [JOE], body: '<p>INV-8001 is wrong.</p>' }],
      [{ customer_name: 'Alder Foods' }, { customer_name: 'Birch Motors' }],
      2,
    ],
    [
      'an id of the ERP for every mail',
      [
        { ...id('1@erp'), body: REMITTANCE },
        { ...id('1@erp'), at: 5, subject: 'Remittance 2', body: '<p>We pay INV-7002 today.</p>' },
      ],
      [{}, {}],
    ],
    [
      'a move to a folder, other provider id',
      [{ ...id('m1@a') }, { ...id('m1@a'), at: 0, announced: 500, folders: ['Label_9'] }],
      [{}],
    ],
    ['two mailboxes seconds apart, no headers', [{ to: [AR, JANE] }, { to: [AR, JANE], box: 'jane', at: 4 }], [{}]],
    [
      'two mailboxes, the gateway tags one',
      [{ to: [AR, JANE] }, { to: [AR, JANE], box: 'jane', at: 2, subject: 'EXTERNAL: Question on INV-7001' }],
      [{}],
    ],
    ['two different mails in one second', [{}, { at: 0, body: '<p>Forget it, INV-7001 is paid.</p>' }], [{}, {}]],
    ['the same words of two people in one second', [{}, { at: 0, from: [ALDER_AP] }], [{}, {}]],
    [
      'a reminder sent to two customers at once',
      [
        { ...ours, body: '<p>Please pay.</p>', subject: 'Reminder' },
        { ...ours, at: 0, to: [JOE], body: '<p>Please pay.</p>', subject: 'Reminder' },
      ],
      [{ customer_name: 'Alder Foods' }, { customer_name: 'Birch Motors' }],
      2,
    ],
    [
      'the journal’s copy of a mail, with its headers',
      [{ ...id('j1@a') }, { ...id('j1@a'), box: 'jane', at: 1, to: [AR], folders: ['INBOX'] }],
      [{}],
    ],
  ],
  'what known_contacts keeps': [
    [
      'a reply from a private address',
      [
        { box: 'jane', from: [JANE], to: [MARIA], folders: ['SENT'], ...id('k1@h'), thread_id: 'p1' },
        {
          box: 'jane',
          from: [{ name: 'M', email: 'maria.private@gmail.com' }],
          to: [JANE],
          ...answers('k2@g', 'k1@h'),
          thread_id: 'p2',
        },
      ],
      [{ direction: 'outbound' }, { direction: 'inbound', customer_name: 'Alder Foods', requires_response: true }],
    ],
    [
      'a report without headers, by its words',
      [
        {
          box: 'jane',
          from: [{ name: 'Mail', email: 'system@isp.example' }],
          to: [JANE],
          subject: 'Unzustellbar: INV-7001',
          body: '<p>Ihre Nachricht an maria@alder.example konnte nicht zugestellt werden.</p>',
        },
      ],
      [{ customer_name: 'Alder Foods', requires_response: false }],
    ],
    [
      'a mail that a group address rewrote',
      [{ box: 'jane', from: [{ name: "'Maria Alder' via AR", email: AR.email }], reply_to: [MARIA], to: [AR] }],
      [{ direction: 'inbound', customer_name: 'Alder Foods' }],
    ],
    ['nothing of strangers', [{ box: 'jane', from: [{ email: 'x@stranger.example' }], to: [JANE] }], []],
  ],
});

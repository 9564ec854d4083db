import type { Conversation } from '../script.ts';

/** Brandt Feinkost: bookkeeping in Hamburg, a warehouse near Chicago, letters in German. Tomas reads it well enough. */
export const brandtStories: readonly Conversation[] = [
  {
    key: 'brandt-skonto',
    customer: 'brandt',
    with: 'heike',
    subject: 'Skontoabzug INV-10399',
    invoices: [10399],
    resolved: true,
    mail: [
      [
        '07-21 03:42',
        'heike',
        `Sehr geehrte Damen und Herren,

        wir haben heute Ihre Rechnung INV-10399 abzüglich 2 % Skonto angewiesen (11.015,20 USD). Wir bitten um Kenntnisnahme.`,
        { files: ['Zahlungsavis_2026-07-21.pdf'] },
      ],
      [
        '07-21 08:50',
        'tomas',
        `Sehr geehrte Frau Sommer,

        vielen Dank für die Zahlung. Ein Skonto ist bei Ihnen leider nicht vereinbart: Unsere Bedingungen sind 45 Tage netto, und die Zahlung kam am 47. Tag. Bitte überweisen Sie die
        Differenz von 224,80 USD mit der nächsten Zahlung.`,
        { tags: ['short_payment'] },
      ],
      [
        '07-22 02:15',
        'heike',
        `Sehr geehrter Herr Lindqvist,

        nach unseren Unterlagen gilt die Rahmenvereinbarung vom 14.03.2024, Ziffer 5.2: "2 % Skonto bei Zahlung binnen 50 Tagen". Anbei die unterzeichnete Fassung.`,
        { files: ['Rahmenvereinbarung_2024-03-14_gez.pdf'] },
      ],
      [
        '07-22 09:26',
        'tomas',
        `Sehr geehrte Frau Sommer,

        in unserer Fassung steht in Ziffer 5.2 "15 Tagen". Ich lege sie bei. Vielleicht gibt es zwei Entwürfe? Ich frage bei Herrn Brandt nach, der unterschrieben hat.`,
        {
          files: ['Framework_agreement_2024-03-14_countersigned.pdf'],
          cc: ['jonas'],
          notes: [
            [
              'tomas',
              '07-22 09:40',
              'Their scan has no counter-signature page. Ours has both signatures. Being polite until Jonas answers.',
            ],
          ],
        },
      ],
      [
        '07-27 14:18',
        'jonas',
        `Moin zusammen. Heike hat den Entwurf abgelegt, Northbrook hat recht, es sind 15 Tage. Mein Fehler. Bitte nachzahlen.`,
      ],
      [
        '07-28 02:55',
        'heike',
        `Sehr geehrter Herr Lindqvist, dann entschuldige ich mich. Der Restbetrag von 224,80 USD wird mit dem Lauf vom 20.08. überwiesen.`,
      ],
      [
        '07-28 08:31',
        'tomas',
        `Kein Grund zur Entschuldigung, Frau Sommer, die Ablage war gründlich und nur das Blatt war falsch. Der 20.08. ist notiert.`,
        { tags: ['promise_to_pay'] },
      ],
      [
        '08-20 03:30',
        'heike',
        `Der Betrag ist heute angewiesen. Avis anbei.`,
        { files: ['Zahlungsavis_2026-08-20.pdf'] },
      ],
    ],
  },
  {
    key: 'brandt-wire-fee',
    customer: 'brandt',
    with: 'heike',
    subject: 'Zahlung INV-10415: es fehlen 45,00 USD',
    invoices: [10415],
    resolved: true,
    mail: [
      [
        '09-15 09:05',
        'tomas',
        `Sehr geehrte Frau Sommer,

        zu INV-10415 sind 8.889,00 USD eingegangen, in Rechnung gestellt waren 8.934,00 USD. Die 45,00 USD hat offenbar eine Korrespondenzbank einbehalten. Könnten Sie Ihre Überweisungen künftig mit "OUR" beauftragen?`,
        { tags: ['short_payment'] },
      ],
      [
        '09-16 01:58',
        'heike',
        `Sehr geehrter Herr Lindqvist,

        unsere Hausbank bietet bei USD nur SHA an. Wir schlagen vor, die Gebühren hälftig zu teilen. Für die Zukunft prüfen wir ein USD-Konto in Chicago.`,
      ],
      [
        '09-17 10:12',
        'dana',
        `Sehr geehrte Frau Sommer, einverstanden: 22,50 USD buchen wir aus, 22,50 USD nehmen Sie bitte in die nächste Zahlung. Mit dem Konto in Chicago wäre uns beiden geholfen.`,
      ],
      [
        '10-02 02:40',
        'heike',
        `22,50 USD wurden heute mit überwiesen. Das USD-Konto ist eröffnet, ab Rechnung INV-10425 zahlen wir per ACH.`,
      ],
      ['10-02 08:47', 'tomas', `Wunderbar, vielen Dank.`],
    ],
  },
  {
    key: 'brandt-copy',
    customer: 'brandt',
    with: 'heike',
    subject: 'Rechnungskopie mit USt-IdNr.',
    source: 'import',
    invoices: [10382],
    resolved: true,
    mail: [
      [
        '05-05 02:20',
        'heike',
        `Guten Tag,

        für unsere Betriebsprüfung benötigen wir INV-10382 noch einmal, mit unserer USt-IdNr. DE 000 000 000 und der Anschrift der Hamburger Zentrale. Ist das möglich?`,
      ],
      [
        '05-05 09:15',
        'tomas',
        `Guten Tag Frau Sommer, gern. Anbei die Kopie mit beiden Angaben; Nummer und Betrag (9.615,00 USD) sind unverändert.`,
        { files: ['INV-10382_Kopie.pdf'] },
      ],
      ['05-06 01:47', 'heike', `Herzlichen Dank für die schnelle Hilfe!`],
    ],
  },
  {
    key: 'brandt-dublette',
    customer: 'brandt',
    with: 'heike',
    subject: 'Mögliche Dublette INV-10438?',
    invoices: [10438],
    mail: [
      [
        '11-19 02:33',
        'heike',
        `Sehr geehrter Herr Lindqvist,

        INV-10438 haben wir am 15.10. per E-Mail und am 11.11. noch einmal per Post erhalten, die Postfassung mit anderer Bestellnummer (B-3391 statt B-3319). Welche gilt? Bis zur Klärung ist die Rechnung gesperrt, fällig wäre sie am 28.11.`,
        { files: ['Scan_INV-10438_Post.pdf'], needsReply: true },
      ],
    ],
  },
];

import { describe, expect, it } from 'vitest';
import { classifyAr } from '../../src/mail/ar-classifier.ts';
import { isNoReplyAddress } from '../../src/mail/no-reply.ts';
import { detectProgram, type ProgramDetectorInput } from '../../src/mail/programs.ts';
import { withoutGatewayTags } from '../../src/mail/subject.ts';
import { processorMilliseconds } from '../support/processor-time.ts';

/** To teach the rules a mail that they take wrongly, add it to a table. Each row is a mail as a program or a person sent it. */

const person: ProgramDetectorInput = {
  subject: '',
  text: 'I am away.',
  from: 'maria@alder.example',
  attachments: [],
  headers: [],
};
const kindOf = (mail: Partial<ProgramDetectorInput>) => detectProgram({ ...person, ...mail })?.kind ?? 'person';
const header = (name: string, value: string) => ({ headers: [{ name, value }] });

describe('subjects of automatic replies', () => {
  it.each([
    'Automatic reply: Invoice 1001',
    'Out of Office AutoReply: Invoice 1001',
    'Out of Office: Re: Invoice 1001',
    'Auto-Reply: out of the office',
    'Automatische Antwort: Rechnung 1001',
    'Abwesenheitsnotiz: Rechnung 1001',
    'Abwesend: Rechnung 1001',
    'Réponse automatique : Facture 1001',
    'Absence du bureau : Facture 1001',
    'Respuesta automática: Factura 1001',
    'Fuera de la oficina: Factura 1001',
    'Risposta automatica: Fattura 1001',
    'Automatisch antwoord: Factuur 1001',
    'Afwezigheidsbericht: Factuur 1001',
    'Resposta automática: Fatura 1001',
    'Odpowiedź automatyczna: faktura 1001',
    'Automatiskt svar: Faktura 1001',
    'Automatisk svar: Faktura 1001',
    'Fraværsmelding: Faktura 1001',
    'Automaattinen vastaus: Lasku 1001',
    'Automatická odpověď: Faktura 1001',
    'Automatická odpoveď: Faktúra 1001',
    'Automatikus válasz: Számla 1001',
    'Răspuns automat: Factura 1001',
    'Otomatik yanıt: 1001',
    'OTOMATİK YANIT: 1001',
    'Автоматический ответ: Счёт 1001',
    'Автоматична відповідь: Рахунок 1001',
    'Автоматичен отговор: Фактура 1001',
    'Αυτόματη απάντηση: Τιμολόγιο 1001',
    'Automatski odgovor: Račun 1001',
    'Samodejni odgovor: Račun 1001',
    'Automaatvastus: Arve 1001',
    'Automātiskā atbilde: Rēķins 1001',
    'Automatinis atsakymas: Sąskaita 1001',
    '自動応答: 請求書 1001',
    '【自動返信】請求書 1001',
    '自动答复: 发票 1001',
    '自动回复：发票 1001',
    '自動回覆: 發票 1001',
    '자동 회신: 송장 1001',
    '자동회신: 송장 1001',
    'תשובה אוטומטית: חשבונית 1001',
    '\u200Fالرد التلقائي: فاتورة 1001',
    'رد تلقائي: فاتورة 1001',
    'ตอบกลับอัตโนมัติ: ใบแจ้งหนี้ 1001',
    'Trả lời tự động: Hóa đơn 1001',
    'Balasan otomatis: Faktur 1001',
    '[EXTERNAL] Automatic reply: Invoice 1001',
    '[EXT] [AR] Automatische Antwort: Rechnung 1001',
    'EXTERNAL: Automatic reply: Invoice 1001',
    '*** EXTERNAL *** Odpowiedź automatyczna: faktura 1001',
    '(External) Réponse automatique : Facture 1001',
  ])('%s', (subject) => {
    expect(kindOf({ subject })).toBe('reply');
  });
});

describe('subjects of reports about a delivery', () => {
  it.each([
    'Undeliverable: Invoice 1001',
    'Delivery Status Notification (Failure)',
    'Delivery Status Notification (Delay)',
    'Mail delivery failed: returning message to sender',
    'Undelivered Mail Returned to Sender',
    'Returned mail: see transcript for details',
    'failure notice',
    'Unzustellbar: Rechnung 1001',
    'Nicht zustellbar: Rechnung 1001',
    'Non remis : Facture 1001',
    'No se puede entregar: Factura 1001',
    'Non recapitabile: Fattura 1001',
    'Onbestelbaar: Factuur 1001',
    'Não é possível entregar: Fatura 1001',
    'Niedostarczalne: Faktura 1001',
    'Nie można dostarczyć: Faktura 1001',
    'Går inte att leverera: Faktura 1001',
    'Kan ikke leveres: Faktura 1001',
    'Toimitus ei onnistu: Lasku 1001',
    'Nedoručitelné: Faktura 1001',
    'Kézbesíthetetlen: Számla 1001',
    'Nelivrabil: Factura 1001',
    'Teslim edilemedi: Fatura 1001',
    'Не удается доставить: Счёт 1001',
    'Не вдається доставити: Рахунок 1001',
    'Δεν είναι δυνατή η παράδοση: Τιμολόγιο 1001',
    '配信不能: 請求書 1001',
    '无法投递: 发票 1001',
    '無法傳遞: 發票 1001',
    '배달되지 않음: 송장 1001',
    'לא ניתן למסירה: חשבונית 1001',
    'تعذر التسليم: فاتورة 1001',
    '[EXTERNAL] Undeliverable: Invoice 1001',
  ])('%s', (subject) => {
    expect(kindOf({ subject })).toBe('bounce');
  });

  it.each([
    'mailer-daemon@googlemail.com',
    'MAILER-DAEMON@mx.alder.example',
    'postmaster@alder.example',
    'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@alder.onmicrosoft.example',
    'Mail-Delivery-System@mx.alder.example',
  ])('from %s, whatever the subject', (from) => {
    expect(kindOf({ from, subject: 'Rechnung 1001' })).toBe('bounce');
  });
});

describe('what programs say of themselves', () => {
  it.each([
    ['reply', header('Auto-Submitted', 'auto-replied')],
    ['reply', header('X-Autoreply', 'yes')],
    ['reply', header('X-Auto-Reply-From', 'maria@alder.example')],
    ['reply', header('Precedence', 'auto_reply')],
    ['reply', header('Return-Path', '<>')],
    ['bounce', header('Content-Type', 'multipart/report; report-type=delivery-status; boundary=x')],
    ['bounce', header('X-Failed-Recipients', 'joe@birch.example')],
    ['receipt', header('Content-Type', 'multipart/report; report-type="disposition-notification"')],
    ['calendar', header('Content-Class', 'urn:content-classes:calendarmessage')],
    ['calendar', header('Content-Type', 'text/calendar; method=REPLY; charset=utf-8')],
    ['notice', header('Auto-Submitted', 'auto-generated')],
    ['bulk', header('List-Unsubscribe', '<mailto:leave@news.example>')],
    ['person', header('Auto-Submitted', 'no')],
    ['person', header('X-Autoreply', 'no')],
    ['person', header('Return-Path', '<maria@alder.example>')],
  ] as const)('%s: %j', (kind, mail) => {
    expect(kindOf({ subject: 'Invoice 1001', ...mail })).toBe(kind);
  });

  it.each([
    ['bounce', { filename: '', contentType: 'message/delivery-status' }],
    ['receipt', { filename: 'details.txt', contentType: 'message/disposition-notification' }],
    ['calendar', { filename: 'invite.ics', contentType: 'text/calendar; charset=utf-8; method=REPLY' }],
    ['reaction', { filename: '', contentType: 'text/vnd.google.email-reaction+json' }],
    ['person', { filename: 'invite.ics', contentType: 'text/calendar; method=REQUEST' }],
    ['person', { filename: 'invoice.pdf', contentType: 'application/pdf' }],
  ] as const)('%s: attached %j', (kind, attachment) => {
    expect(kindOf({ subject: 'Invoice 1001', attachments: [attachment] })).toBe(kind);
  });
});

describe('answers of a calendar', () => {
  const ics = { attachments: [{ filename: 'invite.ics', contentType: 'application/ics' }] };
  it.each([
    'Accepted: Review of invoice 1001',
    'Declined: Review of invoice 1001',
    'Tentatively Accepted: Review',
    'Zugesagt: Rechnungen',
    'Abgelehnt: Rechnungen',
    'Accepté : Factures',
    'Aceptada: Facturas',
    'Accettato: Fatture',
    'Geaccepteerd: Facturen',
    'Aceito: Faturas',
    'Zaakceptowano: Faktury',
    'Accepterat: Fakturor',
    'Hyväksytty: Laskut',
    'Přijato: Faktury',
    'Elfogadva: Számlák',
    'Kabul Edildi: Faturalar',
    'Принято: Счета',
    'Прийнято: Рахунки',
    '承諾: 請求書',
    '已接受: 发票',
    '수락: 송장',
    'התקבל: חשבוניות',
    '[EXTERNAL] Accepted: Invoices',
  ])('%s with a calendar file', (subject) => {
    expect(kindOf({ subject, ...ics })).toBe('calendar');
  });

  it('knows the text that calendars write', () => {
    const text = 'Maria Alder has accepted this invitation.';
    expect(kindOf({ subject: 'Accepted: Review @ Fri Nov 6, 2026', text })).toBe('calendar');
  });
});

describe('receipts', () => {
  it.each([
    ['Read: Invoice 1001', 'Your message To: Maria Subject: Invoice 1001 Sent: Monday was read on Tuesday.'],
    ['Not read: Invoice 1001', 'Your message To: Maria was deleted without being read on Tuesday.'],
    ['Gelesen: Rechnung 1001', 'Ihre Nachricht An: Maria Betreff: Rechnung wurde am Montag gelesen.'],
    ['Lu : Facture 1001', 'Votre message À : Maria a été lu le lundi.'],
    ['Leído: Factura 1001', 'Su mensaje Para: Maria fue leído el lunes.'],
    ['Przeczytano: Faktura', 'Twoja wiadomość Do: Maria została przeczytana'],
  ])('%s', (subject, text) => {
    expect(kindOf({ subject, text })).toBe('receipt');
  });
});

describe('reactions', () => {
  it.each([
    '👍 Maria Alder reacted via Gmail',
    'Maria Alder reacted to your message: ❤️',
    '👍 Maria Alder hat über Gmail reagiert',
    '👍 Maria Alder a réagi via Gmail',
    'Maria Alder hat auf Ihre Nachricht reagiert: 👍',
  ])('%s', (text) => {
    expect(kindOf({ subject: 'Re: Invoice 1001', text })).toBe('reaction');
  });
});

describe('what people write', () => {
  it.each([
    'Accepted: invoice 1001',
    'Read: invoice 1001',
    'Declined: your offer on invoice 1001',
    'Delivered: goods of invoice 1001',
    'Re: Automatic reply: Invoice 1001',
    'FW: Undeliverable: Invoice 1001',
    'AW: Abwesenheitsnotiz: Rechnung 1001',
    '[EXTERNAL] Re: Automatic reply: Invoice 1001',
    'Out of office next week, who approves invoice 1001?',
    'Ausencia de pago de la factura 1001',
    'Absence de paiement, facture 1001',
    'Undeliverable goods on invoice 1001',
    'Automatic payment of invoice 1001',
    'Odpowiedź w sprawie faktury 1001',
    'Zugesagt hatten Sie eine Gutschrift',
    'Отпуск товара по счёту 1001',
    'Failed: payment of invoice 1001',
  ])('%s', (subject) => {
    expect(kindOf({ subject, text: 'Please see invoice 1001. We reacted late, sorry.' })).toBe('person');
  });
});

describe('isNoReplyAddress', () => {
  it.each(
    [
      'no-reply noreply no_reply no.reply noreply2 noreply-payments payments-noreply paymentsnoreply do-not-reply donotreply do.not.reply',
      'dontreply ne-pas-repondre nepasrepondre ne_pas_repondre.factures nicht-antworten nichtantworten keine.antwort bitte-nicht-antworten',
      'no-responder noresponder no-contestar non-rispondere nonrispondere niet-beantwoorden niet.antwoorden geenantwoord nao-responder',
      'naoresponda nie-odpowiadaj nieodpowiadaj svara-inte svar-ikke ikke-svar ala-vastaa eivastausta neodpovidat neodpovedajte',
      'ne-valaszolj nu-raspunde nuraspundeti yanitlamayin ne-otvechat neotvechat automat.no-reply 123noreply',
    ]
      .join(' ')
      .split(' '),
  )('%s@', (local) => {
    expect(isNoReplyAddress(`${local}@alder.example`)).toBe(true);
  });

  it.each([
    'maria',
    'reply',
    'no',
    'nora.replyington',
    'casino.reply',
    'answers',
    'antwort',
    'accounts',
    'billing',
    'norreply',
  ])('%s@ is read', (local) => {
    expect(isNoReplyAddress(`${local}@alder.example`)).toBe(false);
  });

  it('where answers go to a person, the person wrote', () => {
    const from = 'no-reply@portal.example';
    expect(kindOf({ from })).toBe('notice');
    expect(kindOf({ from, replyTo: ['maria@alder.example'] })).toBe('person');
    expect(kindOf({ from, replyTo: ['noreply@portal.example'] })).toBe('notice');
  });
});

describe('withoutGatewayTags', () => {
  it.each([
    ['[EXTERNAL] Invoice', 'Invoice'],
    ['[EXT] [AR] Invoice', 'Invoice'],
    ['EXTERNAL: Invoice', 'Invoice'],
    ['(External) Invoice', 'Invoice'],
    ['{EXTERNAL} Invoice', 'Invoice'],
    ['***SPAM*** Invoice', 'Invoice'],
    ['*EXT* Invoice', 'Invoice'],
    ['[Extern] Rechnung', 'Rechnung'],
    ['[EXTERNAL]', '[EXTERNAL]'],
    ['External audit of invoices', 'External audit of invoices'],
    ['Re: [EXTERNAL] Invoice', 'Re: [EXTERNAL] Invoice'],
    ['', ''],
  ])('%j → %j', (subject, expected) => {
    expect(withoutGatewayTags(subject)).toBe(expected);
  });
});

it('takes no longer for hostile texts', () => {
  const mib = 1024 * 1024;
  const took = processorMilliseconds(() => {
    for (const piece of [
      '[',
      '[a] ',
      'a',
      'e\u0301',
      '\uFDFA',
      'ext: ',
      '*',
      'your message ',
      'автоответ ',
      '（',
      ': ',
    ])
      detectProgram({ ...person, subject: piece.repeat(mib / piece.length), text: piece.repeat(mib / piece.length) });
  });

  expect(took).toBeLessThan(11 * 500);
});

describe('an address called bounce', () => {
  it.each([
    'bounces+4711-ann=acme.example@mail.example',
    'bounce-123@list.example',
    'bounce_7_ann=acme.example@list.example',
    'bounces-6734521-abc@list.example',
    'bounce.20261102.ann@list.example',
  ])('%s is a mail server’s', (from) => expect(kindOf({ from })).toBe('bounce'));

  it.each([
    'bounce.house@party.example',
    'bounces@party.example',
    'bounce@party.example',
    'bouncer@club.example',
    'bounce-house@party.example',
  ])('%s may be a person’s', (from) => {
    expect(kindOf({ from, text: 'When do we pay invoice 1001?' })).toBe('person');
    expect(kindOf({ from, ...header('Content-Type', 'multipart/report; report-type=delivery-status') })).toBe('bounce');
    expect(kindOf({ from, ...header('Return-Path', '<>') })).not.toBe('person');
    expect(kindOf({ from, subject: 'Undelivered Mail Returned to Sender' })).toBe('bounce');
  });
});

describe('the prefix of an answer', () => {
  it.each([
    'Re',
    'RE[2]',
    'Re (3)',
    'Fwd',
    'AW',
    'WG',
    'SV',
    'VS',
    'TR',
    'RV',
    'RIF',
    'R',
    'ENC',
    'Odp',
    'YNT',
    'İLT',
    'ΑΠ',
    'VÁ',
    'ПР',
    'Doorst',
    '回复',
    '返信',
    '회신',
    'השב',
    'رد',
  ])('%s: leaves a notice of no reply to the person who answers it, and is no word itself', (prefix) => {
    expect(kindOf({ subject: `${prefix}: Advice`, text: 'Please do not reply to this email. Paid!' })).toBe('person');
    expect(kindOf({ subject: `[EXT] ${prefix}： Advice`, text: 'Please do not reply to this email.' })).toBe('person');
    expect(classifyAr({ ...person, subject: `${prefix}: `, text: '', hasInvoiceLink: false }).isArRelated).toBeNull();
  });
  it.each(['Ref', 'Invoice 1001', 'Attn', 'PO'])('%s: is none', (words) =>
    expect(kindOf({ subject: `${words}: Advice`, text: 'Please do not reply to this email.' })).toBe('notice'),
  );
});

describe('receipts in more languages', () => {
  it.each([
    ['Nieprzeczytane: Faktura 1001', 'Twoja wiadomość została usunięta bez przeczytania.'],
    ['Olvasva: számla 1001', 'Üzenetét elolvasták 2026-11-02.'],
  ])('%s', (subject, text) => {
    expect(kindOf({ subject, text })).toBe('receipt');
    expect(kindOf({ subject, text: '1001?' })).toBe('person');
  });
});

import { describe, expect, it } from 'vitest';
import { type ArClassifierInput, classifyAr } from '../../src/mail/ar-classifier.ts';
import { processorMilliseconds } from '../support/processor-time.ts';

const plain: ArClassifierInput = {
  subject: '',
  text: '',
  from: 'ann@acme.example',
  attachments: [],
  hasInvoiceLink: false,
  headers: [],
};

function judge(mail: Partial<ArClassifierInput>) {
  return classifyAr({ ...plain, ...mail });
}

const header = (name: string, value: string) => [{ name, value }];

describe('classifyAr', () => {
  it.each([
    ['Invoice overdue', ''],
    ['', 'When will you pay what is due?'],
    ['', 'Attached please find our remittance advice.'],
    ['Statement of account March', ''],
    ['PO number missing', ''],
    ['Quick question', 'Could you send me your bank details?'],
    ['Mahnung', ''],
    ['', 'Die Zahlungserinnerung haben wir erhalten, die Überweisung folgt.'],
    ['Offene Posten', ''],
    ['Factura vencida', ''],
    ['', 'Adjuntamos el estado de cuenta.'],
    ['Facture impayée', ''],
    ['', 'Le règlement est parti hier.'],
    ['Relance n° 2', ''],
    ['Sollecito di pagamento', ''],
    ['Betalingsherinnering', ''],
    ['Fatura em atraso', ''],
    ['Fakturanr. 5', ''],
    ['Wezwanie do zapłaty', ''],
    ['請求書の件', ''],
    ['发票', ''],
    ['INVOICES', ''],
    ['ＩＮＶＯＩＣＥ', ''],
  ])('%j / %j is about receivables', (subject, text) => {
    expect(judge({ subject, text })).toMatchObject({ isArRelated: true, automatic: false });
  });

  it.each([
    ['Lunch on Friday?', 'Shall we meet at noon?'],
    ['Re: Holiday photos', 'Lovely! Bill says hello.'],
    ['', 'Please update your account.'],
    ['Invoicer 3000', 'prepayments'],
    ['Meeting', 'Danke, bis morgen'],
  ])('%j / %j is not', (subject, text) => {
    expect(judge({ subject, text })).toMatchObject({ isArRelated: false, automatic: false });
  });

  it('says which rule decided', () => {
    expect(judge({ subject: 'Überfällige Rechnungen' }).reasons).toEqual(['word "uberfallige"']);
    expect(judge({ text: 'my account is due' }).reasons).toEqual(['words "account", "due"']);
    expect(judge({ subject: 'Hi', hasInvoiceLink: true }).reasons).toEqual(['invoice number']);
    expect(judge({ subject: 'Hi' }).reasons).toEqual(['no AR vocabulary']);
  });

  it('knows remittances and statements by the names of the files', () => {
    for (const filename of [
      'Remittance_2026-01.pdf',
      'statement.xlsx',
      'INV-1001.pdf',
      'Zahlungsavis_4711.pdf',
      'Kontoauszug.pdf',
    ]) {
      expect(judge({ subject: 'Hi', attachments: [{ filename }] })).toMatchObject({
        isArRelated: true,
        reasons: ['name of an attachment'],
      });
    }
    expect(judge({ subject: 'Hi', attachments: [{ filename: 'holiday.jpg' }] }).isArRelated).toBe(false);
    expect(
      judge({ subject: 'Hi', attachments: [{ filename: 'invoice-banner.png', isInline: true }] }).isArRelated,
    ).toBe(false);
  });

  it('does not know when there are no words', () => {
    for (const subject of ['', '   ', 'Re:', 'Fwd: Re: ', '…', '👍']) {
      expect(judge({ subject, attachments: [{ filename: 'image001.png', isInline: true }] })).toEqual({
        isArRelated: null,
        automatic: false,
        reasons: ['no words'],
      });
    }
  });

  it.each([
    'Automatic reply: Invoice INV-1001 overdue',
    'Out of Office: Re: Invoice',
    '[EXTERNAL] Out of office',
    'Abwesenheitsnotiz: Rechnung',
    'Automatische Antwort: Mahnung',
    'Réponse automatique : Facture',
    'Respuesta automática: Factura',
    'Risposta automatica: Fattura',
    'Automatisch antwoord: Factuur',
    'Autosvar: Faktura',
    '自動返信: 請求書',
    'Undeliverable: Invoice INV-1001',
    'Delivery Status Notification (Failure)',
  ])('%j is an automatic answer and not about receivables', (subject) => {
    expect(judge({ subject, hasInvoiceLink: true })).toMatchObject({ isArRelated: false, automatic: true });
  });

  it.each([
    ['Auto-Submitted', 'auto-replied'],
    ['X-Autoreply', 'yes'],
    ['X-Autorespond', 'Invoice'],
    ['Precedence', 'auto_reply'],
  ])('%s: %s marks an automatic answer', (name, value) => {
    expect(judge({ subject: 'Invoice', hasInvoiceLink: true, headers: header(name, value) })).toMatchObject({
      isArRelated: false,
      automatic: true,
    });
  });

  it.each([
    ['List-Unsubscribe', '<mailto:leave@news.example>'],
    ['List-Id', 'News <news.vendor.example>'],
    ['Precedence', 'bulk'],
    ['precedence', 'list'],
  ])('%s: %s marks a newsletter', (name, value) => {
    const newsletter = { subject: 'Ten tips for faster payments', headers: header(name, value) };
    expect(judge(newsletter)).toMatchObject({ isArRelated: false, automatic: true });
    // A payment portal sends this way too.
    expect(judge({ ...newsletter, hasInvoiceLink: true })).toMatchObject({ isArRelated: true, automatic: true });
  });

  it('sees through the marks of our own mailing list', () => {
    const headers = [...header('List-Id', '<ar.northwind.example>'), ...header('Precedence', 'list')];
    const mail = { subject: 'Invoice overdue', headers };
    expect(judge({ ...mail, ownDomains: ['northwind.example'] })).toMatchObject({
      isArRelated: true,
      automatic: false,
    });
    expect(judge({ ...mail, ownDomains: ['wind.example'] })).toMatchObject({ isArRelated: false, automatic: true });
  });

  it('knows programs that announce something: about receivables, but nobody waits for an answer', () => {
    const announced = { isArRelated: true, automatic: true };
    expect(judge({ subject: 'Payment advice', headers: header('Auto-Submitted', 'auto-generated') })).toMatchObject(
      announced,
    );
    expect(judge({ subject: 'Payment advice', from: 'no-reply@acme.example' })).toMatchObject(announced);
    expect(judge({ subject: 'Payment', headers: header('Auto-Submitted', 'no') })).toMatchObject({ automatic: false });
    expect(judge({ subject: 'Re: Automatic reply: Invoice' })).toMatchObject({ isArRelated: true, automatic: false });
    expect(judge({ subject: 'Mail', from: 'MAILER-DAEMON@mx.example' })).toMatchObject({
      isArRelated: false,
      automatic: true,
    });
  });

  it('is quick for long and hostile texts', () => {
    judge({ text: 'warm' });
    const took = processorMilliseconds(() => {
      for (const piece of ['lorem ipsum ', 'a', ' ', '\u0301', '請', 'accounts '])
        judge({ subject: piece.repeat(1_000), text: piece.repeat(1_000_000) });
    });
    expect(took).toBeLessThan(1_000);
  });
});

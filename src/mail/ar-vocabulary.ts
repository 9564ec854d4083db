/**
 * The vocabulary that marks a mail as being about receivables. Lists and texts are folded in the same way before they
 * are compared, so that marks and capitals don't matter. `*` stands for any ending (German compounds, inflection).
 */

/** One of these words is enough. */
export const AR_WORDS: Readonly<Record<string, string>> = {
  en:
    'invoice, invoices, invoiced, invoicing, payment, payments, paid, unpaid, prepaid, repayment, remittance, remittances, remit, remitted, ' +
    'overdue, past due, amount due, balance due, payment due, due date, due for payment, outstanding balance, outstanding amount, ' +
    'open balance, open items, account statement, statement of account, customer statement, aging report, ageing report, credit note, credit notes, ' +
    'credit memo, debit note, receivable, receivables, accounts payable, payables, dunning, collection agency, debt collection, wire transfer, bank transfer, ' +
    'ach transfer, direct debit, bank details, banking details, iban, purchase order, po number, short payment, underpaid, overpaid, overpayment, ' +
    'chargeback, promise to pay, pay run, payment run, late fee, late fees, late payment interest, billing, billed, proof of payment, cheque, refund, refunded',
  de:
    'rechnung*, zahlung*, bezahl*, gezahlt, beglichen, begleichen, mahnung*, gemahnt, mahnstufe, uberfallig*, faellig*, fallig*, offene posten, offener betrag, offene betrage, ' +
    'restbetrag, saldenbestatigung, saldo, kontoauszug, gutschrift*, uberweis*, uberwiesen, lastschrift*, sepa, zahlungsavis*, skonto, verzugszinsen, forderung*, ' +
    'debitor*, kreditor*, buchhaltung, inkasso, bestellnummer',
  es:
    'factura, facturas, facturacion, facturado, pago, pagos, pagado, pagada, pagadas, pagados, pagar, impago, impagada, impagadas, vencida, vencidas, vencido, vencimiento, ' +
    'saldo, adeudo, adeudado, deuda, cobro, cobros, cobranza, transferencia bancaria, transferencia, nota de credito, nota de debito, abono, remesa, estado de cuenta, ' +
    'extracto de cuenta, recordatorio de pago, cuentas por pagar, cuentas por cobrar, orden de compra',
  fr:
    'facture, factures, facturation, facturee, paiement, paiements, payer, payee, payees, paye, impaye, impayes, impayee, impayees, reglement, reglements, reglee, reglees, ' +
    'echeance, echeances, echue, echues, echu, relance, relances, virement, virements, prelevement, solde, avis de paiement, releve de compte, releve client, note de credit, ' +
    'avoir n, avoir no, recouvrement, creance, creances, comptabilite, comptes fournisseurs, bon de commande',
  it: 'fattura, fatture, fatturazione, pagamento, pagamenti, pagato, pagata, scaduta, scadute, scaduto, scadenza, bonifico, sollecito, estratto conto, nota di credito, insoluto, saldo',
  nl: 'factuur, facturen, betaling, betalingen, betaald, betalen, betalingsherinnering, aanmaning, openstaand, openstaande, vervallen, vervaldatum, creditnota, overschrijving, overgemaakt',
  pt: 'fatura, faturas, faturacao, nota fiscal, boleto, boletos, pagamento, pagamentos, pago, paga, vencida, vencido, vencimento, em atraso, cobranca, extrato de conta, nota de credito',
  nordic:
    'faktura*, betaling*, betalning*, betalt, betald, forfald*, forfall*, forfallen, kreditnota*, paminnelse, purring, inkasso, kreditnota, kontoutdrag, kontoutskrift, lasku, laskut, maksu, eraantynyt',
  pl: 'faktur*, platnosc*, zaplac*, zaplat*, oplac*, zalegl*, przelew, przelewu, przelewem, wezwanie do zaplaty, termin platnosci, nota korygujaca, korekta, korekty, korekte, naleznosc*, ponaglenie',
  cs: 'faktur*, platb*, uhrad*, zaplat*, splatn*, dluh*, dluzn*, pohledavk*, dobropis*, upomink*, proforma, bankovni prevod',
  sk: 'faktur*, platb*, uhrad*, zaplat*, splatn*, dlh, dlhu, pohladavk*, dobropis*, upomienk*',
  hu: 'szaml*, kifizet*, befizet*, fizetes*, fizetu*, fizetn*, fizettuk, atutal*, tartozas*, hatralek*, esedekes*, jovairas*, felszolitas*',
  ro: 'factur*, plata, plati, platii, platile, platit, platita, platim, achit*, scadenta, scadentei, soldul, creanta, creante, virament*, ordin de plata, nota de credit',
  tr: 'fatura*, odeme*, odendi, odedik, odeyecegiz, odenecek, odenmemis, borc, borcu, borcumuz, alacak, vade, vadesi, havale, dekont, mutabakat, ekstre, cari hesap',
  south_slavic:
    'racun, racuna, racunu, racune, racuni, racunom, faktur*, placanj*, placeno, placena, placil*, platit*, uplat*, isplat*, dospijec*, dospece*, dugovanj*, potrazivanj*, terjat*, opomin*, opomen*, dobropis*, nakazil*, zapadl*',
  baltic:
    'arve, arved, arveid, arvete, makse, makset, maksed, maksta, tasumata, volgnevus*, kreeditarve, rekin*, maksajum*, apmaks*, samaks*, kreditrekin*, saskait*, apmoke*, mokejim*, sumoke*, kreditine',
  fi: 'laskun, laskua, laskuja, laskusta, laskuun, laskuista, maksoimme, maksamme, maksetaan, maksettu, maksun, maksua, maksuja, maksusta, maksumuistutus, hyvityslasku*, erapaiva*, erapaivan, perinta, saldo, tiliote',
  ca: 'pagament*, pagada, pagades, venciment*, vençuda, vençudes, impagada, impagades, transferencia bancaria, nota d abonament',
  ru: 'счет, счета, счету, счете, счетом, оплат*, платеж*, платит*, платил*, заплат*, задолженност*, долг, долга, просрочен*, инвойс*, сверк*, сверки, кредит нота, банковский перевод',
  uk: 'рахунок, рахунка, рахунку, рахунки, рахунком, оплат*, платіж*, платеж*, платити, платимо, сплат*, заборгован*, борг, боргу, прострочен*, інвойс*, звірк*',
  bg: 'фактур*, плащан*, плати*, платен*, плащам*, задължен*, падеж*, просрочен*, дължим*, кредитно известие',
  sr: 'рачун*, плаћањ*, уплат*, плати*, дугова*, фактур*, доспе*',
  el: 'τιμολογι*, πληρωμ*, πληρωσ*, εξοφλ*, οφειλ*, ληξιπροθεσμ*, υπολοιπο, υπολοιπου, πιστωτικο, εμβασμα',
  he: 'חשבונית, החשבונית, חשבוניות, החשבוניות, תשלום, התשלום, תשלומים, לתשלום, שולם, שולמה, לשלם, חוב, יתרה, זיכוי, העברה בנקאית',
  ar: 'فاتورة, الفاتورة, فواتير, الفواتير, فاتورتكم, الدفع, دفع, دفعة, الدفعة, سداد, السداد, مستحق, المستحق, مستحقة, المستحقة, مدفوعات, حوالة, رصيد, اشعار دائن',
  fa: 'فاکتور, صورتحساب, پرداخت, بدهی, سررسید',
  hi: 'चालान, इनवॉइस, भुगतान, बकाया',
  vi: 'hoa don, thanh toan, cong no, chuyen khoan, qua han, den han',
  malay: 'faktur*, invois, tagihan, pembayaran, dibayar, bayaran, jatuh tempo, tertunggak, transfer bank',
};

/** For scripts without blanks between words: matched anywhere in the text. */
export const AR_CHARACTERS = [
  '請求書',
  '請求金額',
  '入金',
  '支払',
  '振込',
  '未払',
  '发票',
  '發票',
  '付款',
  '逾期',
  '对账单',
  '對帳單',
  '汇款',
  '匯款',
  '청구서',
  '송장',
  '결제',
  '입금',
  '미납',
  '납부',
  '대금',
  'ใบแจ้งหนี้',
  'ใบกำกับภาษี',
  'ชำระเงิน',
  'ค้างชำระ',
];

/** Words that are common in other contexts too: two different ones are needed. */
export const WEAK_AR_WORDS =
  'pay, bill, bills, due, owe, owed, owes, settle, settled, settlement, balance, account, transfer, transferred, bank, receipt, reminder, statement, amount, credit, finance, ' +
  'konto, betrag, mahnen, frist, cuenta, importe, banco, banque, montant, compte, dispute, disputed, discount, ledger, collections';

/** Names of files that payers and creditors attach; compared with the words of the file's name. */
export const AR_FILE_WORDS =
  'invoice*, inv, remittance*, remit, remadv, statement*, soa, payment*, credit note, creditnote*, aging, ageing, open items, receipt*, ' +
  'rechnung*, mahnung*, gutschrift*, zahlung*, zahlungsavis, avis, kontoauszug*, factura*, facture*, releve*, estado de cuenta, fattura*, factuur*, fatura*, faktura*, boleto*, swift, camt*';

/**
 * Checks of amounts and currencies (contract, sections 4 and 5). The server stores amounts as text; it never computes
 * with them.
 */

/** A decimal number of up to 15 digits before the point and 6 after it; negative for a credit note. */
const AMOUNT = /^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?$/;

export function isAmount(text: string): boolean {
  return AMOUNT.test(text);
}

export function isPositiveAmount(text: string): boolean {
  return AMOUNT.test(text) && !text.startsWith('-') && /[1-9]/.test(text);
}

/** Alphabetic codes of ISO 4217, with those withdrawn since 2015, which old invoices still have. */
const CURRENCIES = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BYR BZD CAD CDF ' +
    'CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF ' +
    'GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD ' +
    'LSL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP ' +
    'PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TND ' +
    'TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VEF VES VND VUV WST XAF XCD XCG XDR XOF XPF XSU XUA YER ZAR ' +
    'ZMW ZWG ZWL'
  ).split(' '),
);

export function isCurrency(text: string): boolean {
  return CURRENCIES.has(text);
}

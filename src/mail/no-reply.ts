import { foldText } from '../domain/normalize-text.ts';
import { addressKey, exactAddressKey } from './address.ts';

/**
 * Names of addresses whose mailbox isn't read, with `-` between the words. They are compared without marks; a hyphen, a
 * dot, an underscore or nothing may separate the words.
 */
const NO_REPLY_NAMES: Readonly<Record<string, readonly string[]>> = {
  en: [
    'no-reply',
    'noreplies',
    'non-reply',
    'no-replay',
    'no-respond',
    'no-response',
    'cannot-reply',
    'auto-confirm',
    'do-not-reply',
    'dont-reply',
    'do-not-respond',
    'not-reply',
    'never-reply',
    'unmonitored',
    'not-monitored',
    'unattended',
    'reply-not-monitored',
    'quarantine',
  ],
  de: [
    'nicht-antworten',
    'nicht-beantworten',
    'keine-antwort',
    'antworten-nicht',
    'antworte-nicht',
    'bitte-nicht-antworten',
  ],
  fr: ['ne-pas-repondre', 'nepas-repondre', 'pas-de-reponse', 'sans-reponse', 'ne-repondez-pas', 'no-reponse'],
  es: ['no-responder', 'no-responda', 'no-respondas', 'no-contestar', 'no-conteste', 'sin-respuesta', 'no-respuesta'],
  it: ['non-rispondere', 'non-rispondete', 'no-risposta', 'senza-risposta', 'nessuna-risposta'],
  nl: ['niet-beantwoorden', 'niet-antwoorden', 'niet-reageren', 'geen-antwoord', 'geen-reactie'],
  pt: ['nao-responder', 'nao-responda', 'nao-respondas', 'sem-resposta', 'nao-resposta'],
  ca: ['no-respondre', 'no-respongueu'],
  ro: ['nu-raspunde', 'nu-raspundeti', 'fara-raspuns'],
  sv: ['svara-inte', 'svara-ej', 'ej-svar', 'inget-svar', 'besvara-ej', 'besvara-inte'],
  da: ['svar-ikke', 'svar-ej', 'besvar-ikke', 'ikke-besvar', 'ikke-svar', 'ingen-svar', 'intet-svar'],
  nb: ['ikke-svar', 'svar-ikke', 'ikke-besvar', 'ubesvart'],
  fi: ['ala-vastaa', 'ei-vastausta', 'alkaa-vastatko', 'ei-vastata', 'eivastaa'],
  et: ['ara-vasta', 'arge-vastake', 'mitte-vastata'],
  lv: ['neatbildet', 'neatbildiet'],
  lt: ['neatsakyti', 'neatsakykite'],
  pl: ['nie-odpowiadaj', 'nie-odpowiadac', 'prosze-nie-odpowiadac', 'bez-odpowiedzi', 'brak-odpowiedzi'],
  cs: ['neodpovidat', 'neodpovidejte', 'neodpovidej', 'bez-odpovedi'],
  sk: ['neodpovedat', 'neodpovedajte', 'neodpovedaj'],
  hu: ['ne-valaszolj', 'ne-valaszoljon', 'ne-valaszolja', 'nem-valaszol', 'nincs-valasz'],
  hr: ['ne-odgovaraj', 'ne-odgovarajte', 'bez-odgovora'],
  sl: ['ne-odgovarjaj', 'ne-odgovarjajte'],
  tr: [
    'yanitlamayin',
    'yanitlamayiniz',
    'cevaplamayin',
    'cevaplamayiniz',
    'cevap-vermeyin',
    'yanit-vermeyin',
    'cevapsiz',
  ],
  ru: [
    'ne-otvechat',
    'ne-otvechayte',
    'ne-otvechaite',
    'ne-otvechai',
    'neotvet',
    'bez-otveta',
    'не-отвечать',
    'не-отвечайте',
  ],
  uk: ['ne-vidpovidaty', 'ne-vidpovidajte', 'ne-vidpovidaite', 'не-відповідати'],
  el: ['min-apantate', 'mi-apantate', 'min-apantisete'],
  id: ['jangan-balas', 'tidak-dibalas'],
  vi: ['khong-tra-loi', 'khong-phan-hoi'],
};

const BETWEEN = '[-_.+~]?';
const NAMES = Object.values(NO_REPLY_NAMES)
  .flat()
  .map((name) => foldText(name, 100).split('-').join(BETWEEN));
/** Matches at the beginning of the local part, or as separate words further on. */
const NO_REPLY = new RegExp(
  `^(?:${NAMES.join('|')})|[-_.+~\\d](?:${NAMES.join('|')})(?:$|[-_.+~\\d])|noreply$|donotreply$`,
  'u',
);

/** Whether no person reads mail to this address: `payments-noreply@`, `ne-pas-repondre@`, `keine.antwort@`. */
export function isNoReplyAddress(address: string): boolean {
  const key = addressKey(address);
  return key !== null && NO_REPLY.test(foldText(key.slice(0, key.lastIndexOf('@')), 200));
}

/**
 * Addresses of mail servers that send delivery reports; that of Exchange Online has the tenant's domain and a number.
 */
const REPORTING_SERVER =
  /^(?:mailer[-_.]?daemon|mail[-_.]?daemon|postmaster|microsoftexchange[0-9a-f]{8,}|mdaemon|mail[-_.]?delivery(?:[-_.]?(?:sub)?system)?)@/;
/**
 * Addresses that programs make for the bounces of one mail: `bounces+4711=ann@`, `bounce-123@`. A person's or a company's
 * box may be called `bounce.house@`, so the word alone doesn't count.
 */
const BOUNCE_ADDRESS = /^bounces?(?:\+|[-_.=](?:\d|[^@]{0,200}(?:=|\d{3})))[^@]*@/;

/** Whether mail from this address is a delivery report. */
export function isReportingServer(address: string): boolean {
  return REPORTING_SERVER.test(addressKey(address) ?? '');
}

/** Whether the address belongs to a mail server or only receives bounces. */
export function isMailServer(address: string): boolean {
  return isReportingServer(address) || BOUNCE_ADDRESS.test(exactAddressKey(address) ?? '');
}

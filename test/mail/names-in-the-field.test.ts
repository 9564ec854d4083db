import { expect, it } from 'vitest';
import { comparableSubject } from '../../src/ingest/same-mail.ts';
import { exactAddressKey } from '../../src/mail/address.ts';
import { decodeEncodedWords } from '../../src/mail/encoded-words.ts';
import { folderRole } from '../../src/mail/folders.ts';
import { messageIdOf } from '../../src/mail/message-ids.ts';

/** Folders, subjects, names, ids and addresses as providers spell them. To teach the rules another spelling, add it here. */

const FOLDERS: [string, string | null][] = [
  ['Sent Items', 'sent'],
  ['Gesendete Objekte', 'sent'],
  ['INBOX/Sent', 'sent'],
  ['INBOX.Sent Messages', 'sent'],
  ['[Google Mail]/Gesendet', 'sent'],
  ['[Gmail]/Enviados', 'sent'],
  ['[Gmail]/Messages envoyés', 'sent'],
  ['[Gmail]/Posta inviata', 'sent'],
  ['[Gmail]/Skickat', 'sent'],
  ['[Gmail]/Correo enviado', 'sent'],
  ['[Gmail]/E-mails enviados', 'sent'],
  ['[Gmail]/Verzonden berichten', 'sent'],
  ['[Gmail]/送信済みメール', 'sent'],
  ['[Gmail]/已发邮件', 'sent'],
  ['[Gmail]/Отправленные', 'sent'],
  ['[Gmail]/Gönderilmiş Postalar', 'sent'],
  ['[Gmail]/Wysłane', 'sent'],
  ['[Gmail]/보낸편지함', 'sent'],
  ['[Gmail]/Sendt e-mail', 'sent'],
  ['[Gmail]/Odeslaná pošta', 'sent'],
  ['Odeslaná pošta', 'sent'],
  ['Sendte elementer', 'sent'],
  ['Sendt post', 'sent'],
  ['Lähetetyt', 'sent'],
  ['Elementos enviados', 'sent'],
  ['Itens Enviados', 'sent'],
  ['Posta inviata', 'sent'],
  ['Skickade objekt', 'sent'],
  ['Poslano', 'sent'],
  ['Poslané položky', 'sent'],
  ['Trimise', 'sent'],
  ['Saadetud', 'sent'],
  ['Nosūtītie vienumi', 'sent'],
  ['Išsiųsti elementai', 'sent'],
  ['Poslane stavke', 'sent'],
  ['Bidaliak', 'sent'],
  ['Elements enviats', 'sent'],
  ['รายการที่ส่ง', 'sent'],
  ['Mục Đã gửi', 'sent'],
  ['Item Terkirim', 'sent'],
  ['Drafts', 'drafts'],
  ['[Gmail]/Borradores', 'drafts'],
  ['[Gmail]/Rascunhos', 'drafts'],
  ['Concepten', 'drafts'],
  ['Kladder', 'drafts'],
  ['Utkast', 'drafts'],
  ['Luonnokset', 'drafts'],
  ['Kopie robocze', 'drafts'],
  ['Robocze', 'drafts'],
  ['Szkice', 'drafts'],
  ['Koncepty', 'drafts'],
  ['Piszkozatok', 'drafts'],
  ['Ciorne', 'drafts'],
  ['Taslaklar', 'drafts'],
  ['Osnutki', 'drafts'],
  ['Nacrti', 'drafts'],
  ['Skice', 'drafts'],
  ['Mustandid', 'drafts'],
  ['Melnraksti', 'drafts'],
  ['Juodraščiai', 'drafts'],
  ['Esborranys', 'drafts'],
  ['แบบร่าง', 'drafts'],
  ['Bản nháp', 'drafts'],
  ['Thư nháp', 'drafts'],
  ['Draf', 'drafts'],
  ['Brouillons', 'drafts'],
  ['Entwürfe', 'drafts'],
  ['Draft messages', 'drafts'],
  ['Outbox', 'outbox'],
  ['Postausgang', 'outbox'],
  ["Boîte d'envoi", 'outbox'],
  ['Bandeja de salida', 'outbox'],
  ['Posta in uscita', 'outbox'],
  ['Postvak UIT', 'outbox'],
  ['Caixa de Saída', 'outbox'],
  ['Udbakke', 'outbox'],
  ['Utkorgen', 'outbox'],
  ['Utboks', 'outbox'],
  ['Lähtevät', 'outbox'],
  ['Skrzynka nadawcza', 'outbox'],
  ['Pošta k odeslání', 'outbox'],
  ['送信トレイ', 'outbox'],
  ['\\All', null],
  ['\\Important', null],
  ['\\Starred', null],
  ['\\Archive', null],
  ['\\sent', 'sent'],
  ['\\Junk', 'junk'],
  ['Junk Email', 'junk'],
  ['Bulk Mail', 'junk'],
  ['Courrier indésirable', 'junk'],
  ['Correo no deseado', 'junk'],
  ['Ongewenste e-mail', 'junk'],
  ['Uønsket e-mail', 'junk'],
  ['Trash', 'trash'],
  ['Deleted Items', 'trash'],
  ['Éléments supprimés', 'trash'],
  ['Verwijderde items', 'trash'],
  ['INBOX.Drafts.2026', 'drafts'],
  ['[Gmail]/Entwürfe', 'drafts'],
  ['Sent Items/2026', 'sent'],
  ['Customers/Sent/2026', null],
  ['INBOX.Scheduled.2026', null],
  ['SNOOZED', null],
  ['INBOX', 'inbox'],
  ['CATEGORY_UPDATES', null],
  ['Sent to legal', null],
  ['Concept AG', null],
  ['Customers/Bin Ltd', null],
  ['Templates', null],
];

it.each(FOLDERS)('the folder %s is %s', (folder, role) => {
  expect(folderRole(folder)).toBe(role);
});

const ENCODED: [string, string][] = [
  ['=?UTF-8?B?UmU6IFJlY2hudW5nIDEwMDE=?=', 'Re: Rechnung 1001'],
  ['=?utf-8?q?Rechnung_=C3=BCber?=\r\n =?utf-8?q?f=C3=A4llig?=', 'Rechnung überfällig'],
  ['=?iso-2022-jp?B?GyRCQEE1YT1xGyhC?=', '請求書'],
  ['=?gb2312?B?t6LGsQ==?=', '发票'],
  ['=?windows-1252?Q?Caf=E9?=', 'Café'],
  ['=?UTF-8?Q?Ann_=22Reed=22?= <x>', 'Ann "Reed" <x>'],
  ['"=?utf-8?Q?M=C3=BCller?="', '"Müller"'],
  ['=?utf-8?B?TcO8?= =?utf-8?B?bGxlcg==?=', 'Müller'],
  ['=?utf-8?B?TcM=?= =?utf-8?B?vGxsZXI=?=', 'Müller'],
  ['=?UTF-8?Q?a b?=', 'a b'],
  ['=?ks_c_5601-1987?B?x9GxuQ==?=', '한국'],
  ['=?us-ascii?Q?Invoice=201001?=', 'Invoice 1001'],
  ['=?utf-8?Q?x?=text', 'xtext'],
  ['=?unknown-8bit?Q?Caf=C3=A9?=', 'Café'],
  ['=?utf8?Q?Caf=C3=A9?=', 'Café'],
  ['=?cp1252?Q?Caf=E9?=', 'Café'],
  ['=?windows-1252?Q?Rechnung_=96_f=E4llig?=', 'Rechnung – fällig'],
  ['=?iso-8859-1?Q?=80_100?=', '€ 100'],
];

it.each(ENCODED)('%s says %s', (encoded, text) => {
  expect(decodeEncodedWords(encoded)).toBe(text);
});

const SUBJECTS: [string, string][] = [
  ['[EXTERNAL] Re: x', 're: x'],
  ['Re: [EXTERNAL] x', 're: x'],
  ['EXT - x', 'x'],
  ['[Ext] x', 'x'],
  ['(EXTERNAL) x', 'x'],
  ['{EXT} x', 'x'],
  ['<External> x', 'x'],
  ['EXTERNAL EMAIL: x', 'x'],
  ['[EXTERNAL]x', 'x'],
  ['*EXT* x', 'x'],
  ['⚠ x', 'x'],
  ['[EXTERNE] x', 'x'],
  ['[EXT:] x', 'x'],
  ['Extern! x', 'extern! x'],
  ['[#123] x', '[#123] x'],
  ['[SPAM] x', 'x'],
  ['SPAM: x', 'x'],
  ['[Caution: External] x', 'x'],
  ['[EXTERNAL EMAIL] - x', 'x'],
  ['Re[2]: x', 're[2]: x'],
];

it.each(SUBJECTS)('the subject %s compares as %s', (subject, compared) => {
  expect(comparableSubject(subject)).toBe(compared);
});

const MESSAGE_IDS: [string, string | null][] = [
  ['<a@b>', 'a@b'],
  ['a@b', 'a@b'],
  [' <a@b> ', 'a@b'],
  ['<@>', null],
  ['<>', null],
  ['<a b@c>', 'ab@c'],
  ['<"a b"@c>', '"ab"@c'],
  ['<a@b> (comment)', 'a@b'],
  ['<[1234@x]>', '[1234@x]'],
  ['abc', null],
  ['<abc>', 'abc'],
  ['<->', null],
  ['<0@0>', '0@0'],
  ['<a@b', 'a@b'],
];

it.each(MESSAGE_IDS)('the Message-ID %s is %s', (value, id) => {
  expect(messageIdOf([{ name: 'Message-Id', value }])).toBe(id);
});

const ADDRESSES: [string, string | null][] = [
  ['Ann@ACME.example', 'ann@acme.example'],
  ["'ann@acme.example'", 'ann@acme.example'],
  ['mailto:ann@acme.example', 'ann@acme.example'],
  ['<ann@acme.example>', 'ann@acme.example'],
  ['ann@acme.example.', 'ann@acme.example'],
  ['ann+x@acme.example', 'ann+x@acme.example'],
  ['/O=EXCHANGE/CN=ANN', null],
  ['undisclosed-recipients:;', null],
  ['ann@münchen.example', 'ann@xn--mnchen-3ya.example'],
  ['ann@acme.example;', 'ann@acme.example'],
  ['"ann@acme.example"', 'ann@acme.example'],
  ['SMTP:ann@acme.example', 'ann@acme.example'],
  ['ann@acme.example,', 'ann@acme.example'],
];

it.each(ADDRESSES)('the address %s is %s', (address, key) => {
  expect(exactAddressKey(address)).toBe(key);
});

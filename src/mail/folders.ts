import { foldText, lowerCase, normalizeText } from '../domain/normalize-text.ts';
import type { FolderRole } from '../domain/vocabulary.ts';

const MAX_NAME = 1_000;

/**
 * Names of folders as Gmail, Outlook and IMAP servers spell them, separated by commas; compared without prefix, marks,
 * case and blanks.
 */
const NAMES: Readonly<Record<FolderRole, string>> = {
  sent:
    'sent, sent items, sent mail, sent messages, sent objects, gesendet, gesendete elemente, gesendete objekte, gesendete nachrichten, envoyés, éléments envoyés, messages envoyés, ' +
    'enviados, elementos enviados, correo enviado, correos enviados, mensajes enviados, enviadas, itens enviados, e-mails enviados, mensagens enviadas, enviats, elements enviats, missatges enviats, ' +
    'inviata, posta inviata, inviati, elementi inviati, messaggi inviati, verzonden, verzonden items, verzonden berichten, verzonden e-mail, skickat, skickade objekt, skickade, sendt, sendt post, sendt e-mail, sendte e-mails, ' +
    'sendte elementer, lähetetyt, lähetetty, wysłane, elementy wysłane, odeslané, odeslaná pošta, odoslané, odoslaná pošta, poslané, poslané položky, elküldött, elküldött elemek, elküldött levelek, ' +
    'trimise, elemente trimise, mesaje trimise, poslano, poslane stavke, poslane poruke, poslani elementi, gönderilmiş, gönderilmiş öğeler, gönderilmiş postalar, gönderilenler, ' +
    'отправленные, отправленные элементы, надіслані, надіслані елементи, відправлені, изпратени, изпратени елементи, изпратена поща, послате ставке, απεσταλμένα, saadetud, saadetud kirjad, saadetud üksused, nosūtītie, nosūtītie vienumi, išsiųsta, išsiųsti, ' +
    'išsiųsti elementai, bidaliak, bidalitakoak, 送信済み, 送信済みアイテム, 送信済みメール, 送信済みトレイ, 已发送, 已发送邮件, 已发邮件, 已傳送, 已傳送郵件, 寄件備份, 보낸편지함, 보낸메일함, 보낸 항목, ' +
    'דואר שנשלח, פריטים שנשלחו, العناصر المرسلة, المرسلة, البريد المرسل, รายการที่ส่ง, รายการที่ถูกส่ง, จดหมายที่ส่ง, ส่งแล้ว, จดหมายที่ส่งแล้ว, รายการที่ส่งแล้ว, ارسال شده, ارسال‌شده, भेजा गया, भेजे गए आइटम, đã gửi, mục đã gửi, thư đã gửi, terkirim, item terkirim, pesan terkirim, item dihantar',
  drafts:
    'draft, drafts, draft messages, entwürfe, entwurf, brouillon, brouillons, borrador, borradores, esborranys, bozze, bozza, concept, concepten, rascunho, rascunhos, utkast, kladde, kladder, ' +
    'luonnokset, luonnos, kopie robocze, wersje robocze, robocze, szkice, koncepty, koncept, rozepsané, rozpísané, piszkozatok, schițe, ciorne, taslaklar, taslak, черновики, чернетки, чернови, ' +
    'нацрти, πρόχειρα, nacrti, skice, osnutki, mustandid, melnraksti, juodraščiai, zirriborroak, 下書き, 草稿, 草稿箱, 草稿匣, 草稿夹, 임시보관함, 임시 보관함, טיוטות, المسودات, مسودات, แบบร่าง, จดหมายร่าง, ร่าง, bản nháp, thư nháp, ' +
    'draf, konsep, draf surat, پیش‌نویس, پیش‌نویس‌ها, ड्राफ़्ट',
  outbox:
    'outbox, postausgang, boîte d’envoi, bandeja de salida, safata de sortida, posta in uscita, postvak uit, caixa de saída, a enviar, utkorg, utkorgen, udbakke, utboks, lähtevät, skrzynka nadawcza, ' +
    'pošta k odeslání, na odoslanie, pošta na odoslanie, kimenő üzenetek, postázandó üzenetek, gidenkutusu, giden kutusu, исходящие, вихідні, изходящи, εξερχόμενα, izlazni spremnik, odlazna pošta, väljundkaust, ' +
    'izsūtne, siunčiami, 送信トレイ, 发件箱, 寄件匣, 보낼편지함, דואר לשליחה, דואר יוצא, صندوق الصادر, กล่องจดหมายออก, hộp thư đi, kotak keluar',
  scheduled:
    'scheduled, snoozed send, send later, geplant, planifié, planifiés, programmé, programmés, programados, programmati, gepland, agendados, schemalagd, schemalagda, planlagt, ajoitettu, zaplanowane, ' +
    'naplánované, ütemezett, programate, zamanlanmış, запланированные, заплановані, προγραμματισμένα, προγραμματισμένες, terjadwal, dijadwalkan, đã lên lịch, đã lên lịch gửi, กำหนดเวลาแล้ว, ตั้งเวลาไว้แล้ว, מתוזמנות, מתוזמן, تمت الجدولة, المجدولة, 予約送信, 已定时, 已排程, 已安排, 예약됨',
  junk:
    'junk, junk email, junk e-mail, spam, bulk mail, junk mail, werbung, spamverdacht, courrier indésirable, indésirables, pourriel, correo no deseado, correo basura, posta indesiderata, ongewenste, ' +
    'ongewenste e-mail, lixo eletrônico, lixo eletrónico, skräppost, uønsket mail, uønsket e-mail, uønsket e-post, søppelpost, søppel-e-post, roskaposti, wiadomości-śmieci, nevyžádaná, nevyžádaná pošta, ' +
    'levélszemét, önemsiz, önemsiz e-posta, спам, нежелательная почта, 迷惑メール, 垃圾邮件, 垃圾郵件, 스팸, 정크 메일',
  trash:
    'trash, deleted, deleted items, deleted messages, bin, papierkorb, gelöscht, gelöschte elemente, gelöschte objekte, corbeille, éléments supprimés, papelera, elementos eliminados, cestino, ' +
    'posta eliminata, prullenbak, verwijderde items, lixeira, itens excluídos, papperskorg, papperskorgen, borttaget, slettet post, slettede elementer, roskakori, poistetut, kosz, elementy usunięte, koš, ' +
    'odstraněná pošta, törölt elemek, lomtár, çöp kutusu, удаленные, удалённые, корзина, кошик, ゴミ箱, 削除済みアイテム, 已删除邮件, 刪除的郵件, 垃圾箱, 휴지통, 지운 편지함',
  inbox: 'inbox, posteingang',
};
const ROLES = new Map<string, FolderRole>(
  Object.entries(NAMES).flatMap(([role, names]) =>
    names.split(', ').map((name) => [nameKey(name), role as FolderRole] as const),
  ),
);

function nameKey(name: string): string {
  return foldText(name, MAX_NAME).replace(/[\s_'’-]+/gu, '');
}

/** Attributes of folders (RFC 6154), such as `\Sent`. */
const ATTRIBUTES: Readonly<Record<string, FolderRole>> = {
  '\\sent': 'sent',
  '\\drafts': 'drafts',
  '\\outbox': 'outbox',
  '\\scheduled': 'scheduled',
  '\\junk': 'junk',
  '\\spam': 'junk',
  '\\trash': 'trash',
  '\\inbox': 'inbox',
};

/**
 * Microsoft identifies folders by opaque ids. Exchange numbers the folders of a mailbox in the order of their creation,
 * its standard folders first and always in the same order, and the id ends with that number.
 */
const EXCHANGE_NUMBERS: Readonly<Record<number, FolderRole>> = {
  265: 'sent',
  266: 'trash',
  267: 'outbox',
  268: 'inbox',
  271: 'drafts',
};
const EXCHANGE_ID = /^(?:AAMk|AQMk)[A-Za-z0-9+/_=-]{60,300}$/;

/** The attribute of a role. {@link folderRole} maps it back to the role. */
export function folderAttribute(role: FolderRole): string {
  return `\\${role}`;
}

/** A folder's role, from its attribute, its name or its Microsoft id; null for a folder that a user made. */
export function folderRole(folder: string): FolderRole | null {
  if (EXCHANGE_ID.test(folder)) return exchangeRole(folder);
  const whole = lowerCase(normalizeText(folder.trim(), 'NFC', MAX_NAME));
  if (whole.startsWith('\\')) return ATTRIBUTES[whole] ?? null;
  const names = whole.split(/[/\\.]/).map(nameKey);
  return ROLES.get(names.at(-1) ?? '') ?? roleOfTop(names);
}

const ROOTS = new Set(['inbox', '[gmail]', '[googlemail]']);

/** The role of a folder below the drafts or the sent mail, such as `INBOX.Sent.2026`. */
function roleOfTop(names: readonly string[]): FolderRole | null {
  const [top = ''] = ROOTS.has(names[0] ?? '') ? names.slice(1) : names;
  const role = ROLES.get(top);
  return role === 'sent' || role === 'drafts' ? role : null;
}

function exchangeRole(id: string): FolderRole | null {
  const bytes = Buffer.from(id, 'base64url');
  // An entry id has 46 bytes. The last eight are a counter of six bytes and two bytes of padding.
  if (bytes.length < 12) return null;
  const number = bytes.subarray(-8, -2);
  if (bytes.readUInt16BE(bytes.length - 2) !== 0) return null;
  return EXCHANGE_NUMBERS[number.readUIntBE(0, 6)] ?? null;
}

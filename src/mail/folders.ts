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
    'דואר שנשלח, פריטים שנשלחו, العناصر المرسلة, المرسلة, البريد المرسل, รายการที่ส่ง, รายการที่ถูกส่ง, จดหมายที่ส่ง, ส่งแล้ว, จดหมายที่ส่งแล้ว, รายการที่ส่งแล้ว, ارسال شده, ارسال‌شده, भेजा गया, भेजे गए आइटम, đã gửi, mục đã gửi, thư đã gửi, terkirim, item terkirim, pesan terkirim, item dihantar, nosūtītās, nosūtītie ziņojumi, išsiųsti laiškai, lähetetyt viestit, lähetetty posti, भेजे गए, भेजा गया मेल, भेजे गए ईमेल, بريد مرسل, رسائل مرسلة, послато, послате поруке, poslaná pošta, odeslané zprávy, odeslané položky, 傳送的郵件, 寄件夾, 보낸 메일함, 보낸 메일, objets envoyés, e-mails envoyés, messages expédiés, courriers envoyés, posta spedita, sendte meldinger, sendte beskeder, skickade meddelanden, wiadomości wysłane, wysłane elementy, küldött elemek, elküldött üzenetek, gönderilmiş iletiler, gönderilen, gönderilen kutusu, надіслана пошта, изпратени съобщения, απεσταλμένα στοιχεία, σταλμένα, trimiși, elementet e dërguara',
  drafts:
    'draft, drafts, draft messages, entwürfe, entwurf, brouillon, brouillons, borrador, borradores, esborranys, bozze, bozza, concept, concepten, rascunho, rascunhos, utkast, kladde, kladder, ' +
    'luonnokset, luonnos, kopie robocze, wersje robocze, robocze, szkice, koncepty, koncept, rozepsané, rozpísané, piszkozatok, schițe, ciorne, taslaklar, taslak, черновики, чернетки, чернови, ' +
    'нацрти, πρόχειρα, nacrti, skice, osnutki, mustandid, melnraksti, juodraščiai, zirriborroak, 下書き, 草稿, 草稿箱, 草稿匣, 草稿夹, 임시보관함, 임시 보관함, טיוטות, المسودات, مسودات, แบบร่าง, จดหมายร่าง, ร่าง, bản nháp, thư nháp, ' +
    'draf, konsep, draf surat, پیش‌نویس, پیش‌نویس‌ها, ड्राफ़्ट, mesaje nefinalizate, mesaje ciornă, मसौदे, मसौदा, brudnopisy, wersja robocza, vázlatok, taslak iletiler, kladdar, utkast til e-post, luonnokset viestit, черновик, чернетка, μηνύματα πρόχειρα, bozze non inviate, rascunhos e-mail, 임시 보관 메일, 草稿邮件',
  outbox:
    'outbox, postausgang, boîte d’envoi, bandeja de salida, safata de sortida, posta in uscita, postvak uit, caixa de saída, a enviar, utkorg, utkorgen, udbakke, utboks, lähtevät, skrzynka nadawcza, ' +
    'pošta k odeslání, na odoslanie, pošta na odoslanie, kimenő üzenetek, postázandó üzenetek, gidenkutusu, giden kutusu, исходящие, вихідні, изходящи, εξερχόμενα, izlazni spremnik, odlazna pošta, väljundkaust, ' +
    'izsūtne, siunčiami, 送信トレイ, 发件箱, 寄件匣, 보낼편지함, דואר לשליחה, דואר יוצא, صندوق الصادر, กล่องจดหมายออก, hộp thư đi, kotak keluar, pošta na odeslání, na odeslanie, mesaje de trimis, odlazni spremnik, 보낼 메일함, izhodna pošta, saatmata kirjad',
  scheduled:
    'scheduled, snoozed send, send later, geplant, planifié, planifiés, programmé, programmés, programados, programmati, gepland, agendados, schemalagd, schemalagda, planlagt, ajoitettu, zaplanowane, ' +
    'naplánované, ütemezett, programate, zamanlanmış, запланированные, заплановані, προγραμματισμένα, προγραμματισμένες, terjadwal, dijadwalkan, đã lên lịch, đã lên lịch gửi, กำหนดเวลาแล้ว, ตั้งเวลาไว้แล้ว, מתוזמנות, מתוזמן, تمت الجدولة, المجدولة, 予約送信, 已定时, 已排程, 已安排, 예약됨, naplánováno, naplánované zprávy, ütemezve, zamanlananlar, ajastetut, 예약 메일, 예약 메일함, agendadas, programats, насрочени, заплановано, ajastatud, ieplānotie, suplanuoti, 已計劃, 定时发送, शेड्यूल किया गया, शेड्यूल किए गए',
  junk:
    'junk, junk email, junk e-mail, spam, bulk mail, junk mail, werbung, spamverdacht, courrier indésirable, indésirables, pourriel, correo no deseado, correo basura, posta indesiderata, ongewenste, ' +
    'ongewenste e-mail, lixo eletrônico, lixo eletrónico, skräppost, uønsket mail, uønsket e-mail, uønsket e-post, søppelpost, søppel-e-post, roskaposti, wiadomości-śmieci, nevyžádaná, nevyžádaná pošta, ' +
    'levélszemét, önemsiz, önemsiz e-posta, спам, нежелательная почта, 迷惑メール, 垃圾邮件, 垃圾郵件, 스팸, 정크 메일, nevyžiadaná pošta, nevyžiadané, e-mail nedorit, mesaje nedorite, neželjena pošta, neželjeno, neželena e-pošta, neželena pošta, нежелана поща, нежелателна поща, rämpspost, nevēlamais e-pasts, mēstules, surogātpasts, brukalas, šlamštas, 스팸함, 스팸메일함, correu brossa, correu no desitjat, البريد غير الهام, بريد عشوائي, الرسائل غير المرغوب فيها, البريد المزعج, דואר זבל, ספאם, небажана пошта, ανεπιθύμητα, ανεπιθύμητη αλληλογραφία, ανεπιθύμητη ηλεκτρονική αλληλογραφία, wiadomości niechciane, niechciane, indésirable, no deseado, no deseados, levélszemét mappa, istenmeyen, istenmeyen postalar, gereksiz, gereksiz e-posta, roskat, skräp, uønsket, स्पैम, जंक ईमेल, जंक, จดหมายขยะ, อีเมลขยะ, thư rác, ห้องขยะ, surat sampah, нежелательные, 垃圾信件',
  trash:
    'trash, deleted, deleted items, deleted messages, bin, papierkorb, gelöscht, gelöschte elemente, gelöschte objekte, corbeille, éléments supprimés, papelera, elementos eliminados, cestino, ' +
    'posta eliminata, prullenbak, verwijderde items, lixeira, itens excluídos, papperskorg, papperskorgen, borttaget, slettet post, slettede elementer, roskakori, poistetut, kosz, elementy usunięte, koš, ' +
    'odstraněná pošta, törölt elemek, lomtár, çöp kutusu, удаленные, удалённые, корзина, кошик, ゴミ箱, 削除済みアイテム, 已删除邮件, 刪除的郵件, 垃圾箱, 휴지통, 지운 편지함, kuka, kôš, vymazané, odstránené, odstránená pošta, odstránené položky, odstraněné položky, smazané, smazaná pošta, coș de gunoi, coș, elemente șterse, mesaje șterse, otpad, smeće, izbrisane stavke, izbrisano, obrisane stavke, izbrisani elementi, smeti, кошче, изтрити, изтрити елементи, prügikast, prügi, kustutatud, kustutatud üksused, miskaste, dzēstie, izdzēstie vienumi, atkritne, šiukšliadėžė, šiukšlinė, ištrinti, ištrinti elementai, ištrinta, paperera, elements suprimits, elements eliminats, lixo, itens eliminados, itens excluidos, excluídos, eliminados, papirkurv, papirkurven, papirkorgen, slettet, slettede, søppelbøtte, borttagna objekt, borttagna, raderat, raderade objekt, poistetut viestit, silinmiş öğeler, silinmiş, silinen, silinmiş iletiler, silinmiş postalar, çöp, töröltek, usunięte, elementy usunięte, видалені, видалено, видалені елементи, обрисано, отпад, διαγραμμένα, διεγραμμένα, διαγραμμένα στοιχεία, κάδος, κάδος απορριμμάτων, פריטים שנמחקו, אשפה, العناصر المحذوفة, المهملات, سلة المهملات, المحذوفة, हटाए गए आइटम, हटाए गए, ट्रैश, 휴지통함, 지운 메일함, 삭제된 편지함, 지운 항목, 已删除, 已刪除的郵件, 刪除的項目, 已删除项目, 废件箱, 回收站, 削除済み, ごみ箱, ถังขยะ, รายการที่ถูกลบ, thùng rác, mục đã xóa, item terhapus, sampah, item dihapus, supprimés, messages supprimés, eliminata, cancellati, messaggi eliminati, gelöschte nachrichten, verwijderd, verwijderde berichten',
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

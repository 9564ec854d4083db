import { lowerCase, normalizeText } from '../domain/normalize-text.ts';

export type FolderRole = 'sent' | 'drafts' | 'outbox' | 'scheduled' | 'junk' | 'trash' | 'inbox';

/** Names of folders as Gmail, Outlook and IMAP servers spell them, compared without prefix, case and blanks. */
const NAMES: Readonly<Record<FolderRole, string>> = {
  sent:
    'sent sentitems sentmail sentmessages gesendet gesendeteelemente gesendeteobjekte envoyés elémentsenvoyés élémentsenvoyés messagesenvoyés enviados elementosenviados ' +
    'inviata postainviata posta inviati verzonden verzondenitems itensenviados skickat skickadeobjekt sendt sendtepost sendteelementer lähetetyt wysłane elementywysłane ' +
    'odeslané odeslanápošta odoslané elküldött elküldöttelemek trimise elementetrimise gönderilmiş gönderilmişöğeler gönderilenler отправленные надіслані изпратени απεσταλμένα ' +
    '送信済み 送信済みアイテム 已发送 已发送邮件 已傳送 寄件備份 보낸편지함 דוארשנשלח פריטיםשנשלחו العناصرالمرسلة المرسلة',
  drafts:
    'draft drafts entwürfe entwurf brouillon brouillons borrador borradores bozze bozza concept concepten rascunho rascunhos utkast kladde kladder luonnokset luonnos kopierobocze wersjerobocze ' +
    'koncepty koncept rozepsané piszkozatok schițe ciorne taslaklar taslak черновики чернетки чернови πρόχειρα 下書き 草稿 草稿匣 임시보관함 טיוטות المسودات',
  outbox:
    'outbox postausgang boîted’envoi boîtedenvoi bandejadesalida postainuscita postvakuit caixadesaída utkorg udbakke utboks lähtevät skrzynkanadawcza pošta:naodeslání kpoštovníodeslání ' +
    'kimenőüzenetek gidenkutusu исходящие вихідні εξερχόμενα 送信トレイ 发件箱 寄件匣 보낼편지함 דוארלמשלוח صندوقالصادر',
  scheduled:
    'scheduled snoozedsend sendlater geplant planifié planifiés programmé programmés programados programmati gepland agendados schemalagd planlagt ajoitettu zaplanowane naplánované ütemezett programate zamanlanmış ' +
    'запланированные заплановані 予約送信 已定时 已排程 예약됨',
  junk: 'junk junkemail spam bulkmail junk-e-mail junkmail werbung courrierindésirable indésirables correonodeseado postaindesiderata ongewenste lixoeletrônico lixoeletrónico skräppost uønsketmail søppelpost roskaposti wiadomości-śmieci nevyžádaná спам 迷惑メール 垃圾邮件 垃圾郵件 스팸',
  trash:
    'trash deleted deleteditems bin papierkorb gelöschteelemente gelöschteobjekte corbeille élémentssupprimés papelera elementoseliminados cestino postaeliminata prullenbak verwijderdeitems lixeira itensexcluídos papperskorg borttaget slettetpost slettedeelementer roskakori kosz koš удаленные корзина ゴミ箱 已删除邮件 刪除的郵件 휴지통',
  inbox: 'inbox posteingang',
};
const ROLES = new Map<string, FolderRole>(
  Object.entries(NAMES).flatMap(([role, names]) => names.split(' ').map((name) => [name, role as FolderRole] as const)),
);
/** RFC 6154, as providers name the attributes of a folder: `\Sent`. */
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
 * Microsoft names folders by opaque ids. Exchange numbers the folders of a mailbox in the order in which it makes them,
 * those of its own first and always in the same order; the id ends with that number.
 */
const EXCHANGE_NUMBERS: Readonly<Record<number, FolderRole>> = {
  265: 'sent',
  266: 'trash',
  267: 'outbox',
  268: 'inbox',
  271: 'drafts',
};
const EXCHANGE_ID = /^(?:AAMk|AQMk)[A-Za-z0-9+/_=-]{60,300}$/;

/** What a folder is for, by its attribute, its name or Microsoft's id of it; null when it is one of the mailbox's own. */
export function folderRole(folder: string): FolderRole | null {
  if (EXCHANGE_ID.test(folder)) return exchangeRole(folder);
  const whole = lowerCase(normalizeText(folder.trim(), 'NFC', 1_000));
  if (whole.startsWith('\\')) return ATTRIBUTES[whole] ?? null;
  const name = whole.split(/[/\\.]/).at(-1) ?? '';
  return ROLES.get(name.replace(/[\s_-]+/g, '')) ?? ROLES.get(name.replace(/\s+/g, '')) ?? null;
}

function exchangeRole(id: string): FolderRole | null {
  const bytes = Buffer.from(id, 'base64url');
  // … 46 bytes of the entry id, its last eight: six of a counter, two of padding.
  if (bytes.length < 12) return null;
  const number = bytes.subarray(-8, -2);
  if (bytes.readUInt16BE(bytes.length - 2) !== 0) return null;
  return EXCHANGE_NUMBERS[number.readUIntBE(0, 6)] ?? null;
}

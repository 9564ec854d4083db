import { describe, expect, it } from 'vitest';
import { folderRole } from '../../src/mail/folders.ts';
import { previewOf } from '../../src/mail/preview.ts';
import { detectProgram } from '../../src/mail/programs.ts';

/**
 * What a mail says in languages that few of the other tables have: absences without a header, warnings of gateways,
 * signatures of telephones, forwards, folders. To teach the rules another language, add it here.
 */

const mail = { from: 'maria@alder.example', attachments: [], headers: [] };
const OWN = 'When must we pay INV-7001?';

/** An absence in the sender's own words: the subject is that of an answer. */
const ABSENCES: Record<string, string> = {
  uk: 'Доброго дня! Я перебуваю у відпустці до 14 грудня і не маю доступу до пошти. З термінових питань звертайтеся до Олени.',
  bg: 'Здравейте, в отпуск съм до 14 декември. При спешни въпроси пишете на Иван.',
  hu: 'Köszönöm levelét. December 14-ig szabadságon vagyok, sürgős esetben keresse Annát.',
  ro: 'Vă mulțumesc pentru mesaj. Sunt în concediu până pe 14 decembrie. Pentru urgențe, scrieți Anei.',
  hr: 'Hvala na poruci. Nisam u uredu do 14. prosinca. Za hitne slučajeve javite se Ani.',
  sl: 'Hvala za sporočilo. Do 14. decembra na dopustu sem. V nujnih primerih pišite Ani.',
  el: 'Σας ευχαριστώ για το μήνυμά σας. Απουσιάζω από το γραφείο έως τις 5 Δεκεμβρίου και θα απαντήσω με την επιστροφή μου.',
  he: 'תודה על פנייתך. אני בחופשה עד ה-5 בדצמבר ואשיב עם שובי למשרד.',
  ar: 'شكرًا لرسالتك. أنا خارج المكتب حتى 5 ديسمبر وسأرد عليك عند عودتي.',
  th: 'ขอบคุณสำหรับอีเมลของคุณ ขณะนี้ฉันไม่อยู่ที่สำนักงานจนถึงวันที่ 5 ธันวาคม และจะตอบกลับเมื่อกลับมา',
  vi: 'Cảm ơn email của bạn. Hiện tôi đang vắng mặt tại văn phòng đến ngày 5/12 và sẽ trả lời khi quay lại.',
  id: 'Terima kasih atas email Anda. Saya sedang tidak berada di kantor hingga 5 Desember dan akan membalas setelah kembali.',
  ms: 'Terima kasih. Saya sedang bercuti hingga 5 Disember dan akan membalas sekembalinya ke pejabat.',
};
/** People who mention an absence, before or after what they ask. */
const PEOPLE: Record<string, string> = {
  uk: 'Коли треба сплатити INV-7001? Я була у відпустці.',
  'uk, a request': 'Будь ласка, надішліть INV-7001 ще раз. Завтра я у відпустці, тож термінове питання вирішить Олена.',
  bg: 'Кога е падежът на INV-7001? Бях в отпуск.',
  hu: 'Mikor esedékes az INV-7001? Szabadságon voltam.',
  ro: 'Când este scadentă INV-7001? Am fost în concediu.',
  el: 'Πότε λήγει το τιμολόγιο INV-7001; Θα απουσιάζω από το γραφείο την Παρασκευή.',
  'el, a request': 'Παρακαλώ στείλτε ξανά το INV-7001. Αύριο είμαι σε άδεια, για κάτι επείγον γράψτε στον Νίκο.',
  he: 'מתי יש לשלם את INV-7001? הייתי בחופשה.',
  ar: 'متى يستحق الدفع INV-7001؟ كنت في إجازة.',
  th: 'INV-7001 ครบกำหนดเมื่อไร พรุ่งนี้ฉันไม่อยู่ที่สำนักงาน',
  vi: 'Khi nào đến hạn INV-7001? Tuần sau tôi nghỉ phép.',
  id: 'Kapan jatuh tempo INV-7001? Saya cuti mulai Senin.',
};

describe('an absence without a header, under an answer’s subject', () => {
  it.each(Object.entries(ABSENCES))('%s: no person asks', (_language, text) => {
    expect(detectProgram({ ...mail, subject: 'Re: INV-7001', text })?.kind).toBe('reply');
  });
  it.each(Object.entries(PEOPLE))('%s: a person mentions one', (_language, text) => {
    expect(detectProgram({ ...mail, subject: 'Re: INV-7001', text })).toBeNull();
  });
});

const ABSENT_SUBJECTS = [
  'Я у відпустці: INV-7001',
  'Незайнятий: INV-7001',
  'Не на роботі',
  'Απουσία από το γραφείο: INV-7001',
  'אני בחופשה: INV-7001',
  '\u200fבחופשה: INV-7001',
  'أنا في إجازة: INV-7001',
  'ลาพักร้อน: INV-7001',
  'Đang nghỉ phép: INV-7001',
  'Saya sedang cuti: INV-7001',
  'Balas automatik: INV-7001',
  '\u202bرد تلقائي\u202c: INV-7001',
  '[EXTERNAL] [SPAM?] Автоматична відповідь: INV-7001',
];
it.each(ABSENT_SUBJECTS)('the subject %s tells of an absence', (subject) => {
  expect(detectProgram({ ...mail, subject, text: '' })?.kind).toBe('reply');
});
it.each([
  'Я у відпустці з понеділка, коли платити INV-7001?',
  'Απουσία τιμολογίου INV-7001',
  'Cuti bersama dan INV-7001',
])('the subject %s is a person’s', (subject) => {
  expect(detectProgram({ ...mail, subject, text: OWN })).toBeNull();
});

it.each(['👍 Maria bereaksi melalui Gmail', '❤️ Maria đã bày tỏ cảm xúc qua Gmail', '👍 Η Μαρία αντέδρασε μέσω Gmail'])(
  '%s is a reaction',
  (text) => {
    expect(detectProgram({ ...mail, subject: 'Re: INV-7001', text })).toBeDefined();
  },
);

const BANNERS: Record<string, string> = {
  uk: 'УВАГА: Цей лист надійшов ззовні організації. Не відкривайте вкладення та не переходьте за посиланнями.',
  el: 'ΠΡΟΣΟΧΗ: Αυτό το μήνυμα προέρχεται από εξωτερικό αποστολέα. Μην ανοίγετε συνημμένα και μην πατάτε συνδέσμους.',
  he: 'זהירות: הודעה זו נשלחה מחוץ לארגון. אין ללחוץ על קישורים או לפתוח קבצים מצורפים.',
  ar: 'تنبيه: هذه الرسالة واردة من خارج المؤسسة. لا تنقر على الروابط.',
  id: 'PERHATIAN: Email ini berasal dari luar organisasi. Jangan klik tautan atau membuka lampiran.',
  vi: 'CẢNH BÁO: Email này được gửi từ bên ngoài tổ chức. Không nhấp vào liên kết.',
  th: 'คำเตือน: อีเมลฉบับนี้ส่งมาจากภายนอกองค์กร ห้ามคลิกลิงก์',
};
const SENT_FROM: Record<string, string> = {
  uk: 'Надіслано з iPhone',
  el: 'Στάλθηκε από το iPhone μου',
  he: '\u200fנשלח מה-iPhone שלי\u200f',
  ar: 'أُرسلت من الـ iPhone',
  th: 'ส่งจาก iPhone ของฉัน',
  vi: 'Đã gửi từ iPhone của tôi',
  id: 'Dikirim dari iPhone saya',
  ro: 'Trimis de pe iPhone-ul meu',
};

describe('the preview leaves out', () => {
  it.each(Object.entries(BANNERS))('the warning of a gateway in %s', (_language, banner) => {
    expect(previewOf(`<div>${banner}</div><p>${OWN}</p>`, 'text/html')).toBe(OWN);
  });
  it.each(Object.entries(SENT_FROM))('the signature of a telephone in %s', (_language, line) => {
    expect(previewOf(`<p>${OWN}</p><p>${line}</p>`, 'text/html')).toBe(OWN);
  });
});

it.each([
  'Цей лист надійшов від бухгалтерії, коли платити?',
  'Email ini saya kirim lagi, kapan jatuh tempo?',
  'Αυτό το μήνυμα αφορά το τιμολόγιο INV-7001.',
  'הודעה זו היא לגבי INV-7001.',
])('%s is the sender’s words', (text) => {
  expect(previewOf(`<p>${text}</p>`, 'text/html')).toBe(text);
});

const FORWARDS: Record<string, string> = {
  uk: 'Початок переданого повідомлення:',
  hu: 'Továbbított levél eleje:',
  ro: 'Început mesaj redirecționat:',
  el: 'Αρχή προωθημένου μηνύματος:',
  he: 'תחילת הודעה שהועברה:',
  ar: 'بداية الرسالة المعاد توجيهها:',
  th: 'เริ่มต้นข้อความที่ส่งต่อ:',
  vi: 'Bắt đầu thư được chuyển tiếp:',
  id: 'Awal pesan yang diteruskan:',
};
it.each(Object.entries(FORWARDS))('a forward without own words shows what it forwards, in %s', (_language, line) => {
  const forwarded =
    '<b>From:</b> Bob<br><b>Date:</b> 5 Jan 2026<br><b>To:</b> Maria<br><b>Subject:</b> INV-7001<br><br>Please pay now.';
  expect(
    previewOf(
      `<div><br><blockquote type="cite"><div>${line}</div><div>${forwarded}</div></blockquote></div>`,
      'text/html',
    ),
  ).toBe('Please pay now.');
});

const FOLDERS: [role: string, names: string[]][] = [
  ['drafts', ['Чернетки', 'Thư nháp', 'แบบร่าง', 'Konsep', 'טיוטות', 'المسودات', 'Πρόχειρα', 'پیش‌نویس‌ها', 'ड्राफ़्ट']],
  [
    'sent',
    ['Надіслані', 'Thư đã gửi', 'รายการที่ถูกส่ง', 'Item Terkirim', 'פריטים שנשלחו', 'العناصر المرسلة', 'ارسال شده'],
  ],
  ['scheduled', ['Заплановані', 'Terjadwal', 'Προγραμματισμένα', 'Đã lên lịch', 'מתוזמנות']],
];
describe.each(FOLDERS)('a folder of the role %s', (role, names) => {
  it.each(names)('%s', (name) => {
    expect(folderRole(name)).toBe(role);
  });
});

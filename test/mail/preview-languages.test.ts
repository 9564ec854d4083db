import { describe, expect, it } from 'vitest';
import { previewOf } from '../../src/mail/preview.ts';

/** Own words above, below and without an earlier message, as mail programs introduce one in each language. */

const OWN = 'Approved, we pay Friday.';
const FORWARDED = 'Please send the remittance for invoice 1001.';
const WHO = 'AR <ar@harborline.example>';

/** Outlook's labels of the author, the time, the recipient and the subject. */
const LABELS: Record<string, [string, string, string, string]> = {
  en: ['From', 'Sent', 'To', 'Subject'],
  de: ['Von', 'Gesendet', 'An', 'Betreff'],
  fr: ['De', 'Envoyé', 'À', 'Objet'],
  es: ['De', 'Enviado', 'Para', 'Asunto'],
  it: ['Da', 'Inviato', 'A', 'Oggetto'],
  nl: ['Van', 'Verzonden', 'Aan', 'Onderwerp'],
  pt: ['De', 'Enviado', 'Para', 'Assunto'],
  'pt-BR': ['De', 'Enviada em', 'Para', 'Assunto'],
  sv: ['Från', 'Skickat', 'Till', 'Ämne'],
  da: ['Fra', 'Sendt', 'Til', 'Emne'],
  fi: ['Lähettäjä', 'Lähetetty', 'Vastaanottaja', 'Aihe'],
  pl: ['Od', 'Wysłano', 'Do', 'Temat'],
  cs: ['Od', 'Odesláno', 'Komu', 'Předmět'],
  sk: ['Od', 'Odoslané', 'Komu', 'Predmet'],
  hu: ['Feladó', 'Elküldve', 'Címzett', 'Tárgy'],
  tr: ['Gönderen', 'Gönderildi', 'Kime', 'Konu'],
  el: ['Από', 'Στάλθηκε', 'Προς', 'Θέμα'],
  ru: ['От', 'Отправлено', 'Кому', 'Тема'],
  uk: ['Від', 'Надіслано', 'Кому', 'Тема'],
  bg: ['От', 'Изпратено', 'До', 'Относно'],
  ro: ['De la', 'Trimis', 'Către', 'Subiect'],
  hr: ['Od', 'Poslano', 'Za', 'Predmet'],
  sl: ['Od', 'Poslano', 'Za', 'Zadeva'],
  ja: ['差出人', '送信日時', '宛先', '件名'],
  'zh-CN': ['发件人', '发送时间', '收件人', '主题'],
  'zh-TW': ['寄件者', '寄件日期', '收件者', '主旨'],
  ko: ['보낸 사람', '보낸 날짜', '받는 사람', '제목'],
  ar: ['من', 'تاريخ الإرسال', 'إلى', 'الموضوع'],
  he: ['מאת', 'נשלח', 'אל', 'נושא'],
  th: ['จาก', 'ส่ง', 'ถึง', 'เรื่อง'],
};

describe.each(Object.entries(LABELS))('a copied header in %s', (_, [from, sent, to, subject]) => {
  const plain = `${from}: ${WHO}\n${sent}: Monday, 5 January 2026 10:00\n${to}: Maria\n${subject}: Invoice 1001\n\n`;
  const html =
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0">' +
    `<p><b>${from}:</b> AR &lt;ar@harborline.example&gt;<br><b>${sent}:</b> Monday<br><b>${to}:</b> Maria<br><b>${subject}:</b> Invoice 1001</p></div>`;

  it.each([
    ['a forward without own words', plain + FORWARDED, 'text/plain', FORWARDED],
    ['the same in HTML', `${html}<p>${FORWARDED}</p>`, 'text/html', FORWARDED],
    ['own words above', `${OWN}\n\n${plain}Old question.`, 'text/plain', OWN],
    ['the same in HTML', `<p>${OWN}</p>${html}<p>Old question.</p>`, 'text/html', OWN],
  ] as const)('%s', (_what, body, bodyType, expected) => {
    expect(previewOf(body, bodyType)).toBe(expected);
  });
});

/** Gmail's attributions. */
const ATTRIBUTIONS: Record<string, string> = {
  en: `On Mon, Jan 5, 2026 at 10:00 AM ${WHO} wrote:`,
  de: `Am Mo., 5. Jan. 2026 um 10:00 Uhr schrieb ${WHO}:`,
  fr: `Le lun. 5 janv. 2026 à 10:00, ${WHO} a écrit :`,
  es: 'El lun, 5 ene 2026 a las 10:00, AR (<ar@harborline.example>) escribió:',
  it: `Il giorno lun 5 gen 2026 alle ore 10:00 ${WHO} ha scritto:`,
  nl: `Op ma 5 jan 2026 om 10:00 schreef ${WHO}:`,
  pt: `Em seg., 5 de jan. de 2026 às 10:00, ${WHO} escreveu:`,
  sv: `Den mån 5 jan. 2026 kl 10:00 skrev ${WHO}:`,
  da: `Den man. 5. jan. 2026 kl. 10.00 skrev ${WHO}:`,
  nb: `man. 5. jan. 2026 kl. 10:00 skrev ${WHO}:`,
  fi: 'ma 5. tammik. 2026 klo 10.00 AR (ar@harborline.example) kirjoitti:',
  pl: `pon., 5 sty 2026 o 10:00 ${WHO} napisał(a):`,
  cs: `po 5. 1. 2026 v 10:00 odesílatel ${WHO} napsal:`,
  sk: `po 5. 1. 2026 o 10:00 ${WHO} napísal(a):`,
  hu: `${WHO} ezt írta (időpont: 2026. jan. 5., H, 10:00):`,
  tr: `${WHO}, 5 Oca 2026 Pzt, 10:00 tarihinde şunu yazdı:`,
  el: `Στις Δευ 5 Ιαν 2026 στις 10:00 π.μ., ο χρήστης ${WHO} έγραψε:`,
  ru: `пн, 5 янв. 2026 г. в 10:00, ${WHO}:`,
  uk: `пн, 5 січ. 2026 р. о 10:00 ${WHO} пише:`,
  bg: `На пн, 5.01.2026 г. в 10:00 ${WHO} написа:`,
  ro: `În lun., 5 ian. 2026 la 10:00, ${WHO} a scris:`,
  ja: `2026年1月5日(月) 10:00 ${WHO}:`,
  'zh-CN': `${WHO} 于2026年1月5日周一 10:00写道：`,
  'zh-TW': `${WHO} 於 2026年1月5日 週一 上午10:00寫道：`,
  ko: `2026년 1월 5일 (월) 오전 10:00, ${WHO}님이 작성:`,
  he: '‫בתאריך יום ב׳, 5 בינו׳ 2026 ב-10:00 מאת ‪AR‬‏ <‪ar@harborline.example‬‏>:‬',
  ar: `في الاثنين، 5 يناير 2026 في 10:00 ص تمت كتابة ما يلي بواسطة ${WHO}:`,
  th: `ในวันที่ จ. 5 ม.ค. 2026 เวลา 10:00 ${WHO} เขียนว่า:`,
  vi: `Vào Th 2, 5 thg 1, 2026 vào lúc 10:00 ${WHO} đã viết:`,
};

describe.each(Object.entries(ATTRIBUTIONS))('an attribution in %s', (_, attribution) => {
  it.each([
    ['own words above a quote', `${OWN}\n\n${attribution}\n\n> Old question\n> more`],
    ['own words above a message without quote marks', `${OWN}\n\n${attribution}\n\nOld question\nmore`],
    ['own words below a quote', `${attribution}\n> Old question\n> more\n\n${OWN}`],
  ])('%s', (_what, body) => {
    expect(previewOf(body, 'text/plain')).toBe(OWN);
  });
});

import { anyOf } from './program-texts.ts';

/** Patterns of the texts of absences, by language. */

/** Away in the first person, and what is arranged meanwhile: by language, both must be there. */
const FIRST_WORDS = '^([\\s\\S]{0,300}?)';
/** What people ask for before they say that they will be away. */
export const REQUEST =
  /please|could you|can you|bitte|merci de|veuillez|por favor|per favore|graag|proszę|prosím|lütfen|пожалуйста|будь ласка|παρακαλώ|בבקשה|يرجى|من فضلك|กรุณา|vui lòng|mohon|tolong|vă rog|vă rugăm|kér(?:em|jük)|molim|prosimo|palun|lūdzu|prašau|prašome|моля|si us plau|कृपया|ください|请|請/iu;
const ANYWHERE = '[\\s\\S]{0,900}?';
export const ARRANGED_ABSENCE: readonly RegExp[] = Object.values({
  'en, for good': [
    '(?:no longer (?:works?|working|employed|with)|(?:has|have) left (?:the company|the business|us))\\b',
    '(?:mailbox|inbox|e-?mail address) is (?:not|no longer)|please (?:contact|(?:direct|refer|address) .{0,60} to)\\b(?! (?:me|us)\\b)',
  ],
  'de, for good': [
    'nicht mehr (?:für|bei|im unternehmen|in unserem)',
    '(?:wenden sie sich|richten sie .{0,60}) an(?! (?:mich|uns)\\b)|postfach wird nicht',
  ],
  en: [
    "\\b(?:i am|i['’]m|i will be|i['’]ll be) (?:currently |presently |now )?(?:out of (?:the |my )?office|away(?: from (?:the|my) (?:office|desk))?|on (?:(?:annual|maternity|paternity|parental|sick|holiday|extended) )?leave|on (?:vacation|holidays?)|ooo)\\b",
    "(?:in|during|while) my absence|(?:for|in) (?:an?y? )?urgent|for anything urgent|please (?:contact|reach out to|(?:direct|refer) .{0,60} to)\\b(?! (?:me|us)\\b)|in case of (?:emergency|urgency)|(?:no|limited) access to (?:my )?e-?mail|(?:up)?on my return|(?:when|once|as soon as) i (?:return|am back|['’]?m back|get back)",
  ],
  de: [
    '(?:ich bin|bin ich|bin|befinde(?: ich)? mich) .{0,60}(?:nicht im (?:büro|haus)|abwesend|außer haus|ausser haus|im urlaub|in elternzeit|im mutterschutz|nicht erreichbar)',
    'nicht weitergeleitet|dringenden? (?:fällen|fall|anliegen|angelegenheiten)|in meiner abwesenheit|während meiner abwesenheit|meine vertretung|vertritt mich|kein(?:en)? zugriff auf meine|lese meine e-?mails nicht|nach meiner rückkehr|sobald ich zurück',
  ],
  fr: [
    'je (?:suis|serai) (?:actuellement |momentanément )?(?:absente?|en congés?|en vacances|hors du bureau)',
    'en cas d.urgence|pour toute urgence|en mon absence|pendant mon absence|à mon retour|dès mon retour',
  ],
  es: [
    '(?:estoy|estaré|me encuentro) (?:actualmente )?(?:fuera de (?:la )?oficina|de vacaciones|ausente|de baja)',
    'urgent|en mi ausencia|durante mi ausencia|a mi (?:regreso|vuelta)',
  ],
  it: [
    '(?:sono|sarò) (?:attualmente )?(?:fuori (?:ufficio|sede)|assente|in ferie)',
    'urgen|in mia assenza|durante la mia assenza|al mio (?:rientro|ritorno)',
  ],
  nl: [
    'ik ben (?:momenteel |op dit moment )?.{0,30}(?:afwezig|niet (?:op kantoor|aanwezig|bereikbaar)|met (?:vakantie|verlof)|op vakantie)',
    'dringende|spoed|tijdens mijn afwezigheid|in mijn afwezigheid|bij mijn terugkomst|na mijn terugkeer|niet doorgestuurd',
  ],
  pt: [
    '(?:estou|estarei|encontro-me) (?:atualmente )?(?:fora do escritório|de férias|ausente)',
    'urgent|urgência|na minha ausência|durante a minha ausência|no meu (?:regresso|retorno)|quando (?:eu )?(?:voltar|regressar)',
  ],
  nordic: [
    '(?:jag är|jeg er|jeg har|jeg holder) .{0,40}(?:kontoret|semester|ferie|ledig|fraværende|frånvarande)',
    'brådskande|vid akuta|haster|hastesa[gk]er|i mitt fravær|i min frånvaro|tilbake|tillbaka|tilbage',
  ],
  fi: ['olen .{0,40}(?:lomalla|poissa)', 'kiireellis|palaan|poissa ollessani'],
  pl: [
    '(?:jestem|przebywam) .{0,40}(?:urlopie|poza biurem|nieobecn)',
    'piln|podczas mojej nieobecności|po powrocie|zastępuje mnie',
  ],
  cs: [
    '(?:jsem|budu|čerpám) .{0,40}(?:mimo kancelář|dovolen|nepřítom)',
    'naléhav|urgent|v mé nepřítomnosti|zastupuje mě|po návratu',
  ],
  sk: [
    '(?:som|budem|čerpám) .{0,40}(?:mimo kancelárie|dovolenk|neprítomn)',
    'naliehav|súrn|urgentn|v mojej neprítomnosti|zastupuje ma|po návrate',
  ],
  et: ['(?:olen|viibin) .{0,40}(?:puhkusel|kontorist)', 'kiire|äraolekul|asendab|tagasi'],
  lv: ['(?:esmu|atrodos) .{0,40}(?:atvaļinājumā|prombūtnē|ārpus biroja)', 'steidzam|prombūtnes laikā|aizvieto|atgriez'],
  lt: ['(?:atostogauju|esu (?:atostogose|išvyk)|nesu biure)', 'skub|pavaduoja|grįš|grįž'],
  ca: [
    '(?:soc|sóc|estic|seré|estaré) (?:fora de l.oficina|de vacances|absent|de baixa)',
    'urgent|urgències|en la meva absència|durant la meva absència|quan torni',
  ],
  hi: [
    'छुट्टी पर (?:हूँ|हूं|रहूँगा|रहूँगी|रहूंगा|रहूंगी)|अवकाश पर (?:हूँ|हूं)|(?:कार्यालय|ऑफिस) से बाहर (?:हूँ|हूं)',
    'अत्यावश्यक|तत्काल|ज़रूरी|आपात|वापस|लौट',
  ],
  tr: ['(?:ofis dışındayım|izindeyim|tatildeyim|ofiste değilim)', 'acil|döndüğümde|yokluğumda'],
  ru: [
    '(?:я )?(?:нахожусь в отпуске|в отпуске|вне офиса|отсутствую)',
    'срочн|по возвращении|в мое отсутствие|в моё отсутствие',
  ],
  uk: [
    '(?:перебуваю у відпустці|(?:^|[\\s,.])я (?:зараз )?у відпустці|зараз у відпустці|перебуваю поза офісом|я поза офісом|відсутн(?:ій|я) (?:на роботі|в офісі))',
    'термінов|після повернення|за моєї відсутності|під час моєї відсутності|не маю доступу до (?:пошти|електронної)|відповім',
  ],
  bg: ['(?:в отпуск съм|извън офиса съм|отсъствам от офиса)', 'спешн|след завръщане|в мое отсъствие'],
  hu: ['(?:szabadságon vagyok|házon kívül vagyok|irodán kívül vagyok)', 'sürgős|távollétem|visszatérésem'],
  ro: [
    'sunt (?:în concediu|plecată? din birou|absentă? din birou|în afara biroului)',
    'urgen|la întoarcere|în lipsa mea',
  ],
  balkan: [
    '(?:nisam u (?:uredu|kancelariji)|(?:na|sam na) (?:godišnjem odmoru|godišnjem)|na dopustu sem|odsot(?:en|na) sem)',
    'hitn|nujn|po povratku|po vrnitvi|u mom odsustvu',
  ],
  el: [
    '(?:απουσιάζω|λείπω) (?:από το γραφείο|με άδεια|σε άδεια)|(?:είμαι|βρίσκομαι) (?:εκτός γραφείου|σε άδεια|με άδεια)',
    'επιστροφή μου|όταν επιστρέψω|απουσία μου|επείγο',
  ],
  he: [
    '(?:אני (?:נמצאת? )?(?:כרגע )?(?:בחופשה|בחופש|מחוץ למשרד)|(?:אינני|איני|אני לא) (?:נמצאת? )?במשרד)',
    'עם שובי|בשובי|לכשאשוב|כשאחזור|דחופ|דחוף|בהיעדרי',
  ],
  ar: [
    '(?:أنا|إنني|سأكون) (?:حاليًا |حاليا |متواجد )?(?:خارج المكتب|في إجازة)',
    'عند عودتي|حال عودتي|بعد عودتي|فور عودتي|عاجل|طارئ|في غيابي',
  ],
  th: ['ไม่อยู่ที่(?:สำนักงาน|ออฟฟิศ|ทำงาน)|อยู่ระหว่างลา|ลาพักร้อน', 'ตอบกลับเมื่อ|เมื่อกลับมา|เร่งด่วน|กรณีด่วน|เรื่องด่วน'],
  vi: [
    'tôi (?:hiện )?(?:đang )?(?:vắng mặt|đi vắng|nghỉ phép|không có mặt)',
    'khẩn cấp|việc (?:gấp|khẩn)|trường hợp (?:gấp|khẩn)|khi (?:tôi )?(?:quay lại|trở lại|trở về)',
  ],
  malay: [
    'saya (?:saat ini )?(?:sedang )?(?:tidak berada di (?:kantor|pejabat)|di luar (?:kantor|pejabat)|cuti|bercuti)',
    'mendesak|urgen|setelah (?:saya )?kembali|saat (?:saya )?kembali|sekembalinya|selama saya',
  ],
  ja: ['不在|休暇', '(?:緊急|お急ぎ)|(?:戻り|復帰|以降).{0,30}(?:連絡|返信|対応)'],
  zh: ['我(?:正在|目前|现在)?.{0,10}(?:休假|外出|不在办公室|不在辦公室|出差)', '紧急|緊急|急事|回来后|返回后|回來後'],
  ko: ['(?:휴가|부재|출장) ?중', '급한|긴급|복귀'],
}).map(([away = '', arranged = '']) => new RegExp(`${FIRST_WORDS}(?:${away})${ANYWHERE}(?:${arranged})`, 'iu'));

/** Mentions of an absence in the first lines of a text. */
export const ABSENCE_TEXT = anyOf({
  en: 'out of (?:the |my )?office|on (?:annual |maternity |parental |sick )?leave|on (?:vacation|holiday)|\\baway\\b|(?:back|return)(?:ing)? (?:on|in|to the office)|limited access to (?:my )?e-?mail',
  de: 'nicht im (?:büro|haus)|abwesend|außer haus|im urlaub|bin (?:ich )?(?:ab|wieder).{0,40}(?:erreichbar|zurück)|betriebsferien',
  fr: 'absente?\\b|en congés?|en vacances|de retour|hors du bureau',
  es: 'fuera de (?:la )?oficina|de vacaciones|ausente|estoy fuera|de baja',
  it: 'fuori (?:ufficio|sede)|in ferie|assente|sarò di ritorno',
  nl: 'afwezig|met (?:vakantie|verlof)|niet op kantoor|weer (?:aanwezig|bereikbaar)',
  pt: 'fora do escritório|de férias|ausente',
  nordic:
    'kontoret|semester|på (?:ferie|ledighet)|fravær|frånvar|tillbaka|tilbage|tilbake|föräldraledig|permisjon|holder ferie|har ferie',
  fi: 'lomalla|poissa|palaan|vuosiloma',
  pl: 'urlop|nieobecn|poza biurem',
  cs: 'dovolen|nepřítomn|mimo kancelář|neprítomn|mimo kancelárie',
  hu: 'szabadság|házon kívül|irodán kívül|távol',
  balkan: 'odsut|godišnj|izvan ureda|odsot|dopust',
  tr: 'izin|ofis dışında|tatil',
  ru: 'отпуск|отсутств|вне офиса|відпуст|відсутн|поза офісом',
  el: 'άδεια|εκτός γραφείου',
  asia: '不在|休暇|休業|外出|休假|不在办公室|不在辦公室|부재|휴가|연차',
  ro: 'concediu|vacanț',
  baltic: 'puhkus|atvaļināj|atostog',
  ca: 'de vacances|fora de l.oficina',
  semitic: 'חופש|إجازة',
  hi: 'छुट्टी|अवकाश',
});

/** "Maria Alder is out of the office (returning Monday)": subjects of HCL Notes and other programs, up to their end. */
export const ABSENCE_SUBJECT = new RegExp(
  `(?:${[
    'is (?:currently )?(?:out of (?:the )?office|away|on (?:leave|vacation|holiday))',
    'ist (?:derzeit |momentan )?(?:nicht im büro|außer haus|abwesend|im urlaub)',
    'est (?:actuellement )?(?:absente?(?: du bureau)?|en congés?)',
    'está (?:fuera de (?:la )?oficina|ausente|fora do escritório|de vacaciones|de férias)',
    'è (?:fuori (?:ufficio|sede)|assente|in ferie)',
    'is (?:afwezig|niet op kantoor|met vakantie)',
    '(?:är|er) (?:inte|ikke) på kontoret',
    '(?:on|ei ole) (?:poissa|toimistolla)',
    'jest (?:poza biurem|nieobecn\\p{L})',
  ].join('|')})[.!]?\\s*(?:\\([^()]{1,80}\\)[.!]?|re\\s*:.*)?\\s*$`,
  'iu',
);

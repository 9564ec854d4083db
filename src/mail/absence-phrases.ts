import type { Phrases } from './subject.ts';

/**
 * Beginnings of the subjects of automatic replies, a comma-separated list for each language, spelled as mail programs
 * spell them. The lists are folded in the same way as subjects are. `*` stands for any ending of the last word.
 */

/** Only programs begin a subject with these words. */
export const AUTO_REPLY_PHRASES: Phrases = {
  en:
    'automatic reply, automatic response, auto reply, autoreply, auto response, autoresponse, auto responder, ' +
    'autoresponder, automated response, automated reply, out of office autoreply, out of office auto reply, ' +
    'out of office reply, out of office message, vacation reply, vacation response, away message, ' +
    'auto acknowledgement, automatic acknowledgement, automated acknowledgement',
  de:
    'automatische Antwort, automatische Rückantwort, automatische Rückmeldung, automatische Eingangsbestätigung, ' +
    'automatische Empfangsbestätigung, automatisierte Antwort, Autoantwort, Abwesenheits*',
  fr:
    "réponse automatique, réponse d’absence, message automatique, message d'absence, avis d'absence, " +
    'notification d’absence',
  es:
    'respuesta automática, autorespuesta, contestación automática, contestador automático, mensaje de ausencia, ' +
    'aviso de ausencia',
  it:
    'risposta automatica, risponditore automatico, risposta automatizzata, messaggio di assenza, ' +
    'avviso di assenza',
  nl: 'automatisch antwoord, automatische antwoord, automatische beantwoording, automatische reactie, afwezigheids*',
  pt: 'resposta automática, autorresposta, mensagem de ausência, aviso de ausência, mensagem automática, resposta automàtica',
  ca: 'resposta automàtica',
  gl: 'resposta automática',
  eu: 'erantzun automatikoa',
  ro: 'răspuns automat, mesaj automat, răspuns automatizat',
  sv: 'automatiskt svar, autosvar, automatsvar, frånvaromeddelande',
  da: 'automatisk svar, svar automatisk, autosvar, automatisk besvarelse, fraværsbesked, fraværsmeddelelse',
  nb: 'automatisk svar, autosvar, fraværsmelding, fraværsassistent',
  is: 'sjálfvirkt svar',
  fi: 'automaattinen vastaus, automaattivastaus, poissaoloilmoitus, poissaoloviesti, automaattinen poissaoloviesti',
  et: 'automaatvastus, automaatne vastus, automaatne teade',
  lv: 'automātiskā atbilde, automātiska atbilde',
  lt: 'automatinis atsakymas',
  pl: 'odpowiedź automatyczna, automatyczna odpowiedź, autoodpowiedź, automatyczne powiadomienie, autoresponder',
  cs: 'automatická odpověď, automatická odpoveď, automatická zpráva, oznámení o nepřítomnosti, automatická zpráva o nepřítomnosti',
  sk: 'automatická odpoveď, oznámenie o neprítomnosti',
  hu: 'automatikus válasz, házon kívül üzenet, automatikus üzenet',
  hr: 'automatski odgovor, automatska poruka',
  sl: 'samodejni odgovor, avtomatski odgovor',
  sr: 'аутоматски одговор, automatski odgovor',
  mk: 'автоматски одговор',
  sq: 'përgjigje automatike',
  ka: 'ავტომატური პასუხი',
  kk: 'автоматты жауап',
  tr: 'otomatik yanıt, otomatik cevap, otomatik mesaj',
  ru: 'автоматический ответ, автоответ, автоответчик',
  uk: 'автоматична відповідь, автовідповідь',
  bg: 'автоматичен отговор',
  el: 'αυτόματη απάντηση, αυτόματη απόκριση, αυτόματο μήνυμα',
  ja: '自動応答, 自動返信, 不在通知, 不在応答, 不在自動返信',
  zh: '自动答复, 自动回复, 自動回覆, 自動答覆, 自動回復, 外出时的自动答复',
  ko: '자동 회신, 자동 응답, 자동 답장, 부재중, 자동회신 메일, 자동 회신 메일',
  he: 'תשובה אוטומטית, מענה אוטומטי, תגובה אוטומטית, הודעה אוטומטית',
  ar: 'الرد التلقائي, رد تلقائي, رد آلي, الرد الآلي',
  fa: 'پاسخ خودکار, پاسخ اتوماتیک',
  th: 'ตอบกลับอัตโนมัติ, การตอบกลับอัตโนมัติ, ข้อความตอบกลับอัตโนมัติ',
  vi: 'trả lời tự động, thư trả lời tự động',
  id: 'balasan otomatis, jawaban otomatis',
  ms: 'balas automatik, balasan automatik, jawapan automatik',
  hi: 'स्वचालित उत्तर, स्वतः उत्तर, स्वचालित जवाब, स्वचालित प्रतिक्रिया, ऑटो रिप्लाई',
};

/** People begin sentences with these words too, so they count only before a separator, "Re:" or the subject's end. */
export const ABSENCE_PHRASES: Phrases = {
  en:
    'out of office, i am out of office, i am out of the office, i am currently out of the office, i am on leave, ' +
    'currently away, currently out of the office, out of the office, ooo, away from the office, ' +
    'away from my mail, on vacation, on annual leave, on leave, on holiday',
  de: 'abwesend, Abwesenheit, nicht im Büro, ich bin nicht im Büro, ich bin abwesend, außer Haus, im Urlaub',
  fr:
    'absence du bureau, actuellement absent, actuellement absente, je suis absent, je suis absente, ' +
    'absent du bureau, absente du bureau, absent(e) du bureau, absence, en congé',
  es: 'fuera de la oficina, fuera de oficina, estoy fuera de la oficina, ausente, ausencia, de vacaciones',
  it: 'fuori ufficio, fuori sede, assente, assenza, in ferie',
  nl: 'afwezig, niet aanwezig, niet op kantoor, met vakantie',
  pt:
    'fora do escritório, ausente do escritório, estou fora do escritório, ausência temporária, ausência, ' +
    'de férias',
  ro: 'în afara biroului, absent din birou, absență, absent, absentă, sunt în concediu, în concediu, plecat din birou, lipsesc din birou',
  sv: 'frånvaro, frånvarande, ej på kontoret, inte på kontoret, semester, jag är inte på kontoret, jag är på semester, på semester, föräldraledighet, utanför kontoret',
  da: 'fravær, ikke til stede, ikke på kontoret, ude af kontoret, jeg er ikke på kontoret, jeg er på ferie, på ferie, jeg holder ferie, fraværende',
  nb: 'ikke på kontoret, ikke til stede, fraværende, jeg er ikke på kontoret, jeg er på ferie, på ferie, ute av kontoret, fravær',
  fi: 'poissa, poissaolo, poissa toimistosta, lomalla, olen lomalla, vuosilomalla, en ole toimistolla, en ole paikalla, olen poissa, olen poissa toimistosta',
  pl: 'nieobecność, poza biurem, nieobecny w biurze, urlop, jestem poza biurem, jestem na urlopie, na urlopie, nieobecny, nieobecna, jestem nieobecny, jestem nieobecna',
  cs: 'mimo kancelář, nepřítomnost, jsem mimo kancelář, nepřítomnost v kanceláři, nepřítomen, nepřítomna, jsem na dovolené, na dovolené',
  sk: 'mimo kancelárie, neprítomnosť, som mimo kancelárie, neprítomnosť v kancelárii, neprítomný, neprítomná, som na dovolenke, na dovolenke',
  hu: 'házon kívül, irodán kívül, szabadságon vagyok, házon kívül vagyok, irodán kívül vagyok, nem vagyok az irodában, távollét, távollét értesítés',
  tr: 'ofis dışında, ofis dışındayım, izindeyim, yıllık izindeyim, tatildeyim, ofiste değilim',
  ru: 'нет на месте, нет на работе, вне офиса, отсутствие, отпуск, в отпуске, я в отпуске, нахожусь в отпуске, я вне офиса',
  uk:
    'поза офісом, немає на місці, мене немає на місці, не на роботі, незайнятий, незайнята, відсутність, відсутній, ' +
    'відсутня, у відпустці, я у відпустці, відпустка',
  el: 'εκτός γραφείου, είμαι εκτός γραφείου, απουσία, απουσία από το γραφείο, σε άδεια, με άδεια',
  ja: '不在, 不在のお知らせ, 不在にしております, 休暇のお知らせ, 休暇中, 休業のお知らせ',
  zh: '外出, 不在办公室, 不在辦公室, 外出中, 休假中, 休假通知, 出差中',
  hr: 'izvan ureda, odsutnost, odsutan, odsutna, van kancelarije, na godišnjem odmoru, na godišnjem, nisam u uredu, nisam u kancelariji, izvan kancelarije',
  sl: 'odsotnost, odsoten, odsotna, na dopustu, nisem v pisarni, izven pisarne, zunaj pisarne',
  et: 'kontorist väljas, puhkusel, olen puhkusel, kontorist ära, olen kontorist ära',
  lv: 'ārpus biroja, prombūtnē, esmu atvaļinājumā, atvaļinājumā, neesmu birojā',
  lt: 'ne biure, nesu biure, atostogose, atostogauju, esu atostogose, nesu darbe',
  bg: 'извън офиса, извън офиса съм, отсъствам, в отпуск, в отпуск съм, отсъствие',
  ko: '부재, 휴가 중, 휴가, 휴가중, 휴가 안내, 부재 안내, 출장 중',
  th: 'ไม่อยู่ที่สำนักงาน, ไม่อยู่ที่ออฟฟิศ, ลาพักร้อน',
  vi: 'vắng mặt, không có mặt tại văn phòng, đang nghỉ phép, nghỉ phép, đi vắng',
  id: 'di luar kantor, sedang cuti, saya sedang cuti, tidak di kantor, tidak berada di kantor',
  he: 'מחוץ למשרד, בחופשה, אני בחופשה, לא במשרד',
  ar: 'خارج المكتب, أنا خارج المكتب, في إجازة, أنا في إجازة',
  ca: "fora de l'oficina, soc fora de l'oficina, estic de vacances, de vacances, absent de l'oficina",
  hi: 'कार्यालय से बाहर, ऑफिस से बाहर, छुट्टी पर, मैं छुट्टी पर हूँ, अवकाश पर',
  fa: 'خارج از دفتر, در مرخصی هستم',
};

/** Ambiguous words: they count like `ABSENCE_PHRASES` only when the text mentions an absence too. */
export const WEAK_ABSENCE_PHRASES: Phrases = {
  en: 'auto, away, vacation, leave, annual leave, holiday, absent',
  de: 'Urlaub, Feiertag, Betriebsferien',
  fr: 'auto, congés, vacances',
  es: 'vacaciones',
  it: 'ferie',
  nl: 'vakantie, verlof',
  pt: 'férias',
  sv: 'ledig, föräldraledig',
  da: 'ferie',
  nb: 'permisjon',
  fi: 'loma, vuosiloma',
  cs: 'dovolená',
  sk: 'dovolenka',
  hu: 'szabadság, szabadságon',
  tr: 'izin, izinde, yıllık izin, tatil',
  ja: '休暇, 夏季休業',
  zh: '休假',
  ro: 'concediu, vacanță',
  et: 'puhkus',
  lv: 'atvaļinājums',
  lt: 'atostogos',
  hr: 'godišnji odmor, godišnji',
  sl: 'dopust, letni dopust',
  ar: 'إجازة',
  bg: 'отпуск, отпуска',
  he: 'חופשה',
  pl: 'urlop wypoczynkowy',
  ca: 'vacances',
  hi: 'छुट्टी, अवकाश',
  ko: '연차',
};

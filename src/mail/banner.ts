/** Warnings that mail gateways insert above a mail from outside, by language; compared without case. */
const BANNERS: Readonly<Record<string, readonly string[]>> = {
  en: [
    '(?:this|the) (?:e-?mail|message|sender)(?: message)? (?:was |has |has been |is |may have )?(?:originated?|originates|came|comes|sent|received|from|coming).{0,60}\\b(?:outside|external)',
    '(?:external|outside) (?:e-?mail|sender|message|source).{0,40}(?:caution|be careful|do not|don.t|think|warning|$)',
    '(?:some people who received this message |you )don.t often get e-?mail from',
    'this message is from an? (?:external|untrusted|unknown) sender',
    'you have not previously corresponded with this sender',
    'report suspicious$',
    'zjqcmqryfpfptbanner(?:start|end)',
    '(?:please )?(?:treat|handle) (?:hyper)?links (?:and|or) attachments with caution',
    '(?:please )?(?:do not|don.t|never|avoid) (?:click|open|reply|respond|trust|change bank).{0,80}(?:link|attachment|sender|source|bank|e-?mail)',
    'unless you (?:recogni[sz]e|know|trust|are sure|were expecting)',
    'this sender.{0,40}(?:not verified|could not be verified|first time)',
    'learn why this is important',
  ],
  de: [
    'diese (?:e-?mail|mail|nachricht) (?:stammt|kommt|kam|wurde).{0,60}(?:außerhalb|ausserhalb|extern)',
    'sie (?:erhalten|bekommen) nicht (?:oft|häufig) (?:eine )?e-?mails? von',
    'externe (?:e-?mail|mail|nachricht|absender)',
    'externer absender',
    'öffnen sie (?:keine |links |anhänge ).{0,60}(?:nur|nicht|keine)',
    '(?:bitte )?(?:klicken|öffnen) sie (?:nicht|keine)',
  ],
  fr: [
    '(?:ce|cet|cette) (?:e-?mail|courriel|message|courrier).{0,30}(?:provient|vient|émane|envoyé).{0,50}(?:extérieur|externe|hors|dehors)',
    'vous n.(?:obtenez|recevez) pas souvent d.e-?mails?',
    'vous ne recevez pas souvent d.e-?mails?',
    '(?:e-?mail|courriel|message|expéditeur) externe',
    'ne cliquez (?:pas|sur aucun)',
  ],
  es: [
    '(?:este|el) (?:correo|e-?mail|mensaje).{0,30}(?:proviene|procede|se originó|viene|enviado|origen).{0,50}(?:fuera|extern|ajen)',
    'no suele recibir (?:correos?|correo electrónico)',
    'no (?:abra|abras) (?:los )?(?:enlaces|archivos)',
    'correo(?: electrónico)? externo',
    'no (?:haga|hagas) clic',
  ],
  it: [
    '(?:questa|questo|la presente)\\s?(?:e-?mail|mail|messaggio).{0,30}(?:proviene|arriva|stat[oa] inviat[oa]).{0,50}(?:estern|fuori)',
    'non si ricev(?:ono|e) spesso (?:messaggi|e-?mail|posta)',
    '(?:e-?mail|mail|messaggio|mittente) estern[oa]',
    'non (?:cliccare|fare clic)',
  ],
  nl: [
    '(?:deze|dit) (?:e-?mail|mail|bericht).{0,30}(?:afkomstig|komt|verzonden|verstuurd).{0,50}(?:buiten|extern)',
    'u ontvangt niet vaak e-?mail van',
    'externe (?:e-?mail|afzender)',
    'klik niet op',
  ],
  pt: [
    '(?:este|esta|o) (?:e-?mail|mensagem|correio).{0,30}(?:originou|veio|proveniente|enviad[oa]|origem|provém).{0,50}(?:fora|extern)',
    'você não costuma receber',
    '(?:e-?mail|mensagem|remetente) extern[oa]',
    'não (?:clique|abra)',
  ],
  pl: [
    '(?:ta|ten) (?:wiadomość|e-?mail).{0,30}(?:pochodzi|została|został).{0,50}(?:spoza|zewn)',
    'rzadko otrzymujesz wiadomości',
    'nie klikaj',
  ],
  nordic: [
    '(?:detta|det här|denne|dette|denna) (?:mail|mejl|e-?post(?:meddelande|en)?|meddelande|mailen?|besked|meldingen?).{0,60}(?:utanför|utenfor|uden ?for|extern|ekstern)',
    '(?:du|ni) får (?:inte|ikke) (?:ofta|ofte) (?:e-?post|e-?mails?|mails?|mejl)',
    'extern(?:t|a)? (?:mejl|mail|e-?post|meddelande|avsändare)|ekstern (?:mail|e-?mail|e-?post|afsender|avsender)',
    'ulkoinen (?:viesti|sähköposti|lähettäjä)',
    '(?:klicka|klik|klikk) (?:inte|ikke)',
    'tämä (?:viesti|sähköposti).{0,60}ulkopuol',
  ],
  cs: ['(?:tento|tato) (?:e-?mail|zpráva).{0,60}(?:mimo|extern|zvenčí)', 'neklikejte'],
  ru: ['(?:это|данное) (?:письмо|сообщение).{0,60}(?:внешн|извне|за пределами)', 'не переходите по ссылкам'],
  uk: [
    '(?:цей|даний|це) (?:електронний )?(?:лист|повідомлення).{0,60}(?:зовн|поза меж)',
    'не (?:переходьте за|відкривайте) (?:посилан|вкладен)',
  ],
  tr: ['bu (?:e-?posta|ileti|mesaj).{0,60}(?:dış|harici)'],
  el: [
    '(?:αυτό|το παρόν) (?:το )?(?:μήνυμα|e-?mail).{0,60}(?:εξωτερικ|εκτός)',
    'μην (?:πατάτε|κάνετε κλικ|ανοίγετε) (?:σε )?(?:συνδέσμους|συνημμένα)',
  ],
  semitic: [
    '(?:הודעה|מייל|דוא["״]ל) (?:זו|זה|זאת).{0,60}(?:מחוץ ל|חיצוני)',
    'אין (?:ללחוץ על קישורים|לפתוח קבצים)',
    '(?:هذه الرسالة|هذا البريد|هذا الإيميل).{0,60}(?:خارج|خارجي)',
    'لا (?:تنقر|تضغط) على (?:الروابط|أي)',
  ],
  southeast: [
    '(?:e-?mail|pesan|e-?mel) ini.{0,60}(?:(?:dari|daripada) luar|eksternal)',
    'jangan (?:meng)?klik',
    '(?:e-?mail|thư) này.{0,60}bên ngoài',
    'không nhấp vào (?:liên kết|đường dẫn)',
    '(?:อีเมล|ข้อความ)(?:ฉบับ)?นี้.{0,60}ภายนอก',
    '(?:อย่า|ห้าม)คลิก',
  ],
  asia: [
    'このメール(?:は|メッセージは).{0,30}(?:外部|社外)',
    '(?:此|本|这封|這封)(?:电子|電子)?(?:邮件|郵件).{0,20}外部',
    '(?:이 )?(?:메일|이메일)은? ?외부|외부.{0,15}(?:메일|발신|에서)',
  ],
};
/** Alarm words before the warning. */
const ALARM =
  '(?:[\\[(*⚠!\\s_-]*(?:caution|warning|attention|important|notice|alert|external(?: e-?mail)?|ext|achtung|warnung|vorsicht|hinweis|extern|avertissement|atenci[óo]n|advertencia|precaución|attenzione|avviso|let op|waarschuwing|atenção|aviso|cuidado|uwaga|varning|obs|advarsel|huomio|upozornění|внимание|увага|обережно|dikkat|προσοχ[ήη]|προειδοποίηση|זהירות|אזהרה|שים לב|שימו לב|تنبيه|تحذير|perhatian|peringatan|amaran|cảnh báo|chú ý|lưu ý|คำเตือน|ข้อควรระวัง|注意|警告|주의|외부 ?메일)[\\])*!\\s_:：.–—-]*){0,3}';
const BANNER = new RegExp(`^${ALARM}[\\s"'“”*.:-]{0,5}(?:${Object.values(BANNERS).flat().join('|')})`, 'iu');
const ALARM_ALONE =
  /^[[(*⚠!\s_-]*(?:caution|warning|external(?: (?:e-?mail|sender|message))?|achtung|extern(?:e (?:e-?mail|nachricht))?|externe|externo|esterno)[\])*!\s_:：.-]*$/iu;
/** In UTF-16 units. No warning is longer, so a longer line has the sender's words in it. */
const MAX_BANNER = 700;

const ALARMED =
  /^[[(*⚠!\s_-]*(?:caution|warning|external|achtung|warnung|vorsicht|avertissement|attention|advertencia|precaución|atención|attenzione|avviso|let op|waarschuwing|atenção|aviso|uwaga|varning|advarsel|huomio|upozornění|внимание|увага|dikkat|προσοχ[ήη]|זהירות|אזהרה|تنبيه|تحذير|perhatian|peringatan|cảnh báo|คำเตือน|注意|警告)\p{L}*[\])*!\s_:：.–—-]{1,5}/iu;

/**
 * Whether a line below the sender's words is a gateway's warning. There it counts only if it begins with an alarm word.
 */
export function isBannerBelow(text: string): boolean {
  return text.length <= MAX_BANNER && ALARMED.test(text) && BANNER.test(text);
}

/** Whether a line above the sender's words is a gateway's warning or a part of one. */
export function isBannerLine(text: string): boolean {
  return text.length <= MAX_BANNER && (BANNER.test(text) || ALARM_ALONE.test(text));
}

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
    'não (?:costuma|costumas) receber',
    '(?:este|esta|o) (?:e-?mail|mensagem|correio).{0,30}(?:originou|veio|proveniente|enviad[oa]|origem|provém).{0,50}(?:fora|extern)',
    'você não costuma receber',
    '(?:e-?mail|mensagem|remetente) extern[oa]',
    'não (?:clique|abra)',
  ],
  pl: [
    'wiadomość zewnętrzna',
    'zachowaj ostrożność',
    '(?:ta|ten) (?:wiadomość|e-?mail).{0,30}(?:pochodzi|została|został).{0,50}(?:spoza|zewn)',
    'rzadko otrzymujesz wiadomości',
    'nie klikaj',
  ],
  nordic: [
    '(?:detta|det här|dette|denna|denne|den här) (?:mail|mejl|e-?mail|e-?post(?:en)?|meddelelse|meddelande|besked|melding(?:en)?).{0,60}(?:utanför|utenfor|uden ?for|extern|ekstern)',
    'et saa usein (?:sähköpostia|viestejä)',
    'älä (?:klikkaa|avaa|napsauta)',
    '(?:detta|det här|denne|dette|denna) (?:mail|mejl|e-?post(?:meddelande|en)?|meddelande|mailen?|besked|meldingen?).{0,60}(?:utanför|utenfor|uden ?for|extern|ekstern)',
    '(?:du|ni) får (?:inte|ikke) (?:ofta|ofte) (?:e-?post|e-?mails?|mails?|mejl)',
    'extern(?:t|a)? (?:mejl|mail|e-?post|meddelande|avsändare)|ekstern (?:mail|e-?mail|e-?post|afsender|avsender)',
    'ulkoinen (?:viesti|sähköposti|lähettäjä)',
    '(?:klicka|klik|klikk) (?:inte|ikke)',
    'tämä (?:viesti|sähköposti).{0,60}ulkopuol',
  ],
  cs: [
    'od odesílatele .{3,200} nedostáváte často',
    'nedostáváte často (?:e-?maily|zprávy)',
    'táto správa.{0,60}(?:mimo|extern|zvonka)',
    '(?:tento|tato|táto) (?:e-?mail|zpráva|správa).{0,60}(?:mimo|extern|zvenčí|zvonka)',
    'neotvírejte (?:odkazy|přílohy)',
    'od používateľa .{3,200} nedostávate často',
    'neklikejte',
  ],
  ru: [
    'вы (?:нечасто|редко) получаете',
    'не открывайте (?:вложени|ссылк)',
    '(?:это|данное) (?:письмо|сообщение).{0,60}(?:внешн|извне|за пределами)',
    'не переходите по ссылкам',
  ],
  uk: [
    '(?:цей|даний|це) (?:електронний )?(?:лист|повідомлення).{0,60}(?:зовн|поза меж)',
    'не (?:переходьте за|відкривайте) (?:посилан|вкладен)',
  ],
  tr: [
    '(?:bu )?(?:e-?posta|ileti|mesaj).{0,60}(?:kuruluş|kurum|şirket|organizasyon) dışından',
    '\\S{3,200} adresinden sık sık e-?posta almıyorsunuz',
    'bağlantılara tıklamayın',
    'bu (?:e-?posta|ileti|mesaj).{0,60}(?:dış|harici)',
  ],
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
    'この(?:メール|メッセージ)は.{0,30}(?:組織|社|会社)?(?:外部|外|社外)から',
    '社外(?:メール|からのメール)',
    '外部(?:メール|邮件|郵件)[】\\])：:]',
    '(?:你|您)(?:通常不会|不常|不经常|不經常).{0,4}收到(?:来自|來自)',

    '\\S{3,200} からのメールを受け取ることはあまりありません',
    '\\S{3,200}에서 ?(?:전자 ?메일|이메일|메일)을 자주 받지',
    '请勿点击|請勿點選|請勿點擊',
    'このメール(?:は|メッセージは).{0,30}(?:外部|社外)',
    '(?:此|本|这封|這封)(?:电子|電子)?(?:邮件|郵件).{0,20}外部',
    '(?:이 )?(?:메일|이메일)은? ?외부|외부.{0,15}(?:메일|발신|에서)',
  ],
  hu: [
    '(?:ez az?|az alábbi) (?:e-?mail|levél|üzenet).{0,60}(?:külső (?:feladó|forrás|cím|hálózat)|szervezeten kívül|kívülről)',
    'nem gyakran kap e-?mailt',
    'ne (?:kattintson|nyissa meg a (?:csatolm|hivatkoz|link))',
    'külső (?:feladó|e-?mail|levél)',
  ],
  ro: [
    'acest (?:e-?mail|mesaj).{0,60}(?:din afara|din exterior|extern)',
    'nu primiți des e-?mail',
    'nu (?:accesați|deschideți|faceți clic).{0,30}(?:link|ataș)',
    '(?:e-?mail|mesaj|expeditor) extern',
  ],
  balkan: [
    '(?:ova|ovaj) (?:poruka|e-?(?:mail|pošta)).{0,60}(?:izvan|vanjsk|eksterni|spolja)',
    '(?:to|ta) (?:sporočilo|e-?pošta).{0,60}(?:izven|zunaj|zunanj)',
    'ne (?:otvarajte|klikajte|odpirajte).{0,30}(?:povez|link|prilo|privit)',
    'ne primate često',
  ],
  bg: [
    '(?:този (?:имейл|e-?mail)|това съобщение).{0,60}(?:извън|външ)',
    'не (?:кликвайте|отваряйте).{0,30}(?:връзк|линк|прикач)',
  ],
  baltic: [
    'see (?:kiri|e-?kiri|sõnum).{0,60}(?:väljast|välise)',
    'ärge (?:klõpsake|avage).{0,30}(?:lin[gk]|manus)',
    'šis (?:e-?pasts|ziņojums).{0,60}(?:ārpus|ārēj)',
    'ne(?:klikšķiniet|atveriet).{0,30}(?:sait|pielik)',
    'šis (?:laiškas|el\\. laiškas|pranešimas).{0,60}(?:iš išor|iš už|už (?:organizacijos|įmonės))',
    'ne(?:spauskite|atidarykite).{0,30}(?:nuorod|pried)',
  ],
  ca: [
    'aquest (?:correu|missatge).{0,60}(?:fora de (?:l.|la )|extern)',
    'no (?:feu clic|obriu).{0,30}(?:enlla|adjunt|fitxer)',
  ],
  hi: ['यह (?:ईमेल|संदेश).{0,60}बाहर', 'लिंक पर क्लिक न करें'],
};
/** Alarm words before the warning. */
const ALARM =
  '(?:[\\[(【*⚠!\\s_-]*(?:caution|warning|attention|important|notice|alert|external(?: e-?mail)?|ext|achtung|warnung|vorsicht|hinweis|extern|avertissement|atenci[óo]n|advertencia|precaución|attenzione|avviso|let op|waarschuwing|atenção|aviso|cuidado|uwaga!?(?: wiadomość zewnętrzna)?|varning|obs|advarsel|huomio|upozornění|upozornenie|figyelem|atenție|upozorenje|opozorilo|tähelepanu|uzmanību|dėmesio|atenció|सावधान|внимание|увага|обережно|dikkat|προσοχ[ήη]|προειδοποίηση|זהירות|אזהרה|שים לב|שימו לב|تنبيه|تحذير|perhatian|peringatan|amaran|cảnh báo|chú ý|lưu ý|คำเตือน|ข้อควรระวัง|注意|警告|주의|외부 ?메일|外部邮件|外部郵件|外部メール)[\\])】*!\\s_:：.–—-]*){0,3}';
const BANNER = new RegExp(`^${ALARM}[\\s"'“”*.:-]{0,5}(?:${Object.values(BANNERS).flat().join('|')})`, 'iu');
const ALARM_ALONE =
  /^[[(*⚠!\s_-]*(?:caution|warning|external(?: (?:e-?mail|sender|message))?|achtung|extern(?:e (?:e-?mail|nachricht))?|externe|externo|esterno)[\])*!\s_:：.-]*$/iu;
/** In UTF-16 units. No warning is longer, so a longer line has the sender's words in it. */
const MAX_BANNER = 700;

const ALARMED =
  /^[[(*⚠!\s_-]*(?:caution|warning|external|achtung|warnung|vorsicht|avertissement|attention|advertencia|precaución|atención|attenzione|avviso|let op|waarschuwing|atenção|aviso|uwaga|varning|advarsel|huomio|upozornění|upozornenie|figyelem|atenție|upozorenje|opozorilo|tähelepanu|uzmanību|dėmesio|atenció|सावधान|внимание|увага|dikkat|προσοχ[ήη]|זהירות|אזהרה|تنبيه|تحذير|perhatian|peringatan|cảnh báo|คำเตือน|注意|警告)\p{L}*[\])*!\s_:：.–—-]{1,5}/iu;

/**
 * Whether a line below the sender's words is a gateway's warning. There it counts only if it begins with an alarm word.
 */
export function isBannerBelow(text: string): boolean {
  if (text.length > MAX_BANNER) return false;
  const plain = withoutDottedI(text);
  return ALARMED.test(plain) && BANNER.test(plain);
}

/** Whether a line above the sender's words is a gateway's warning or a part of one. */
export function isBannerLine(text: string): boolean {
  if (text.length > MAX_BANNER) return false;
  const plain = withoutDottedI(text);
  return BANNER.test(plain) || ALARM_ALONE.test(plain);
}

/** No pattern without case finds this letter. */
function withoutDottedI(text: string): string {
  return text.replaceAll('İ', 'i');
}

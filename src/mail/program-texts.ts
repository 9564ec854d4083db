import { lowerCase } from '../domain/normalize-text.ts';

/**
 * Patterns of the texts of automatic mails, by language. They confirm what a subject suggests: people use the same
 * words in subjects, but not these sentences.
 */

type Texts = Readonly<Record<string, string>>;

export function anyOf(texts: Texts): RegExp {
  return new RegExp(Object.values(texts).join('|'), 'iu');
}

/** Between the two parts of "Your message … was read on …" are the subject, the time and the recipients. */
const BETWEEN = '\\s[\\s\\S]{0,600}?';

/** Receipts for mail that was read, deleted without being read, or delivered. */
export const RECEIPT_TEXT = anyOf({
  en: `your message${BETWEEN}(?:was|has been) (?:read|deleted without being read|delivered)|this is an? (?:return |read )?receipt|the message (?:was|has been) displayed on the recipient|delivery to these recipients or groups is complete`,
  de: `(?:ihre|die|deine) nachricht${BETWEEN}(?:wurde|ist).{0,60}(?:gelesen|gelöscht|zugestellt|übermittelt)|dies ist eine (?:empfangs|lese)bestätigung`,
  fr: `(?:votre|le) message${BETWEEN}(?:a été|est) (?:lu|affiché|remis|supprimé)|(?:ceci|il s.agit d.un) (?:est un )?accusé de (?:réception|lecture)`,
  es: `(?:su|el|tu) mensaje${BETWEEN}(?:(?:fue|ha sido|se ha) (?:leído|eliminado|entregado|mostrado)|se (?:leyó|entregó|eliminó))|est[eao] es (?:un|una) (?:acuse|confirmación) de`,
  it: `(?:il )?(?:tuo |suo )?messaggio${BETWEEN}(?:è stato|stato) (?:letto|recapitato|consegnato|eliminato|visualizzato)|questa è una (?:ricevuta|conferma) di|ricevuta di (?:avvenuta )?(?:accettazione|consegna|presa in carico)`,
  nl: `(?:uw|het|je) bericht${BETWEEN}(?:is|werd) (?:op .{1,60})?(?:gelezen|bezorgd|afgeleverd|verwijderd|weergegeven)|dit is een (?:leesbevestiging|ontvangstbevestiging)`,
  pt: `(?:sua|a) mensagem${BETWEEN}foi (?:lida|entregue|excluída|eliminada|exibida)|est[ea] é um(?:a)? (?:confirmação|recibo|aviso) de`,
  ro: `mesajul${BETWEEN}(?:a fost) (?:citit|livrat|șters)`,
  sv: `(?:ditt |)meddelande(?:t)?${BETWEEN}(?:lästes|har lästs|levererades|har levererats|togs bort)|detta är ett (?:läs|mottagnings)kvitto`,
  da: `(?:din|dit|denne) (?:meddelelse|besked)${BETWEEN}(?:blev|er) (?:læst|leveret|slettet)|(?:din )?meddelelse${BETWEEN}blev læst`,
  nb: `(?:din )?melding(?:en)?${BETWEEN}(?:ble|er) (?:lest|levert|slettet)`,
  fi: `viesti(?:si)?${BETWEEN}(?:on )?(?:luettu|luettiin|toimitettu|poistettu)`,
  pl: `wiadomość${BETWEEN}została (?:przeczytana|odczytana|dostarczona|usunięta)`,
  cs: `zpráva${BETWEEN}byla (?:přečtena|doručena|odstraněna)`,
  sk: `správa${BETWEEN}bola (?:prečítaná|doručená|odstránená)`,
  hu: `üzenet(?:e|ét)?${BETWEEN}(?:elolvas|olvasták el|kézbesít)`,
  hr: `poruka${BETWEEN}(?:je|bila) (?:pročitana|isporučena)|poruka${BETWEEN}(?:pročitana|isporučena) je`,
  sr: `порука${BETWEEN}(?:је|била) (?:прочитана|испоручена)`,
  et: `(?:sõnum|kiri)${BETWEEN}(?:loeti|on loetud)`,
  lv: `(?:ziņojums|vēstule)${BETWEEN}(?:tika|ir) (?:iz)?lasīt`,
  lt: `(?:laiškas|pranešimas)${BETWEEN}(?:buvo )?perskaityt`,
  ca: `missatge${BETWEEN}(?:s.ha llegit|ha estat llegit|es va llegir|ha sigut llegit)`,
  hi: `संदेश${BETWEEN}पढ़ा`,
  sl: `sporočilo${BETWEEN}je bilo (?:prebrano|dostavljeno)`,
  tr: `iletiniz${BETWEEN}(?:okundu|okunmuştur|teslim edil)`,
  ru: `сообщение${BETWEEN}(?:было )?(?:прочитано|прочтено|доставлено|удалено)`,
  uk: `повідомлення${BETWEEN}(?:було )?(?:прочитано|доставлено|видалено)`,
  bg: `съобщение(?:то)?${BETWEEN}(?:беше|е(?: било)?) (?:прочетено|доставено)`,
  el: `(?:το )?μήνυμ(?:α|ά) (?:σας)?[\\s\\S]{0,600}?(?:διαβάστηκε|αναγνώστηκε|παραδόθηκε)`,
  ja: '開封されました|メッセージは.{0,200}(?:開封|読|配信)されました',
  zh: '[您你]的(?:邮件|郵件)[\\s\\S]{0,600}?(?:阅读时间为|閱讀時間為)|[您你]的(?:邮件|郵件)[\\s\\S]{0,600}?(?:已(?:被)?|被)(?:阅读|閱讀|讀取|删除|刪除|送达|傳遞)|(?:邮件|郵件)[\\s\\S]{0,600}?(?:已被|被)(?:阅读|閱讀|讀取)',
  ko: '메시지[\\s\\S]{0,300}?(?:읽었|읽혔|읽음|배달)',
  he: '(?:הודעתך|ההודעה)[\\s\\S]{0,600}?(?:נקראה|נמסרה)',
  ar: '(?:تمت|تم) (?:قراءة|تسليم)',
  th: 'ข้อความ[\\s\\S]{0,600}?(?:ถูกอ่าน|ได้รับการอ่าน)',
  vi: '(?:thư|tin nhắn)[\\s\\S]{0,600}?đã được đọc',
  id: 'pesan[\\s\\S]{0,600}?(?:telah|sudah) dibaca',
});

/** "Ann Lee has accepted this invitation." */
export const CALENDAR_TEXT = anyOf({
  en: 'has (?:accepted|declined|replied .{1,30} to|tentatively accepted|canceled|cancelled) (?:this|your|the) (?:invitation|meeting|event)|has forwarded your meeting request|has proposed a new time',
  de: 'hat (?:diese|die|ihre|deine) (?:Einladung|Besprechungsanfrage|Besprechung) (?:angenommen|abgelehnt|zugesagt|mit Vorbehalt|vorläufig|weitergeleitet)',
  fr: 'a (?:accepté|refusé|décliné|provisoirement accepté) (?:cette|votre|l.)\\s?(?:invitation|réunion)',
  es: 'ha (?:aceptado|rechazado) (?:provisionalmente )?(?:esta|la|su|tu) (?:invitación|reunión)',
  it: 'ha (?:accettato|rifiutato) (?:provvisoriamente )?(?:questo|questa|il tuo|la tua|l.)\\s?(?:invito|riunione)',
  nl: 'heeft (?:deze|je|uw|de) (?:uitnodiging|vergadering) (?:geaccepteerd|geweigerd|afgewezen)',
  pt: '(?:aceitou|recusou) (?:este|o|seu|a) (?:convite|reunião)',
  ro: 'a (?:acceptat|refuzat) (?:această|invitația)',
  nordic: 'har (?:accepterat|tackat ja till|tackat nej till|avböjt|accepteret|godtatt|godkendt|afvist|avslått)',
  fi: '(?:hyväksyi|hylkäsi) (?:tämän )?kutsun',
  pl: '(?:zaakceptowa(?:ł|ła|no)|odrzuci(?:ł|ła)) (?:to )?zaproszenie',
  cs: '(?:přijal|odmítl)a? (?:toto )?pozvání',
  sk: '(?:prijal|odmietol|odmietla)a? (?:túto )?pozvánku',
  hu: '(?:elfogadta|elutasította) (?:ezt )?a meghívást',
  tr: 'daveti (?:kabul etti|reddetti)',
  ru: '(?:принял|отклонил)а? (?:это )?приглашение',
  uk: '(?:прийня(?:в|ла)|відхили(?:в|ла)) (?:це )?запрошення',
  asia: 'さんがこの招待を(?:承諾|辞退)|已(?:接受|拒绝)此邀请|已(?:接受|拒絕)此邀請|초대를 (?:수락|거절)',
  hr: '(?:prihvati(?:o|la)|odbi(?:o|la)) (?:je )?(?:ovaj |ovu )?(?:poziv|pozivnicu)',
  sl: 'je (?:sprejel|zavrnil)a? (?:to )?povabilo',
  sr: '(?:прихвати(?:о|ла)|одби(?:о|ла)) (?:је )?(?:овај )?позив',
  bg: '(?:прие|отхвърли|отказа) (?:тази )?покана',
  he: '(?:קיבל|דחה|קיבלה|דחתה) את ההזמנה',
  ar: '(?:قبل|قبلت|رفض|رفضت|وافق|وافقت) [\\s\\S]{0,80}الدعوة',
  ca: 'ha (?:acceptat|rebutjat) (?:provisionalment )?(?:aquesta|la|la vostra) (?:invitació|reunió)',
  baltic:
    '(?:võttis|lükkas) (?:selle )?kutse|(?:pieņēma|noraidīja) (?:šo )?ielūgumu|(?:priėmė|atmetė) (?:šį )?(?:kvietimą|pakvietimą)',
  el: '(?:αποδέχ(?:τ|θ)ηκε|απέρριψε) (?:αυτή(?:ν)? )?την πρόσκληση',
  hi: 'आमंत्रण (?:स्वीकार|अस्वीकार)',
});

/** The verb in "👍 Ann reacted via Gmail" and "Ann reacted to your message: 👍"; `REACTED_TO` is the object. */
export const REACTED =
  /reacted|reagiert|réagi|reaccion(?:ó|ado)|reagito|gereageerd|reagiu|reager(?:ade|ede|te)|reagoi|zareagowa(?:ł|ła)|(?:za)?reagoval|reagált|a reacționat|ifade bıraktı|tepki verdi|отреагировал|відреагува(?:в|ла)|αντέδρασε|реагира|bereaksi|memberi(?:kan)? reaksi|reaccionat|reagira|đã (?:bày tỏ cảm xúc|thả cảm xúc)|แสดงความรู้สึก|リアクション|回应|反應|반응|הגיב|تفاعل/iu;
export const REACTED_TO =
  /gmail|message|nachricht|e-?mail|mensaje|messaggio|bericht|mensagem|meddelande|meddelelse|besked|melding|viesti|wiadomość|zpráv|üzenet|mesaj|ileti|сообщение|письмо|повідомлення|メール|メッセージ|邮件|郵件|메시지|메일|הודעה|رسالت/iu;
/** The whole text: "Ann liked your message", "Loved “Please pay by Friday”". */
export const LIKED =
  /^[^\n]{1,100} (?:(?:liked|loved|laughed at|disliked) your (?:message|e-?mail)|gefällt (?:ihre|deine) (?:nachricht|e-mail)|a aimé votre (?:message|e-mail)|le gusta (?:tu|su) mensaje|vindt (?:je|uw) bericht leuk|(?:gostou|curtiu) (?:da )?sua mensagem|ha messo mi piace al tuo messaggio)[.!]?$|^(?:liked|loved|laughed at|emphasi[sz]ed|questioned|disliked|reacted .{1,10} to) [“"«„][\s\S]{0,300}[”"»“]$/iu;

/** Sentences by which automatic replies identify themselves. */
export const AUTOMATIC_REPLY_TEXT = anyOf({
  en: '(?:this|it) is an? (?:automated|automatic|auto-?generated|automatically generated|system[- ]generated) (?:out[- ]of[- ]office )?(?:response|reply|answer|acknowledge?ment)|i am (?:currently )?using an auto-?responder|(?:^|\\n)\\s{0,5}auto(?:matic|mated)?[- ]?(?:reply|response) ?[:.!–-]|received your (?:request|e-?mail|message) and a (?:ticket|case) has been (?:created|opened)',
  de: '(?:dies|das) ist eine (?:automatische|automatisch (?:generierte|erstellte|erzeugte)) (?:Antwort|Rückantwort|Abwesenheits\\p{L}+|Eingangsbestätigung|Empfangsbestätigung)',
  fr: '(?:ceci est|il s.agit d.) ?une réponse (?:automatique|générée automatiquement)|accusé de réception automatique',
  es: 'est[ae] es una respuesta (?:automática|generada automáticamente)',
  it: '(?:questa è|si tratta di) una risposta (?:automatica|generata automaticamente)',
  nl: 'dit is een (?:automatisch (?:gegenereerd )?antwoord|automatische (?:reactie|ontvangstbevestiging))',
  pt: 'est[ae] é uma resposta automática',
  nordic: 'd(?:et|ette) (?:er|här är|är) et(?:t)? auto(?:matisk|matiskt|-)?\\s?svar',
  fi: 'tämä on automaattinen (?:vastaus|poissaoloviesti)',
  pl: 'to (?:jest )?(?:wiadomość wygenerowana|odpowiedź) automatyczn\\p{L}+',
  cs: 'toto je automatická odpověď',
  hu: 'ez egy automatikus válasz',
  tr: 'bu otomatik bir (?:yanıt|cevap)',
  ru: 'это автоматический ответ',
  asia: '(?:これは|本メールは)自動(?:応答|返信)|这是(?:一封)?自动(?:回复|答复)|這是自動(?:回覆|答覆)|자동 ?(?:회신|응답)(?:입니다| 메일)',
  sk: 'toto je automatická odpoveď',
  hr: '(?:ovo je|ово је) (?:automatski|аутоматски) (?:odgovor|одговор)',
  sl: 'to je (?:samodejni|avtomatski) odgovor',
  ro: 'acesta este un răspuns automat',
  bg: 'това е автоматичен отговор',
  et: 'see on (?:automaatvastus|automaatne vastus)',
  lv: 'š[īi] ir automātisk\\p{L}+ atbilde',
  lt: 'tai (?:yra )?automatinis atsakymas',
  uk: 'це автоматична відповідь',
  el: 'αυτή είναι (?:μια |μία )?(?:αυτόματη|αυτοματοποιημένη) απάντηση',
  he: '(?:זוהי|זו) תשובה אוטומטית|זהו מענה אוטומטי',
  ar: 'هذا رد (?:تلقائي|آلي)',
  fa: 'این یک پاسخ خودکار است',
  hi: 'यह (?:एक )?स्वचालित (?:उत्तर|जवाब)',
  ca: 'aquesta és una resposta automàtica',
  vi: 'đây là (?:thư )?trả lời tự động',
  id: 'ini adalah (?:balasan|jawaban) otomatis',
  th: 'นี่คือ(?:ข้อความ|การ)ตอบกลับอัตโนมัติ',
});

/** Sentences in notices of systems: that answers aren't read, or that a message is recalled. */
export const NO_REPLY_TEXT = anyOf({
  recalls:
    'would like to recall the message|möchte die nachricht .{0,200}zurückrufen|(?:souhaite|aimerait) rappeler le message|(?:desea|quiere) recuperar el mensaje|desidera richiamare il messaggio|wil (?:graag )?het bericht .{0,200}intrekken|gostaria de (?:recuperar|cancelar) a mensagem|chciał(?:a)?by odwołać wiadomość|chce odvolat zprávu|chce odvolať správu|vill återkalla meddelandet|(?:vil|ønsker)(?: gerne)? (?:å |at )?(?:tilbagekalde meddelelsen|tilbakekalle meldingen)|haluaa (?:perua|palauttaa) viestin|szeretné visszahívni az üzenetet|iletiyi geri çağırmak|хочет отозвать сообщение|メッセージを取り消し|想要?撤回(?:邮件|郵件)|메시지를 회수',
  en: "(?:please )?(?:do not|don['’]t) (?:reply|respond)(?: directly)? to this (?:e-?mail|message|notification|address)(?!,? (?:if|unless|until))|replies to this (?:e-?mail|message|address|mailbox) (?:are|is|will) not (?:be )?(?:monitored|read)|this (?:mailbox|e-?mail address|inbox) is (?:not|no longer|un)[ -]?(?:being )?(?:monitored|attended)|you can(?:not|['’]t) reply to this (?:e-?mail|message|address)|sent from an? (?:notification-only|unmonitored|unattended|send-only|automated) (?:e-?mail )?(?:address|account|mailbox)|cannot (?:accept|receive) (?:incoming|replies)|this is an? (?:automated|automatic|auto-?generated|automatically generated|system[- ]generated) (?:e-?mail|message|notification|notice|confirmation|reminder)",
  de: '(?:bitte )?antworten sie (?:bitte )?nicht (?:direkt )?auf diese|auf diese (?:e-?mail|mail|nachricht) (?:kann|können) nicht geantwortet|(?:dies|das) ist eine (?:automatische|automatisch (?:generierte|erstellte|erzeugte|versendete)) (?:e-?mail|mail|nachricht|benachrichtigung)|diese (?:e-?mail|mail|nachricht) wurde automatisch (?:generiert|erstellt|erzeugt|versendet|verschickt)|bitte (?:auf diese .{0,30} )?nicht antworten(?! (?:sondern|falls|wenn))',
  fr: '(?:merci de |veuillez |prière de )?ne pas (?:y )?répondre (?:directement )?(?:à (?:ce|cet|cette)|au présent)|ne pas y répondre|(?:ceci|il s.agit d.un|ce message) (?:est )?(?:un )?(?:message|e-?mail|courriel) automatique|(?:ce|cet|cette) (?:e-?mail|courriel|message) (?:est|a été) (?:envoyé|généré)(?:e)? automatiquement',
  es: '(?:por favor,? )?no (?:responda|responder|conteste|respondas) (?:a )?(?:este|esta|directamente)|(?:este|esta) (?:correo|mensaje|e-?mail) (?:ha sido|fue|se ha|es) (?:enviad|generad)[oa] (?:de forma )?automática',
  it: '(?:si prega di |per favore )?non rispondere (?:direttamente )?(?:a quest|al presente)|(?:questo|questa|la presente) (?:messaggio|e-?mail|mail) (?:è stat[oa] )?(?:generat|inviat)[oa] automaticamente',
  nl: '(?:gelieve )?niet (?:te )?(?:antwoorden|reageren) op (?:dit|deze)|dit is een automati(?:sch(?:e)?) (?:gegenereerd |verzonden |verstuurd )?(?:bericht|e-?mail)|hier(?:op)? niet op te (?:antwoorden|reageren)|(?:dit|deze) (?:bericht|e-?mail) (?:is|wordt|werd) automatisch (?:gegenereerd|verzonden|verstuurd)|op (?:dit|deze) (?:bericht|e-?mail) (?:kunt|kan) .{0,30}niet .{0,20}(?:reageren|antwoorden|beantwoord)',
  pt: '(?:por favor,? |favor )?não (?:responda|responder) (?:a )?est[ea]|est[ea] é uma? (?:mensagem|e-?mail) automátic[ao]|est[ea] (?:e-?mail|mensagem) (?:é|foi) (?:enviad|gerad)[oa] automaticamente',
  nordic:
    'den(?:ne|na) (?:e-?)?(?:mail|post|posten|mailen|meddelelse\\p{L}*|melding\\p{L}*) kan ikke besvares|dette (?:svar|brev)?.{0,20}kan ikke besvares|det går inte att svara på (?:detta|det här)|(?:svara|svar|besvar|vänligen svara) (?:inte|ikke|ej) (?:på )?(?:detta|denne|dette|det här)|(?:detta|dette) (?:är|er) (?:ett|en) automatisk(?:t)? (?:genererat |generert |genereret )?(?:e-?post|mail|mejl|meddelande|meddelelse|melding|besked)',
  fi: 'älä vastaa tähän|tähän viestiin ei voi vastata|tämä on automaattinen (?:viesti|ilmoitus)',
  pl: '(?:prosimy |proszę )?nie odpowiada(?:j|ć|jcie) na (?:tę|ten|niniejsz)|wiadomość (?:została )?(?:wygenerowana|wysłana) automatycznie|nie odpowiada(?:j|ć|jcie) na (?:tego|tej|to)',
  cs: '(?:na tento e-?mail |na tuto zprávu )?(?:prosím )?neodpovídejte(?: na t)?|toto je automatick\\p{L}+ (?:\\p{L}+ )?(?:zpráva|e-?mail)|(?:tento e-?mail|tato zpráva) (?:byl|byla) (?:vygenerován|odeslán)a? automaticky',
  sk: 'neodpovedajte na t|(?:toto je|táto) automatick\\p{L}+ (?:správa|e-?mail)|táto správa bola (?:vygenerovaná|odoslaná) automaticky',
  balkan:
    '(?:ovo je|to je) (?:automatska|avtomatsko|samodejno) (?:\\p{L}+ )?(?:poruka|sporočilo)|ne odgovar(?:ajte|jajte) na (?:ov|t)',
  el: 'μην απαντ(?:ήσετε|άτε) σε αυτό|(?:αυτό|το παρόν) είναι (?:ένα )?αυτόματο (?:μήνυμα|email)|μήνυμα (?:δημιουργήθηκε|στάλθηκε) αυτόματα',
  semitic:
    'הודעה (?:זו|אוטומטית) (?:נשלחה|נוצרה)(?: באופן)? אוטומטי|זוהי הודעה אוטומטית|אין להשיב (?:להודעה|למייל)|(?:هذه|هذا) (?:رسالة|بريد) (?:تلقائية|آلية|تلقائي)|(?:يرجى )?عدم الرد على هذ|(?:אין|נא לא|נא לא) להשיב (?:ל|על )',
  southeast:
    'không trả lời (?:thư|email) này|(?:đây là )?(?:thư|email) (?:được gửi )?tự động|(?:jangan|mohon tidak) (?:mem)?balas (?:email|e-mel|pesan) ini|(?:email|e-mel|pesan) ini (?:dikirim|dihantar|dibuat) secara (?:otomatis|automatik)|(?:อีเมล|ข้อความ)นี้(?:ถูก)?ส่งโดยอัตโนมัติ|กรุณาอย่าตอบ',
  hu: '(?:kérjük,? )?ne válaszoljon erre|ez egy automatikus(?:an)? (?:generált |küldött )?(?:üzenet|levél|e-?mail)|automatikusan generált (?:üzenet|levél)|ne válaszoljon rá|rendszerüzenet',
  ro: 'nu răspundeți la acest|acesta este un (?:mesaj|e-?mail) (?:generat )?automat',
  tr: 'bu (?:otomatik bir|bir otomatik) (?:ileti|mesaj|e-?posta)|otomatik olarak (?:oluşturul|gönderil)|bu (?:e-?postayı|iletiyi|mesajı|e-postaya|iletiye|maile) (?:lütfen )?(?:yanıtlamayın|cevaplamayın|cevap vermeyin)',
  ru: '(?:пожалуйста,? )?не отвечайте на это|отвечать на (?:это письмо|него) не (?:нужно|надо|следует)|это (?:автоматическое|письмо сформировано автоматически)',
  uk: 'не відповідайте на це|це автоматичне (?:повідомлення|сповіщення)',
  asia: 'このメール(?:に|へ)(?:は)?(?:直接)?(?:返信|ご返信)(?:しないで|いただいても|できません|なさらない)|(?:本|この)メールは自動(?:送信|配信)|送信専用|(?:ご返信|返信)いただ(?:いても|けません)|请(?:勿|不要)(?:直接)?回(?:复|覆)|請勿(?:直接)?回覆|系统自动(?:发送|发出|生成)|系統自動(?:發送|發出)|(?:회신|답장)하지 (?:마|말)|발신 ?전용',
  et: '(?:ärge|palun mitte) .{0,20}vasta(?:ke|ta) .{0,20}(?:kirjale|sõnumile|e-?kirjale)',
  lv: 'neatbild(?:iet|ēt) uz š',
  lt: 'neatsaky(?:ti|kite) į š',
  bg: 'не отговаряйте на т',
  ca: 'no respongueu (?:a )?aquest',
  hi: '(?:उत्तर|जवाब) न दें|स्वचालित (?:संदेश|ईमेल) है',
  fa: 'به این (?:ایمیل|پیام) پاسخ ندهید',
});

/** How footers address those who got a mail by mistake. */
export const FOR_WRONG_RECIPIENTS =
  /intended recipient|in error|by mistake|irrtümlich|versehentlich|nicht der (?:richtige|beabsichtigte|vorgesehene) (?:adressat|empfänger)|par erreur|destinataire (?:prévu|visé)|por error|por erro|per errore|per vergissing|bij vergissing|ten onrechte|av misstag|ved en fejl|ved en feil|omyłkow|omylem|tévedésből|ошибочно|по ошибке|yanlışlıkla|誤って|误收|誤收/iu;

/** What a helpdesk answers at once: the number under which it keeps a request. */
const NUMBER = '(?:(?:n[ro]|č|št|br|sz)\\.?\\s?)?[(#\\[№n°º\\s.:]{0,4}(?:[\\p{Lu}]{0,8}-?)?\\d[\\w-]{0,20}[)\\]]?';
export const ACKNOWLEDGED = anyOf({
  en: `(?:your|a|the|this) (?:support |new )?(?:request|ticket|case|enquiry|inquiry|incident) ${NUMBER} (?:has been|was|is) (?:received|created|opened|registered|logged)|(?:request|ticket|case) (?:has been|was) (?:received|created|opened|registered|logged).{0,40}(?:number|reference|id)\\b.{0,20}\\d|(?:we have|we.ve) received your (?:request|message|e-?mail|enquiry|inquiry) and (?:a (?:ticket|case)|will|it will|our|someone)|your (?:request|enquiry|inquiry) has been received and (?:is|will)|just confirming (?:that )?we (?:got|received) your request`,
  de: `(?:anfrage|ticket|vorgang|nachricht|anliegen).{0,40}(?:unter|mit) der .{0,20}nummer .{0,20}\\d.{0,40}(?:registriert|aufgenommen|erfasst|angelegt|erstellt|eröffnet)|(?:ticket|vorgang|anfrage) ${NUMBER} wurde .{0,20}(?:registriert|aufgenommen|erfasst|angelegt|erstellt|eröffnet)|(?:ihre|deine) (?:e-?mail|nachricht|anfrage) (?:ist|wurde) .{0,60}(?:eingegangen|empfangen).{0,80}(?:bearbeit|schnellstmöglich|umgehend)|diese wurde automatisch empfangen`,
  fr: `(?:votre|une) (?:demande|requête|ticket) ${NUMBER} a (?:bien )?été (?:reçue?|enregistrée?|créée?|ouverte?)|(?:demande|ticket) a (?:bien )?été (?:reçue?|enregistrée?).{0,40}num[ée]ro .{0,20}\\d`,
  es: `(?:su|tu|la) (?:solicitud|ticket|caso|incidencia) ${NUMBER} (?:ha sido|fue|se ha) (?:recibid|cread|registrad|abiert)`,
  it: `(?:la (?:tua|sua) )?(?:richiesta|ticket|segnalazione) ${NUMBER} è stat[oa] (?:ricevut|creat|registrat|apert)`,
  nl: `(?:uw|je|de) (?:verzoek|aanvraag|ticket|melding) ${NUMBER} (?:is|werd) (?:ontvangen|aangemaakt|geregistreerd|geopend)`,
  pt: `(?:sua|a|seu) (?:solicitação|ticket|chamado|pedido) ${NUMBER} foi (?:recebid|criad|registad|registrad|abert)`,
  pl: `(?:zgłoszenie|sprawa) ${NUMBER} (?:zostało|została) (?:przyjęt|utworzon|zarejestrowan)`,
  nordic: `(?:ditt|din|dit) (?:ärende|henvendelse|sak|sag|förfrågan) ${NUMBER} (?:har|er) (?:mottagits|mottatt|modtaget|registrerats|registreret|registrert|oprettet|opprettet|skapats)`,
  cs: `(?:požadavek|tiket|ticket|hlášení) ${NUMBER} byla? (?:přijat|zaregistrován|vytvořen|založen)`,
  sk: `(?:požiadavka|tiket|hlásenie) ${NUMBER} (?:bola|bol|bolo) (?:prijat|zaregistrovan|vytvoren)`,
  hu: `(?:bejelentését|kérését|megkeresését) ${NUMBER} .{0,30}(?:rögzítettük|fogadtuk|nyilvántartásba)`,
  ro: `(?:solicitarea|tichetul) ${NUMBER} a fost (?:înregistrat|primit|creat)`,
  hr: `(?:zahtjev|upit|tiket) ${NUMBER} (?:je )?(?:zaprimljen|kreiran|otvoren)`,
  fi: `(?:pyyntösi|tikettisi|palvelupyyntösi) ${NUMBER} on (?:vastaanotettu|luotu|kirjattu)`,
  tr: `(?:talebiniz|başvurunuz) ${NUMBER} .{0,40}(?:alınmıştır|alındı|oluşturul)`,
  ru: `(?:заявка|обращение|запрос) ${NUMBER} .{0,20}(?:зарегистрирован|принят|создан)`,
  uk: `(?:заявку|звернення|запит) ${NUMBER} .{0,20}(?:зареєстровано|прийнято|створено)`,
  asia: `お問い合わせ(?:を|は)?.{0,40}受け付け(?:ました|いたしました)|(?:工单|工單) ?${NUMBER}.{0,20}(?:已创建|已建立|已收到)|(?:문의|요청).{0,40}접수되었습니다`,
});

const DELIVERY = anyOf({
  en: "deliver(?:ed|y|able)?\\b|did not reach|following recipients?\\b|recipient address rejected|address (?:was )?(?:not found|couldn['’]t be found)|mailbox (?:is )?(?:full|unavailable)|user unknown",
  de: 'zugestellt|übermittelt|empfänger|postfach',
  fr: 'remis|remettre|distribu|destinataire',
  es: 'entreg|destinatari',
  it: 'recapit|consegn',
  nl: 'bezorg|ontvanger|geadresseerde',
  pt: 'destinatári',
  nordic: 'levere|mottagare|modtager|mottaker',
  fi: 'toimitt|toimitet|vastaanottaj',
  slavic:
    'dostarcz|doręcz|odbiorc|doruč|příjemc|isporuč|dostav|доставл|доставить|достави|получател|отримувач|nedoruč|отримувач',
  hu: 'kézbesít|címzett',
  ro: 'livra|destinatar',
  tr: 'teslim|alıcı',
  el: 'παράδοση|παραδο|παραλήπτη',
  asia: '配信|配達|送達|传递|投递|送达|傳遞|收件人|배달|전달|수신자|投遞|寄送',
  semitic: 'למסור|מסיר|נמען|تسليم|المستلم',
  baltic: 'toimeta|saaja|piegād|pristaty',
  ca: 'lliura',
});
/** What is undeliverable in a person's mail. */
export const GOODS = anyOf({
  en: '\\b(?:goods|shipments?|consignment|carrier|courier|driver|parcels?|packages?|pallets?|warehouse|credit note)\\b',
  de: '\\b(?:ware|waren|lieferung|spedition|spediteur|fahrer|paket|palette|lager|gutschrift)\\b',
  fr: 'marchandise|colis|livreur|transporteur|palette|note de crédit|\\bun avoir\\b',
  es: 'mercanc|paquete|transportista|repartidor|nota de crédito',
  it: '\\bmerce\\b|\\bpacco\\b|corriere|autista|nota di credito',
  nl: 'goederen|pakket|chauffeur|vervoerder|creditnota',
  pt: 'mercadoria|encomenda|transportadora|motorista|nota de crédito',
  nordic: '\\bvaror(?:na)?\\b|\\bvarer(?:ne)?\\b|paket|pakke|kreditnota|kreditfaktura',
  pl: 'towar|paczk|kurier|kierowc|korekt',
  cs: 'zboží|balík|dopravce|řidič|dobropis',
  ru: 'товар|посылк|курьер|водител|груз',
  tr: 'mallar|\\bkargo|\\bşoför|\\bpaket',
  asia: '商品|荷物|貨物|货物|包裹|快递|司机|화물|택배|상품',
});
/** What a server answers: the reply code and the status code. */
const SERVER_REPLY = /\b[45]\d\d[ -#][45]\.\d{1,2}\.\d{1,3}\b/;
const STATUS_CODE = /\b[45]\.\d{1,2}\.\d{1,3}\b|\b5[05]\d[ -#]/;
const ADDRESS = /[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/g;

/** Whether a text is that of a delivery report: it has a status code, or an address other than the sender's. */
export function isDeliveryReportText(text: string, sender: string | null): boolean {
  if (SERVER_REPLY.test(text)) return true;
  if (!DELIVERY.test(text)) return false;
  if (STATUS_CODE.test(text)) return true;
  const own = sender === null ? null : lowerCase(sender);
  return (text.match(ADDRESS) ?? []).some((address) => lowerCase(address) !== own);
}

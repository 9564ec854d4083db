import { lowerCase } from '../domain/normalize-text.ts';

/**
 * Patterns of the texts of automatic mails, by language. They confirm what a subject suggests: people use the same
 * words in subjects, but not these sentences.
 */

type Texts = Readonly<Record<string, string>>;

function anyOf(texts: Texts): RegExp {
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
  it: `(?:il )?(?:tuo |suo )?messaggio${BETWEEN}(?:è stato|stato) (?:letto|recapitato|consegnato|eliminato|visualizzato)|questa è una (?:ricevuta|conferma) di`,
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
  hr: `poruka${BETWEEN}(?:je|bila) (?:pročitana|isporučena)`,
  sl: `sporočilo${BETWEEN}je bilo (?:prebrano|dostavljeno)`,
  tr: `iletiniz${BETWEEN}(?:okundu|okunmuştur|teslim edil)`,
  ru: `сообщение${BETWEEN}(?:было )?(?:прочитано|прочтено|доставлено|удалено)`,
  uk: `повідомлення${BETWEEN}(?:було )?(?:прочитано|доставлено|видалено)`,
  bg: `съобщение(?:то)?${BETWEEN}(?:беше|е било) (?:прочетено|доставено)`,
  el: `(?:το )?μήνυμ(?:α|ά) (?:σας)?[\\s\\S]{0,600}?(?:διαβάστηκε|αναγνώστηκε|παραδόθηκε)`,
  ja: '開封されました|メッセージは.{0,200}(?:開封|読|配信)されました',
  zh: '您的(?:邮件|郵件)[\\s\\S]{0,600}?(?:已(?:被)?|被)(?:阅读|閱讀|讀取|删除|刪除|送达|傳遞)|(?:邮件|郵件)[\\s\\S]{0,600}?(?:已被|被)(?:阅读|閱讀|讀取)',
  ko: '메시지(?:를|가)[\\s\\S]{0,200}?(?:읽었|읽혔|배달)',
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
  fi: '(?:hyväksyi|hylkäsi) kutsun',
  pl: '(?:zaakceptowa(?:ł|ła|no)|odrzuci(?:ł|ła)) (?:to )?zaproszenie',
  cs: '(?:přijal|odmítl)a? (?:toto )?pozvání',
  sk: '(?:prijal|odmietol|odmietla)a? (?:túto )?pozvánku',
  hu: '(?:elfogadta|elutasította) (?:ezt )?a meghívást',
  tr: 'daveti (?:kabul etti|reddetti)',
  ru: '(?:принял|отклонил)а? (?:это )?приглашение',
  uk: '(?:прийня(?:в|ла)|відхили(?:в|ла)) (?:це )?запрошення',
  asia: 'さんがこの招待を(?:承諾|辞退)|已(?:接受|拒绝)此邀请|已(?:接受|拒絕)此邀請|초대를 (?:수락|거절)',
});

/** The verb in "👍 Ann reacted via Gmail" and "Ann reacted to your message: 👍"; `REACTED_TO` is the object. */
export const REACTED =
  /reacted|reagiert|réagi|reaccion(?:ó|ado)|reagito|gereageerd|reagiu|reager(?:ade|ede|te)|reagoi|zareagowa(?:ł|ła)|zareagoval|reagált|a reacționat|ifade bıraktı|tepki verdi|отреагировал|відреагува(?:в|ла)|αντέδρασε|リアクション|回应|反應|반응|הגיב|تفاعل/iu;
export const REACTED_TO =
  /gmail|message|nachricht|e-?mail|mensaje|messaggio|bericht|mensagem|meddelande|meddelelse|besked|melding|viesti|wiadomość|zpráv|üzenet|mesaj|ileti|сообщение|письмо|повідомлення|メール|メッセージ|邮件|郵件|메시지|메일|הודעה|رسالت/iu;
/** The whole text: "Ann liked your message", "Loved “Please pay by Friday”". */
export const LIKED =
  /^[^\n]{1,100} (?:(?:liked|loved|laughed at|disliked) your (?:message|e-?mail)|gefällt (?:ihre|deine) (?:nachricht|e-mail)|a aimé votre (?:message|e-mail)|le gusta (?:tu|su) mensaje|vindt (?:je|uw) bericht leuk|(?:gostou|curtiu) (?:da )?sua mensagem|ha messo mi piace al tuo messaggio)[.!]?$|^(?:liked|loved|laughed at|emphasi[sz]ed|questioned|disliked|reacted .{1,10} to) [“"«„][\s\S]{0,300}[”"»“]$/iu;

/** Sentences by which automatic replies identify themselves. */
export const AUTOMATIC_REPLY_TEXT = anyOf({
  en: '(?:this|it) is an? (?:automated|automatic|auto-?generated|automatically generated|system[- ]generated) (?:out[- ]of[- ]office )?(?:response|reply|answer|acknowledge?ment)|i am (?:currently )?using an auto-?responder',
  de: '(?:dies|das) ist eine (?:automatische|automatisch (?:generierte|erstellte|erzeugte)) (?:Antwort|Rückantwort|Abwesenheits\\p{L}+|Eingangsbestätigung|Empfangsbestätigung)',
  fr: '(?:ceci est|il s.agit d.) ?une réponse (?:automatique|générée automatiquement)',
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
});

/** Sentences in notices of systems: that answers aren't read, or that a message is recalled. */
export const NO_REPLY_TEXT = anyOf({
  recalls:
    'would like to recall the message|möchte die nachricht .{0,200}zurückrufen|(?:souhaite|aimerait) rappeler le message|(?:desea|quiere) recuperar el mensaje|desidera richiamare il messaggio|wil (?:graag )?het bericht .{0,200}intrekken|gostaria de (?:recuperar|cancelar) a mensagem',
  en: "(?:please )?(?:do not|don['’]t) (?:reply|respond)(?: directly)? to this (?:e-?mail|message|notification|address)(?!,? (?:if|unless|until))|replies to this (?:e-?mail|message|address|mailbox) (?:are|is|will) not (?:be )?(?:monitored|read)|this (?:mailbox|e-?mail address|inbox) is (?:not|un)[ -]?(?:monitored|attended)|this is an? (?:automated|automatic|auto-?generated|automatically generated|system[- ]generated) (?:e-?mail|message|notification|notice|confirmation|reminder)",
  de: '(?:bitte )?antworten sie (?:bitte )?nicht (?:direkt )?auf diese|auf diese (?:e-?mail|mail|nachricht) (?:kann|können) nicht geantwortet|(?:dies|das) ist eine (?:automatische|automatisch (?:generierte|erstellte|erzeugte|versendete)) (?:e-?mail|mail|nachricht|benachrichtigung)|diese (?:e-?mail|mail|nachricht) wurde automatisch (?:generiert|erstellt|erzeugt|versendet|verschickt)',
  fr: '(?:merci de |veuillez |prière de )?ne pas (?:y )?répondre (?:directement )?(?:à (?:ce|cet|cette)|au présent)|(?:ce|cet|cette) (?:e-?mail|courriel|message) (?:est|a été) (?:envoyé|généré)(?:e)? automatiquement',
  es: '(?:por favor,? )?no (?:responda|responder|conteste|respondas) (?:a )?(?:este|esta|directamente)|(?:este|esta) (?:correo|mensaje|e-?mail) (?:ha sido|fue|se ha|es) (?:enviad|generad)[oa] (?:de forma )?automática',
  it: '(?:si prega di |per favore )?non rispondere (?:direttamente )?(?:a quest|al presente)|(?:questo|questa|la presente) (?:messaggio|e-?mail|mail) (?:è stat[oa] )?(?:generat|inviat)[oa] automaticamente',
  nl: '(?:gelieve )?niet (?:te )?(?:antwoorden|reageren) op (?:dit|deze)|(?:dit|deze) (?:bericht|e-?mail) (?:is|wordt|werd) automatisch (?:gegenereerd|verzonden|verstuurd)|op (?:dit|deze) (?:bericht|e-?mail) (?:kunt|kan) .{0,30}niet .{0,20}(?:reageren|antwoorden|beantwoord)',
  pt: '(?:por favor,? |favor )?não (?:responda|responder) (?:a )?est[ea]|est[ea] (?:e-?mail|mensagem) (?:é|foi) (?:enviad|gerad)[oa] automaticamente',
  nordic:
    '(?:svara|svar|besvar|vänligen svara) (?:inte|ikke|ej) (?:på )?(?:detta|denne|dette|det här)|(?:detta|dette) (?:är|er) (?:ett|en) automatisk(?:t)? (?:genererat |generert |genereret )?(?:e-?post|mail|mejl|meddelande|meddelelse|melding|besked)',
  fi: 'älä vastaa tähän|tähän viestiin ei voi vastata|tämä on automaattinen (?:viesti|ilmoitus)',
  pl: '(?:prosimy |proszę )?nie odpowiada(?:j|ć|jcie) na (?:tę|ten|niniejsz)|wiadomość (?:została )?(?:wygenerowana|wysłana) automatycznie',
  cs: '(?:na tento e-?mail |na tuto zprávu )?(?:prosím )?neodpovídejte(?: na t)?|(?:tento e-?mail|tato zpráva) (?:byl|byla) (?:vygenerován|odeslán)a? automaticky',
  hu: '(?:kérjük,? )?ne válaszoljon erre|automatikusan generált (?:üzenet|levél)',
  ro: 'nu răspundeți la acest',
  tr: 'bu (?:e-?postayı|iletiyi|mesajı|e-postaya|iletiye|maile) (?:lütfen )?(?:yanıtlamayın|cevaplamayın|cevap vermeyin)',
  ru: '(?:пожалуйста,? )?не отвечайте на это|отвечать на (?:это письмо|него) не (?:нужно|надо|следует)|это (?:автоматическое|письмо сформировано автоматически)',
  uk: 'не відповідайте на це',
  asia: 'このメール(?:に|へ)(?:は)?(?:直接)?(?:返信|ご返信)(?:しないで|いただいても|できません|なさらない)|(?:本|この)メールは自動(?:送信|配信)|送信専用(?:アドレス|メール)|请(?:勿|不要)(?:直接)?回(?:复|覆)(?:此|本|该)|請勿(?:直接)?回覆|系统自动(?:发送|发出|生成)|系統自動(?:發送|發出)|(?:회신|답장)하지 (?:마|말)|발신 ?전용',
});

/** Mentions of an absence in the first lines of a text. */
export const ABSENCE_TEXT = anyOf({
  en: 'out of (?:the |my )?office|on (?:annual |maternity |parental |sick )?leave|on (?:vacation|holiday)|\\baway\\b|(?:back|return)(?:ing)? (?:on|in|to the office)|limited access to (?:my )?e-?mail',
  de: 'nicht im (?:büro|haus)|abwesend|außer haus|im urlaub|bin (?:ich )?(?:ab|wieder).{0,40}(?:erreichbar|zurück)|betriebsferien',
  fr: 'absente?\\b|en congés?|en vacances|de retour|hors du bureau',
  es: 'fuera de (?:la )?oficina|de vacaciones|ausente|estoy fuera|de baja',
  it: 'fuori (?:ufficio|sede)|in ferie|assente|sarò di ritorno',
  nl: 'afwezig|met (?:vakantie|verlof)|niet op kantoor|weer (?:aanwezig|bereikbaar)',
  pt: 'fora do escritório|de férias|ausente',
  nordic: 'kontoret|semester|på (?:ferie|ledighet)|fravær|frånvar|tillbaka|tilbage|tilbake|föräldraledig|permisjon',
  fi: 'lomalla|poissa|palaan',
  pl: 'urlop|nieobecn|poza biurem',
  cs: 'dovolen|nepřítomn|mimo kancelář|neprítomn|mimo kancelárie',
  hu: 'szabadság|házon kívül|irodán kívül',
  balkan: 'odsut|godišnj|izvan ureda|odsot|na dopustu',
  tr: 'izin|ofis dışında|tatil',
  ru: 'отпуск|отсутств|вне офиса|відпуст|відсутн|поза офісом',
  el: 'άδεια|εκτός γραφείου',
  asia: '不在|休暇|休業|外出|休假|不在办公室|不在辦公室|부재|휴가',
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

const DELIVERY = anyOf({
  en: "deliver(?:ed|y|able)?\\b|recipients?\\b|address (?:was )?(?:not found|couldn['’]t be found)|mailbox|rejected",
  de: 'zugestellt|übermittelt|empfänger|postfach',
  fr: 'remis|remettre|distribu|destinataire',
  es: 'entreg|destinatari',
  it: 'recapit|consegn',
  nl: 'bezorg|ontvanger|geadresseerde',
  pt: 'destinatári',
  nordic: 'levere|mottagare|modtager|mottaker',
  fi: 'toimitt|toimitet|vastaanottaj',
  slavic: 'dostarcz|doręcz|odbiorc|doruč|příjemc|isporuč|dostav|доставл|доставить|достави|получател|отримувач',
  hu: 'kézbesít|címzett',
  ro: 'livra|destinatar',
  tr: 'teslim|alıcı',
  el: 'παράδοση|παραδο|παραλήπτη',
  asia: '配信|配達|送達|传递|投递|送达|傳遞|收件人|배달|전달|수신자',
  semitic: 'למסור|מסיר|נמען|تسليم|المستلم',
});
const STATUS_CODE = /\b[45]\.\d{1,2}\.\d{1,3}\b|\b5[05]\d[ -#]/;
const ADDRESS = /[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/g;

/** Whether a text is that of a delivery report: it has a status code, or an address other than the sender's. */
export function isDeliveryReportText(text: string, sender: string | null): boolean {
  if (!DELIVERY.test(text)) return false;
  if (STATUS_CODE.test(text)) return true;
  const own = sender === null ? null : lowerCase(sender);
  return (text.match(ADDRESS) ?? []).some((address) => lowerCase(address) !== own);
}

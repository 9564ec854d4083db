import type { Phrases } from './subject.ts';

/** Beginnings of the subjects of delivery reports, in the form of `absence-phrases.ts`. */

/** Reports about a delivery that failed or is delayed. */
export const BOUNCE_PHRASES: Phrases = {
  en:
    'undelivered mail, undeliverable mail, undeliverable message, delivery status notification, ' +
    'mail delivery failed, mail delivery failure, mail delivery system, mail system error, ' +
    'message delivery failure, warning could not send message, ' +
    'warning message still undelivered, message status undeliverable, returned mail, failure notice, ' +
    'non delivery report, message not delivered, message blocked, message undeliverable, nondeliverable mail, ' +
    'non deliverable mail, your message could not be delivered, your message wasn t delivered, ' +
    'your email could not be delivered, unable to deliver your message, email delivery failure, ' +
    'delivery notification delivery has failed, mail could not be delivered, delivery has failed to these recipients, the following message was undeliverable, mail delivery problem',
  de:
    'Benachrichtigung zum Übermittlungsstatus, Benachrichtigung über den Zustellungsstatus, ' +
    'Nachricht nicht zustellbar, E-Mail nicht zustellbar, unzustellbare Nachricht, ' +
    'Benachrichtung zum Übermittlungsstatus, Zustellung der Nachricht, ' +
    'Ihre Nachricht konnte nicht zugestellt werden, Nachricht konnte nicht zugestellt werden, E-Mail konnte nicht zugestellt werden, Mail konnte nicht zugestellt werden, Ihre E-Mail konnte nicht zugestellt werden, Ihre Mail konnte nicht zugestellt werden',
  fr:
    'notification d’état de remise, notification d’état de distribution, échec de la remise, échec de remise, ' +
    'échec de distribution, message non remis, message non distribué, votre message n a pas pu être remis, courrier non délivré, e-mail non délivré, votre e-mail n a pas pu être remis',
  es:
    'notificación de estado de entrega, notificación del estado de entrega, no se puede entregar el mensaje, ' +
    'no se pudo entregar el mensaje, su mensaje no se pudo entregar, mensaje no entregado, correo no entregado',
  it:
    'notifica sullo stato di consegna, notifica dello stato di recapito, impossibile recapitare il messaggio, ' +
    'mancato recapito del messaggio, messaggio non recapitato, il messaggio non è stato recapitato',
  nl: 'bezorgstatusmelding, melding over bezorgingsstatus, uw bericht kan niet worden bezorgd',
  pt:
    'notificação de status de entrega, notificação do estado da entrega, não foi possível entregar a mensagem, ' +
    'falha na entrega da mensagem, sua mensagem não foi entregue, mensagem não entregue',
  ro: 'mesaj nelivrat, mesajul nu poate fi livrat',
  sv: 'meddelandet kunde inte levereras, meddelandet har inte levererats',
  da: 'meddelelsen kan ikke leveres, meddelelsen kunne ikke leveres',
  nb: 'meldingen kan ikke leveres, meldingen kunne ikke leveres',
  fi: 'viestiä ei voitu toimittaa, viestin toimitus epäonnistui, viesti on viivästynyt',
  pl: 'nie można dostarczyć wiadomości, niedostarczona wiadomość, wiadomość niedostarczona',
  cs: 'nedoručitelná zpráva, zprávu nelze doručit',
  sk: 'nedoručiteľná správa, správu nemožno doručiť',
  hu: 'az üzenet nem kézbesíthető, sikertelen üzenetkézbesítés',
  hr: 'poruku nije moguće isporučiti',
  sl: 'sporočila ni mogoče dostaviti',
  tr: 'iletiniz teslim edilemedi, ileti teslim edilemedi, iletilemedi',
  ru: 'недоставленное сообщение, сообщение не доставлено, не удалось доставить сообщение',
  uk: 'повідомлення не доставлено, не вдалося доставити повідомлення',
  bg: 'съобщението не може да бъде доставено',
  el: 'αδύνατη η παράδοση του μηνύματος',
  ja: '配信不能, メールを配信できません, 配信エラー, 配信に失敗, 配信できませんでした, メールが配信できませんでした, メール送信エラー, メール配信エラー',
  zh: '系统退信, 退信, 郵件退回, 邮件投递失败, 郵件傳遞失敗, 郵件投遞失敗, 邮件发送失败, 邮件被退回, 退回的邮件',
  ko: '메일 전송 실패, 메일 발송 실패, 반송 메일, 메일 전송 실패 알림, 메일 전달 실패',
  et: 'kirja ei saanud kohale toimetada',
  lv: 'ziņojumu nevarēja piegādāt',
  lt: 'laiško nepavyko pristatyti, pranešimo pristatyti nepavyko',
  ca: 'no s’ha pogut lliurar el missatge',
  he: 'ההודעה לא נמסרה',
  hi: 'संदेश वितरित नहीं हुआ',
};

/** How Outlook and Gmail begin the subject of a report, before a colon. In this form the words never refer to goods. */
export const UNDELIVERABLE_PHRASES: Phrases = {
  en: 'undeliverable',
  de: 'unzustellbar, nicht zustellbar',
  fr: 'non remis, non distribuable',
  es: 'no se puede entregar, imposible de entregar',
  it: 'non recapitabile, impossibile recapitare, recapito non riuscito, mancato recapito, avviso di mancata consegna, preavviso di mancata consegna, avviso di non accettazione, anomalia messaggio',
  nl: 'onbestelbaar, niet te bezorgen',
  pt: 'não entregável, não foi possível entregar, impossível de entregar, não é possível entregar',
  ca: 'no es pot lliurar',
  ro: 'nelivrabil, imposibil de livrat, nu se poate livra',
  sv: 'olevererbart, kan ej levereras, kan inte levereras, går inte att leverera, ej leverbar',
  da: 'uleverbar, kan ikke leveres, ikke leverbar',
  nb: 'uleverbar, kan ikke leveres, kan ikke levere, ikke leverbar',
  fi: 'toimittamaton, toimitus ei onnistu, toimittaminen epäonnistui, ei voi toimittaa, ei voida toimittaa',
  et: 'kättetoimetamatu, ei saa kohale toimetada',
  lv: 'nepiegādājams, nevar piegādāt',
  lt: 'nepristatoma, nepavyko pristatyti',
  pl: 'niedostarczalne, nie można dostarczyć',
  cs: 'nedoručitelné, nedoručitelná, nelze doručit, doručení se nezdařilo, doručení zprávy se nezdařilo',
  sk: 'nedoručiteľné, nedoručiteľná, nemožno doručiť, nedá sa doručiť, doručenie zlyhalo',
  hu: 'kézbesíthetetlen, nem kézbesíthető',
  hr: 'nije moguće isporučiti, ne može se isporučiti, neisporučivo',
  sl: 'nedostavljivo, ni mogoče dostaviti',
  sr: 'није могуће испоручити, nije moguće isporučiti',
  tr: 'teslim edilemez, teslim edilemiyor, teslim edilemedi, teslim edilemeyen',
  ru: 'не удается доставить, не удаётся доставить, недоставляемое, недоставлено',
  uk: 'не вдається доставити, недоставлено',
  bg: 'не може да бъде доставено, не може да се достави, недоставимо',
  el: 'δεν είναι δυνατή η παράδοση, δεν ήταν δυνατή η παράδοση, αδύνατη η παράδοση, αδύνατη παράδοση, μη παραδοτέο, μη παραδόσιμο',
  ja: '配信不能, 配信できません, 配達不能',
  zh: '无法投递, 无法送达, 未送达, 无法传递, 無法傳遞, 無法投遞, 無法送達, 未傳遞, 未傳遞的主旨, 無法傳遞的主旨',
  ko: '배달되지 않음, 배달 불가, 배달할 수 없, 전달되지 않음',
  he: 'לא ניתן למסירה, לא ניתן למסור',
  ar: 'تعذر التسليم, تعذر تسليم, غير قابل للتسليم',
  th: 'ไม่สามารถส่งได้, ส่งไม่ได้, ไม่สามารถจัดส่งได้',
  vi: 'không thể gửi, không gửi được, không thể chuyển',
  id: 'tidak terkirim, tidak dapat dikirim',
  hi: 'अवितरित, वितरित नहीं किया जा सका',
  fa: 'قابل تحویل نیست',
};

/** These words are common for goods and payments too, so they count only together with the text of a report. */
export const FAILED_PHRASES: Phrases = {
  en:
    'undelivered, not delivered, delivery failed, delivery failure, delivery has failed, delivery delayed, ' +
    'delivery is delayed, delivery report, could not deliver, rejected, failed, blocked, delayed, message rejected, mail rejected, message refused',
  de: 'Adresse nicht gefunden, nicht zugestellt, Zustellung fehlgeschlagen, Zustellung verzögert, Zustellungsfehler, abgelehnt, verzögert',
  fr: 'adresse introuvable, non distribué, remise différée, remise retardée, échec, rejeté, différé, non délivré, échec de livraison',
  es: 'dirección no encontrada, no entregado, no se pudo entregar, error de entrega, entrega retrasada, rechazado, retrasado',
  it: 'indirizzo non trovato, non recapitato, non consegnato, impossibile consegnare, mancata consegna, recapito ritardato, rifiutato',
  nl: 'niet bezorgd, kan niet worden bezorgd, bezorging mislukt, bezorging vertraagd, geweigerd, vertraagd, kan niet worden afgeleverd, mislukte bezorging, niet afgeleverd',
  pt: 'não entregue, falha na entrega, falha ao entregar, entrega atrasada, rejeitado',
  ca: 'no lliurat',
  ro: 'nelivrat, nu poate fi livrat, livrare eșuată',
  sv: 'kunde inte levereras, ej levererat, leveransen är försenad, leveransfel',
  da: 'ikke leveret, kunne ikke leveres, leveringen er forsinket, ulevert',
  nb: 'ikke levert, kunne ikke leveres, leveringen er forsinket, ulevert',
  fi: 'ei toimitettu, toimitus epäonnistui',
  pl: 'niedostarczone, nie dostarczono, nie można doręczyć, nie doręczono, błąd dostarczania',
  cs: 'nedoručeno, nedoručená zpráva, chyba doručení',
  sk: 'nedoručené, nedoručená správa',
  hu: 'kézbesítetlen, sikertelen kézbesítés, kézbesítési hiba',
  hr: 'nije isporučeno, neisporučeno, isporuka nije uspjela',
  sl: 'nedostavljeno',
  tr: 'teslim edilmedi, teslim hatası, iletim hatası',
  ru: 'не доставлено, не удалось доставить',
  uk: 'не доставлено, не вдалося доставити',
  bg: 'недоставено, не е доставено',
  el: 'δεν παραδόθηκε',
  ja: '送信エラー, 未配信, 送信失敗, 配信失敗, 送信できませんでした',
  zh: '未能送达, 退件, 未能投递, 投递失败, 传递失败, 傳遞失敗, 投遞失敗, 发送失败, 傳送失敗',
  ko: '발송 실패, 반송',
  he: 'המסירה נכשלה, לא נמסר, תקלה במסירה, נכשלה המסירה, ההודעה לא נמסרה',
  ar: 'فشل التسليم, لم يتم تسليم, لم يتم تسليم الرسالة, تعذر تسليم الرسالة, فشل تسليم الرسالة',
  lt: 'nepristatyta, nepavyko pristatyti',
  lv: 'nepiegādāts, nav piegādāts',
  et: 'toimetamata, kohale toimetamata, toimetamine nurjus',
  hi: 'डिलीवर नहीं हुआ, डिलीवरी विफल',
  sr: 'неиспоручено, није испоручено',
};

/** How some servers word the whole subject: "Your email to ann@acme.example couldn't be delivered". */
export const UNDELIVERED_SUBJECT =
  /^your (?:e-?mail|message) to .{3,200} (?:(?:could not|couldn.t) be|(?:was not|wasn.t|has not been)) delivered/iu;

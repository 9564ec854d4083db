import type { Phrases } from './subject.ts';

/** Beginnings of the subjects of receipts and of answers to invitations, in the form of `absence-phrases.ts`. */

/** Read and delivery receipts. People use these words too, so they count only together with the text of a receipt. */
export const RECEIPT_PHRASES: Phrases = {
  en: 'read, not read, delivered, relayed, deleted, return receipt, read receipt, receipt, disposition notification, read-receipt',
  de:
    'gelesen, nicht gelesen, ungelesen gelöscht, ungelesen, Übermittelt, Zugestellt, Weitergeleitet, ' +
    'Lesebestätigung, Empfangsbestätigung',
  fr: 'lu, non lu, remis, relayé, transmis, accusé de réception, confirmation de lecture',
  es: 'leído, no leído, entregado, retransmitido, confirmación de lectura, acuse de recibo',
  it: 'letto, non letto, recapitato, consegnato, conferma di lettura, ricevuta di ritorno, accettazione, consegna, avvenuta consegna, presa in carico',
  nl: 'gelezen, niet gelezen, bezorgd, afgeleverd, leesbevestiging, ontvangstbevestiging',
  pt: 'lida, lido, não lida, entregue, confirmação de leitura, recibo de leitura',
  sv: 'läst, inte läst, oläst, levererat, läskvitto',
  da: 'læst, ikke læst, leveret, kvittering for læsning, læsekvittering',
  nb: 'lest, ikke lest, levert, lesebekreftelse',
  fi: 'luettu, lukematta, toimitettu, lukukuittaus',
  pl: 'przeczytano, przeczytane, nie przeczytano, nieprzeczytane, dostarczono, potwierdzenie przeczytania',
  cs: 'přečteno, nepřečteno, doručeno, potvrzení o přečtení',
  sk: 'prečítané, neprečítané, doručené',
  hu: 'elolvasva, olvasva, olvasott, olvasatlan, kézbesítve, olvasási visszaigazolás',
  tr: 'okundu, okunmadı, teslim edildi, okundu bilgisi',
  ru: 'прочитано, прочтено, не прочитано, доставлено, уведомление о прочтении',
  uk: 'прочитано, не прочитано, доставлено',
  el: 'αναγνώστηκε, διαβάστηκε, μη αναγνωσμένο, παραδόθηκε',
  ja: '開封済み, 開封済, 未開封, 配信済み, 開封確認',
  zh: '已读, 已讀, 未读, 未讀, 已送达, 已送達, 已读回执',
  ko: '읽음, 읽지 않음, 배달됨, 수신 확인',
  ro: 'citit, necitit, livrat, confirmare de citire',
  hr: 'pročitano, nepročitano, isporučeno',
  sl: 'prebrano, ni prebrano, dostavljeno',
  bg: 'прочетено, непрочетено, доставено',
  th: 'อ่านแล้ว, ส่งแล้ว',
  vi: 'đã đọc, đã gửi',
  id: 'dibaca, terkirim',
  he: 'נקרא, לא נקרא, נמסר',
  ar: 'تمت القراءة, مقروءة, لم تتم القراءة, تم التسليم',
  et: 'loetud, lugemata',
  lv: 'lasīts, izlasīts, nelasīts',
  lt: 'perskaityta, skaityta, neskaityta',
  ca: 'llegit, llegida, no llegit',
  hi: 'पढ़ा गया, पढ़ लिया गया, बिना पढ़े',
  sr: 'прочитано, непрочитано',
};

/** Answers to invitations. People use these words too, so they count only together with a calendar part or its text. */
export const CALENDAR_PHRASES: Phrases = {
  en:
    'accepted, declined, tentative, tentatively accepted, canceled, cancelled, canceled event, cancelled event, ' +
    'new time proposed, proposed new time, meeting forward notification, updated event, updated invitation, ' +
    'invitation, maybe',
  de:
    'zugesagt, angenommen, akzeptiert, abgelehnt, abgesagt, mit vorbehalt, unter vorbehalt, vielleicht, ' +
    'neue Zeit vorgeschlagen, neue Uhrzeit vorgeschlagen, neuer Termin vorgeschlagen, Besprechungsweiterleitung, ' +
    'Benachrichtigung über die Weiterleitung einer Besprechung, Einladung, Termin aktualisiert, ' +
    'aktualisierte Einladung, neuer Zeitvorschlag, Terminänderung',
  fr:
    'accepté, acceptée, refusé, refusée, décliné, provisoire, annulé, annulée, peut-être, ' +
    'nouvelle heure proposée, nouvel horaire proposé, notification de transfert de réunion, invitation',
  es:
    'aceptado, aceptada, rechazado, rechazada, propuesta de nueva hora, nueva hora propuesta, provisional, ' +
    'cancelado, cancelada, invitación',
  it:
    'accettato, accettata, rifiutato, rifiutata, nuova ora proposta, nuovo orario proposto, provvisorio, ' +
    'annullato, invito',
  nl: 'geaccepteerd, geweigerd, afgewezen, nieuwe tijd voorgesteld, voorlopig, geannuleerd, uitnodiging',
  pt:
    'aceito, aceite, aceita, recusado, recusada, nova hora proposta, novo horário proposto, provisório, ' +
    'cancelado, cancelada, convite',
  ro: 'acceptat, refuzat, provizoriu, anulat, invitație, acceptată, refuzată, propunere oră nouă',
  sv:
    'accepterat, godkänt, tackat ja, tackat nej, tackar ja, tackar nej, ny tid föreslagen, avböjt, avvisat, ' +
    'preliminärt, inställt, inbjudan',
  da: 'accepteret, godkendt, nyt tidspunkt foreslået, afslået, afvist, foreløbig, aflyst, invitation',
  nb: 'godtatt, akseptert, nytt tidspunkt foreslått, avslått, foreløpig, avlyst, invitasjon',
  fi: 'hyväksytty, hylätty, alustava, peruttu, kutsu, uusi aika ehdotettu',
  pl:
    'zaakceptowano, zaakceptowane, zaakceptowany, zaproponowano nową godzinę, odrzucono, odrzucone, wstępnie, ' +
    'anulowano, zaproszenie, przyjęto, nowa propozycja godziny',
  cs: 'přijato, předběžně přijato, tentativně přijato, odmítnuto, nezávazně, zrušeno, pozvánka, navržen nový čas',
  sk: 'prijaté, odmietnuté, nezáväzne, zrušené, pozvánka',
  hu: 'elfogadva, elutasítva, feltételesen, lemondva, meghívó',
  tr: 'kabul edildi, reddedildi, kesin değil, iptal edildi, davet, yeni saat önerildi',
  ru: 'принято, отклонено, под вопросом, отменено, приглашение',
  uk: 'прийнято, відхилено, під питанням, скасовано, запрошення',
  el:
    'έγινε αποδοχή, αποδοχή, αποδεκτή, αποδεκτό, απόρριψη, απορρίφθηκε, υπό αίρεση, με επιφύλαξη, ακυρώθηκε, ' +
    'πρόσκληση',
  ja: '承諾, 承諾済み, 承認済み, 辞退, 辞退済み, 仮承諾, 仮承諾済み, キャンセル, キャンセル済み, 招待, 新しい日時の提案',
  zh: '已接受, 接受, 已拒绝, 已拒絕, 暂定, 暫定, 已取消, 邀请, 邀請, 建议新时间, 提議新時間',
  ko: '수락, 수락함, 수락됨, 거절, 거절함, 거절됨, 미정, 취소됨, 초대, 새 시간 제안',
  hr: 'prihvaćeno, odbijeno, otkazano, pozivnica',
  sl: 'sprejeto, zavrnjeno, preklicano, povabilo',
  sr: 'прихваћено, одбијено, отказано',
  bg: 'прието, отказано, отхвърлено, покана',
  et: 'aktsepteeritud, tagasi lükatud, tühistatud, vastu võetud, kutse',
  lv: 'pieņemts, noraidīts, atcelts, ielūgums',
  lt: 'priimta, atmesta, atšaukta, pakvietimas, kvietimas',
  ca: 'acceptat, acceptada, rebutjat, cancel·lat, invitació, provisional',
  th: 'ยอมรับ, ปฏิเสธ, ยกเลิก',
  vi: 'đã chấp nhận, đã từ chối, đã hủy',
  id: 'diterima, ditolak, dibatalkan',
  he: 'התקבל, נדחה, טנטטיבי, בוטל, הזמנה',
  ar: 'مقبول, تم القبول, مرفوض, تم الرفض, مبدئي, تم الإلغاء, دعوة',
  hi: 'स्वीकृत, अस्वीकृत',
};

/** Exchange's own reports about a message that somebody called back. */
export const RECALL_PHRASES: Phrases = {
  en: 'message recall report, message recall success, message recall failure, message recall failed',
  de: 'Bericht zum Nachrichtenrückruf, Nachrichtenrückruf, Rückruf der Nachricht, Bericht über den Nachrichtenrückruf',
  fr: 'rapport de rappel de message, rappel de message',
  es: 'informe de recuperación de mensaje, recuperación de mensaje, recuperación del mensaje',
  it: 'rapporto di richiamo del messaggio, richiamo del messaggio',
  nl: 'rapport over ingetrokken bericht, bericht intrekken',
  pt: 'relatório de recall de mensagem, recuperação da mensagem',
  nordic: 'återkallning av meddelande, tilbagekaldelse af meddelelse, tilbakekalling av melding',
  pl: 'raport o odwołaniu wiadomości, odwołanie wiadomości',
  cs: 'zpráva o odvolání, odvolání zprávy',
};

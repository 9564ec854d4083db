import { lowerCase, normalizeText } from '../domain/normalize-text.ts';
import type { Direction } from '../domain/vocabulary.ts';

/**
 * Folder names of sent mail and of drafts as providers spell them (Gmail labels, Outlook and IMAP in several languages), compared
 * without prefix (`[Gmail]/`, `INBOX.`), case and blanks.
 */
const SENT_FOLDERS = new Set(
  (
    'sent sentitems sentmail sentmessages gesendet gesendeteelemente gesendeteobjekte envoyés elémentsenvoyés élémentsenvoyés messagesenvoyés enviados elementosenviados ' +
    'inviata postainviata posta inviati verzonden verzondenitems itensenviados skickat skickadeobjekt sendt sendtepost sendteelementer lähetetyt wysłane elementywysłane 送信済み 已发送 已傳送 보낸편지함'
  ).split(' '),
);
const DRAFT_FOLDERS = new Set(
  'draft drafts entwürfe entwurf brouillons borradores bozze concepten rascunhos utkast kladder luonnokset kopierobocze wersjerobocze 下書き 草稿 임시보관함'.split(
    ' ',
  ),
);

/** Whether the mail lies among those that its mailbox sent. */
export function isSent(folders: readonly string[]): boolean {
  return isIn(SENT_FOLDERS, folders);
}

/** Whether the mail was never sent: providers announce drafts as created messages too. */
export function isDraft(folders: readonly string[]): boolean {
  return isIn(DRAFT_FOLDERS, folders) && !isIn(SENT_FOLDERS, folders);
}

/** The direction of a call, seen from the company's own numbers (E.164); the provider's word where neither or both ends are ours. */
export function directionOfCall(
  call: { from: string | null; to: string | null; direction: Direction | null },
  ownNumbers: readonly string[],
): Direction {
  const fromOwn = call.from !== null && ownNumbers.includes(call.from);
  const toOwn = call.to !== null && ownNumbers.includes(call.to);
  if (fromOwn !== toOwn) return fromOwn ? 'outbound' : 'inbound';
  return call.direction ?? 'outbound';
}

function isIn(names: ReadonlySet<string>, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const name =
      lowerCase(normalizeText(folder, 'NFC', 1_000))
        .split(/[/\\.]/)
        .at(-1) ?? '';
    return names.has(name.replace(/[\s_-]+/g, ''));
  });
}

import type { Direction, FolderRole } from '../domain/vocabulary.ts';
import { folderRole } from '../mail/folders.ts';

/** Whether the mail lies among those that its mailbox sent. */
export function isSent(folders: readonly string[]): boolean {
  return folders.some((folder) => folderRole(folder) === 'sent');
}

export const UNSENT: readonly (FolderRole | null)[] = ['drafts', 'outbox', 'scheduled'];

/** Whether the mail is not sent yet: providers announce drafts and scheduled mails as created messages too. */
export function isDraft(folders: readonly string[]): boolean {
  return folders.some((folder) => UNSENT.includes(folderRole(folder))) && !isSent(folders);
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

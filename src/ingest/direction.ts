import type { Direction, FolderRole } from '../domain/vocabulary.ts';
import { folderRole } from '../mail/folders.ts';

/** Whether one of the mail's folders is a folder of sent mail. */
export function isSent(folders: readonly string[]): boolean {
  return folders.some((folder) => folderRole(folder) === 'sent');
}

export const UNSENT: readonly (FolderRole | null)[] = ['drafts', 'outbox', 'scheduled'];

/** Whether the mail isn't sent yet: providers send `message.created` for drafts and scheduled mails too. */
export function isDraft(folders: readonly string[]): boolean {
  return folders.some((folder) => UNSENT.includes(folderRole(folder))) && !isSent(folders);
}

export function isInInbox(folders: readonly string[]): boolean {
  return folders.some((folder) => folderRole(folder) === 'inbox');
}

/** Whether the mail lies in the trash alone. */
export function isThrownAway(folders: readonly string[]): boolean {
  return folders.some((folder) => folderRole(folder) === 'trash') && !isSent(folders);
}

/**
 * The direction of a call, seen from the company's own numbers (E.164). When neither or both numbers are the company's,
 * the provider's field decides.
 */
export function directionOfCall(
  call: { from: string | null; to: string | null; direction: Direction | null },
  ownNumbers: readonly string[],
): Direction {
  const fromOwn = call.from !== null && ownNumbers.includes(call.from);
  const toOwn = call.to !== null && ownNumbers.includes(call.to);
  if (fromOwn !== toOwn) return fromOwn ? 'outbound' : 'inbound';
  return call.direction ?? 'outbound';
}

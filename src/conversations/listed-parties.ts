import type { StoredAddress, StoredParties } from '../db/schema.ts';
import { INDEXED_LENGTH } from '../domain/vocabulary.ts';

/**
 * What lists show of a mail with very many recipients or very long names (contract §2). It is made when the message is
 * written, because PostgreSQL takes milliseconds to read thousands of recipients of each row. The migration
 * `0037_listed_parties` made it for the messages of before.
 */

/** At most so many recipients of `to`, and as many of `cc`. */
const LISTED_RECIPIENTS = 100;
/** Of `to` and `cc` together, as JSON in UTF-8. */
const LISTED_RECIPIENT_BYTES = 6_144;
/** In characters. A longer address isn't one. */
const [LISTED_NAME, LISTED_ADDRESS] = [200, INDEXED_LENGTH];

/** @returns null when lists show the parties as they are */
export function listedParties({ from, to, cc }: StoredParties): StoredParties | null {
  const budget = { bytes: LISTED_RECIPIENT_BYTES };
  const listed = { from: from && cutParty(from), to: firstRecipients(to, budget), cc: firstRecipients(cc, budget) };
  return listed.from === from && isSame(listed.to, to) && isSame(listed.cc, cc) ? null : listed;
}

/** The recipients that fit into the budget, which they reduce; the first one is always shown. */
function firstRecipients(recipients: StoredAddress[], budget: { bytes: number }): StoredAddress[] {
  const shown: StoredAddress[] = [];
  for (const recipient of recipients.slice(0, LISTED_RECIPIENTS)) {
    const party = cutParty(recipient);
    budget.bytes -= Buffer.byteLength(JSON.stringify(party));
    if (budget.bytes < 0 && shown.length > 0) break;
    shown.push(party);
  }
  return shown;
}

/** @returns the same object when it is short enough */
function cutParty(party: StoredAddress): StoredAddress {
  const [name, email] = [cutCharacters(party.name, LISTED_NAME), cutCharacters(party.email, LISTED_ADDRESS)];
  return name === party.name && email === party.email ? party : { name, email };
}

function cutCharacters(text: string, atMost: number): string {
  if (text.length <= atMost) return text;
  return [...text.slice(0, 2 * atMost)].slice(0, atMost).join('');
}

function isSame(some: StoredAddress[], others: StoredAddress[]): boolean {
  return some.length === others.length && some.every((party, nth) => party === others[nth]);
}

/** Everybody by the short name that the stories use. */

import { CONTACTS } from './contacts.ts';
import { BILLING, type Person, TEAM } from './people.ts';
import { OTHERS } from './strangers.ts';

export function personOf(key: string): Person {
  const person = TEAM[key] ?? CONTACTS[key] ?? OTHERS[key] ?? (key === 'billing' ? BILLING : undefined);
  if (!person) throw new Error(`Nobody is called ${key}`);
  return person;
}

export const isTeam = (key: string): boolean => key in TEAM || key === 'billing';

/** Mails to many people and with long names, and how much of them lists show (contract §2). */

type Party = { name: string; email: string };

/** Of `to` and `cc` of a row together, as JSON. */
export const BYTES = 6_144;

export const people = (count: number, name: string): Party[] =>
  Array.from({ length: count }, (_, nth) => ({ name: `${name} ${nth}`, email: `p${nth}@acme.example` }));

const ANN = { name: 'Ann', email: 'ann@acme.example' };

/** `shown`: the recipients of `to` and of `cc` that a list has. */
export const PARTIES: { name: string; from: Party | null; to: Party[]; cc: Party[]; shown: [number, number] }[] = [
  { name: 'no one', from: null, to: [], cc: [], shown: [0, 0] },
  { name: 'few', from: ANN, to: people(3, 'Person'), cc: people(2, 'Person'), shown: [3, 2] },
  { name: 'a hundred with short names', from: ANN, to: people(100, 'Person'), cc: [], shown: [100, 0] },
  { name: 'a hundred of each', from: ANN, to: people(100, 'Person'), cc: people(100, 'Person'), shown: [100, 31] },
  { name: 'more than a hundred', from: ANN, to: people(300, 'P'), cc: people(300, 'P'), shown: [100, 47] },
  { name: 'many with usual names', from: ANN, to: people(300, 'Max Mustermann-Beispiel'), cc: [], shown: [96, 0] },
  { name: 'few with names of 400 characters', from: ANN, to: people(10, 'n'.repeat(400)), cc: [], shown: [10, 0] },
  { name: 'many with names of 400 characters', from: ANN, to: people(99, 'n'.repeat(400)), cc: [], shown: [25, 0] },
  { name: 'names of emoji', from: ANN, to: people(99, '\u{1F600}'.repeat(400)), cc: people(9, 'P'), shown: [7, 1] },
  { name: 'names of control characters', from: ANN, to: people(99, '\u0001'.repeat(400)), cc: [], shown: [4, 0] },
  {
    name: 'one address of 100,000 characters',
    from: ANN,
    to: [{ name: 'a'.repeat(100_000), email: `p0@${'b'.repeat(100_000)}` }],
    cc: [{ name: '\u0001'.repeat(100_000), email: `p0@${'\u0001'.repeat(100_000)}` }],
    shown: [1, 1],
  },
  {
    name: 'a sender with a long name',
    from: { name: 'é'.repeat(5_000), email: 'p' },
    to: [ANN],
    cc: [],
    shown: [1, 0],
  },
];

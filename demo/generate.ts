/**
 * Writes the demo company to standard output, one JSON object a line, in the import format:
 *
 *     npx tsx demo/generate.ts > demo/demo.ndjson
 *
 * `people.ts`, `contacts.ts` and `invoices.ts` say who is there and what is owed, `stories/` holds what they wrote, and
 * `conversations.ts`, `calls-and-logs.ts` and `render.ts` turn the scripts into messages. Nothing is left to chance or to the clock: ids and small variations
 * are hashes of the scripts' keys, so that every run writes the same bytes. The file is committed; after a change to a
 * script write it again.
 */

import { demoLines } from './company.ts';

process.stdout.write(
  demoLines()
    .map((line) => `${JSON.stringify(line)}\n`)
    .join(''),
);

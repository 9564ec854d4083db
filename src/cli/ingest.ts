import { type Command, InvalidArgumentError } from 'commander';
import type { Db } from '../db/client.ts';
import { INGEST_STATES, type IngestState } from '../domain/vocabulary.ts';
import { listDuplicateMails, separateDuplicateMail } from '../ingest/duplicates.ts';
import { countOutcomes } from '../ingest/event-ledger.ts';
import { retryEvents } from '../ingest/ingest.ts';
import { rematchAll } from '../ingest/rematch.ts';
import {
  act,
  actOnDatabase,
  type Cli,
  CommandFailed,
  type CommandOutput,
  type Context,
  requireCompany,
  uuidOf,
  withDatabase,
} from './run-command.ts';

export function addIngestCommands(program: Command): void {
  const ingest = program.command('ingest').description('manage the events that providers delivered');
  ingest.command('status').description('count the events by provider and state').action(actOnDatabase(showStatus));
  ingest.command('retry').description('apply waiting and failed events again').action(actOnDatabase(retry));
  ingest
    .command('rematch')
    .description('match mail and calls without a contact to the current contacts')
    .action(actOnDatabase(rematch));
  ingest
    .command('duplicates')
    .description('list mail of the last 30 days that was treated as a duplicate of stored mail, newest first')
    .requiredOption('--company <uuid>', 'the company')
    .option('--limit <number>', 'how many to list, at most 1000', parseLimit, 50)
    .action(actOnDatabase(showDuplicates));
  ingest
    .command('separate')
    .description('store a mail that was treated as a duplicate as a separate message')
    .requiredOption('--id <uuid>', 'the id that `ingest duplicates` shows')
    .action(act(separate));
}

function parseLimit(text: string): number {
  const limit = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > 1000) throw new InvalidArgumentError('It must be a number from 1 to 1000.');
  return limit;
}

async function showDuplicates(db: Db, options: { company: string; limit: number }): Promise<CommandOutput> {
  const companyId = await requireCompany(db, options.company);
  const duplicates = await listDuplicateMails(db, { companyId, limit: options.limit });
  const table = duplicates.flatMap(({ id, duplicate, stored }) => [
    `${id}  ${duplicate.timestamp}  ${duplicate.from ?? 'unknown sender'}  ${duplicate.subject}`,
    `  duplicate of ${stored.threadId}  ${stored.timestamp}  ${stored.from ?? 'unknown sender'}  ${stored.subject}`,
  ]);
  const line = duplicates.length === 0 ? 'No mail was treated as a duplicate in the last 30 days.' : table.join('\n');
  return { line, json: { duplicates } };
}

function separate(cli: Cli, options: { id: string }): Promise<CommandOutput> {
  const id = uuidOf('--id', options.id);
  return withDatabase(cli, async (db) => {
    const outcome = await separateDuplicateMail(db, id);
    if (!outcome) throw new CommandFailed('There is no such duplicate, or its bytes were deleted after 30 days.');
    const { state, reason = null, threadId = null } = outcome;
    const line = threadId === null ? `Not stored: ${reason}.` : `It is now message ${threadId}.`;
    return { line, json: { state, reason, thread_id: threadId } };
  });
}

type Counts = Record<IngestState, number>;

const noCounts = (): Counts => Object.fromEntries(INGEST_STATES.map((state) => [state, 0])) as Counts;

async function showStatus(db: Db): Promise<CommandOutput> {
  const lines = await countOutcomes(db);
  const states = noCounts();
  let replays = 0;
  for (const { state, events, deliveries } of lines) {
    states[state] += events;
    replays += deliveries - events;
  }
  const table = lines.map(({ provider, state, reason, events }) =>
    [provider.padEnd(6), state.padEnd(9), String(events).padStart(9), reason ?? ''].join('  ').trimEnd(),
  );
  const total = lines.reduce((sum, { events }) => sum + events, 0);
  const summary = `${total} events; ${replays} repeated deliveries had no effect.`;
  return { line: [...table, summary].join('\n'), json: { total, ...states, replays, outcomes: lines } };
}

async function retry(db: Db, _options: unknown, { cli }: Context): Promise<CommandOutput> {
  const counts = noCounts();
  await retryEvents(db, cli.log, ['received', 'failed'], ({ state }) => {
    counts[state] += 1;
  });
  const tried = INGEST_STATES.reduce((sum, state) => sum + counts[state], 0);
  const words = INGEST_STATES.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`);
  const line = tried === 0 ? 'No events are waiting.' : `Tried ${tried}: ${words.join(', ')}.`;
  return { line, json: { tried, ...counts } };
}

async function rematch(db: Db): Promise<CommandOutput> {
  const { messages, matched } = await rematchAll(db);
  return {
    line: `Checked ${messages} messages without a contact and matched ${matched}.`,
    json: { messages, matched },
  };
}

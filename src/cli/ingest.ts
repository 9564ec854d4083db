import { type Command, InvalidArgumentError } from 'commander';
import { INGEST_STATES, type IngestState } from '../domain/vocabulary.ts';
import { listDuplicateMails, separateDuplicateMail } from '../ingest/duplicates.ts';
import { countOutcomes } from '../ingest/event-ledger.ts';
import { retryEvents } from '../ingest/ingest.ts';
import { rematchAll } from '../ingest/rematch.ts';
import { type Answer, act, type Cli, CommandFailed, findCompany, uuidOf, withDatabase } from './run-command.ts';

export function addIngestCommands(program: Command): void {
  const ingest = program.command('ingest').description('what became of the events that providers delivered');
  ingest.command('status').description('the outcome of every event, counted').action(act(showStatus));
  ingest.command('retry').description('apply again what is waiting or failed').action(act(retry));
  ingest
    .command('rematch')
    .description('match mail and calls without a contact to the contacts that there are now')
    .action(act(rematch));
  ingest
    .command('duplicates')
    .description('mails that were taken for copies of stored ones in the last 30 days, the newest first')
    .requiredOption('--company <uuid>', 'whose')
    .option('--limit <number>', 'how many, at most 1000', parseLimit, 50)
    .action(act(showDuplicates));
  ingest
    .command('separate')
    .description('make a mail that was taken for a copy a message of its own')
    .requiredOption('--id <uuid>', 'its id, as `ingest duplicates` shows it')
    .action(act(separate));
}

function parseLimit(text: string): number {
  const limit = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > 1000) throw new InvalidArgumentError('It must be a number from 1 to 1000.');
  return limit;
}

function showDuplicates(cli: Cli, options: { company: string; limit: number }): Promise<Answer> {
  return withDatabase(cli, async (db) => {
    const companyId = await findCompany(db, options.company);
    const duplicates = await listDuplicateMails(db, { companyId, limit: options.limit });
    const table = duplicates.flatMap(({ id, duplicate, stored }) => [
      `${id}  ${duplicate.timestamp}  ${duplicate.from ?? 'unknown sender'}  ${duplicate.subject}`,
      `  taken for ${stored.threadId}  ${stored.timestamp}  ${stored.from ?? 'unknown sender'}  ${stored.subject}`,
    ]);
    const line = duplicates.length === 0 ? 'No mail was taken for a copy in the last 30 days.' : table.join('\n');
    return { line, json: { duplicates } };
  });
}

function separate(cli: Cli, options: { id: string }): Promise<Answer> {
  const id = uuidOf('--id', options.id);
  return withDatabase(cli, async (db) => {
    const outcome = await separateDuplicateMail(db, id);
    if (!outcome) throw new CommandFailed('There is no such duplicate, or its bytes were deleted after 30 days.');
    const { state, reason = null, threadId = null } = outcome;
    const line = threadId === null ? `Not stored: ${reason}.` : `It is message ${threadId} now.`;
    return { line, json: { state, reason, thread_id: threadId } };
  });
}

type Counts = Record<IngestState, number>;

const noCounts = (): Counts => Object.fromEntries(INGEST_STATES.map((state) => [state, 0])) as Counts;

function showStatus(cli: Cli): Promise<Answer> {
  return withDatabase(cli, async (db) => {
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
    const summary = `${total} events; ${replays} further deliveries of the same changed nothing.`;
    return { line: [...table, summary].join('\n'), json: { total, ...states, replays, outcomes: lines } };
  });
}

function retry(cli: Cli): Promise<Answer> {
  return withDatabase(cli, async (db) => {
    const counts = noCounts();
    await retryEvents(db, cli.log, ['received', 'failed'], ({ state }) => {
      counts[state] += 1;
    });
    const tried = INGEST_STATES.reduce((sum, state) => sum + counts[state], 0);
    const words = INGEST_STATES.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`);
    const line = tried === 0 ? 'Nothing is waiting.' : `Tried ${tried}: ${words.join(', ')}.`;
    return { line, json: { tried, ...counts } };
  });
}

function rematch(cli: Cli): Promise<Answer> {
  return withDatabase(cli, async (db) => {
    const { messages, matched } = await rematchAll(db);
    return {
      line: `Looked at ${messages} messages without a contact and matched ${matched}.`,
      json: { messages, matched },
    };
  });
}

import type { Command } from 'commander';
import { INGEST_STATES, type IngestState } from '../domain/vocabulary.ts';
import { countOutcomes } from '../ingest/event-ledger.ts';
import { retryEvents } from '../ingest/ingest.ts';
import { rematchAll } from '../ingest/rematch.ts';
import { type Answer, act, type Cli, withDatabase } from './run-command.ts';

export function addIngestCommands(program: Command): void {
  const ingest = program.command('ingest').description('what became of the events that providers delivered');
  ingest.command('status').description('the outcome of every event, counted').action(act(showStatus));
  ingest.command('retry').description('apply again what is waiting or failed').action(act(retry));
  ingest
    .command('rematch')
    .description('match mail and calls without a contact to the contacts that there are now')
    .action(act(rematch));
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

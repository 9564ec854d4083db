import type { Command } from 'commander';
import { parseTimestamp } from '../domain/timestamps.ts';
import { type BackfillProgress, backfillMailbox } from '../ingest/backfill.ts';
import { openProgressBar } from './progress.ts';
import { act, type Cli, CommandFailed, type CommandOutput, WrongUsage, withDatabase } from './run-command.ts';

type BackfillOptions = { grantId: string; after: string };

export function addBackfillCommand(mailbox: Command): void {
  mailbox
    .command('backfill')
    .description('fetch mail from before the mailbox was connected; continues where it stopped')
    .requiredOption('--grant-id <id>', 'the grant')
    .requiredOption('--after <date>', 'fetch mail from this day or time on, such as 2026-01-31')
    .action(act(backfill));
}

async function backfill(cli: Cli, { grantId, after }: BackfillOptions): Promise<CommandOutput> {
  const receivedAfter = dateOf(after);
  const { nylasApiKey, nylasApiUrl } = cli.config;
  if (nylasApiKey === undefined) throw new CommandFailed('NYLAS_API_KEY is not set.');
  return withDatabase(cli, async (db) => {
    const [mailbox] = await db.query<{ company_id: string }>({
      text: 'SELECT company_id FROM mailboxes WHERE grant_id = $1',
      values: [grantId],
    });
    if (!mailbox) throw new CommandFailed(`No mailbox has the grant ${grantId}.`);
    const bar = openProgressBar(cli.json);
    try {
      const { messages, applied } = await backfillMailbox(db, {
        companyId: mailbox.company_id,
        grantId,
        receivedAfter,
        api: { url: nylasApiUrl, key: nylasApiKey, signal: cli.signal, onWait: logWait(cli) },
        log: cli.log,
        onProgress: (progress) => showProgress(bar, receivedAfter, progress),
      });
      return { line: `Read ${messages} messages; ${applied} are new.`, json: { messages, applied } };
    } catch (error) {
      if (cli.signal.aborted) throw new CommandFailed('Stopped. Run the same command again to continue.');
      throw error;
    } finally {
      bar.stop();
    }
  });
}

function logWait({ log }: Cli) {
  return (seconds: number, reason: string) => log.warn(`${reason} Trying again in ${seconds} s.`);
}

/**
 * The provider's API has no total count, so the bar shows the time span that is done, from now back to `receivedAfter`.
 */
function showProgress(
  bar: ReturnType<typeof openProgressBar>,
  receivedAfter: Date,
  { messages, reachedDate }: BackfillProgress,
): void {
  const now = Date.now();
  const total = Math.max(1, now - receivedAfter.getTime());
  const done = reachedDate === null ? 0 : Math.min(total, Math.max(0, now - reachedDate.getTime()));
  bar.show(`${messages} messages`, done, total);
}

/** A day means its beginning in UTC. @throws WrongUsage */
function dateOf(text: string): Date {
  const time = parseTimestamp(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (time === undefined) throw new WrongUsage('--after must be a day such as 2026-01-31 or an RFC 3339 time.');
  return new Date(time);
}

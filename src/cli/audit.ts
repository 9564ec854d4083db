import type { Command } from 'commander';
import { parseTimestamp } from '../domain/timestamps.ts';
import { type AuditEntry, type AuditFilter, readAuditTrail } from '../journal/audit-trail.ts';
import { print } from './output.ts';
import { act, type Cli, requireCompany, requireUser, WrongUsage, withDatabase } from './run-command.ts';

type AuditOptions = { company?: string; since?: string; action?: string; user?: string };

export function addAuditCommand(program: Command): void {
  program
    .command('audit')
    .description('show the audit trail, oldest first; with --json one object per line')
    .option(
      '--company <uuid>',
      'only this company, with logins and tokens of its members (default: events that belong to no company)',
    )
    .option('--since <time>', 'only events from this RFC 3339 time on')
    .option('--action <name>', 'only this action, such as note.created, or this group of actions, such as login')
    .option('--user <username>', 'only actions of this user')
    .action(act(listAudit));
}

function listAudit(cli: Cli, options: AuditOptions): Promise<undefined> {
  const since = options.since === undefined ? undefined : parseTimestamp(options.since);
  if (options.since !== undefined && since === undefined) {
    throw new WrongUsage('--since must be an RFC 3339 time such as 2026-05-12T14:30:00Z.');
  }
  return withDatabase(cli, async (db) => {
    const filter: AuditFilter = {
      ...(options.company === undefined ? {} : { companyId: await requireCompany(db, options.company) }),
      ...(since === undefined ? {} : { since }),
      ...(options.action === undefined ? {} : { action: options.action }),
      ...(options.user === undefined ? {} : { userId: await requireUser(db, options.user) }),
    };
    for await (const entries of readAuditTrail(db, filter)) {
      for (const entry of entries) print(cli.json ? JSON.stringify(entry) : lineOf(entry));
    }
    return undefined;
  });
}

function lineOf(entry: AuditEntry): string {
  const actor = entry.actor_kind === 'user' ? (entry.username ?? 'unknown user') : entry.actor_kind;
  const details = entry.details ? JSON.stringify(entry.details) : '';
  return [
    entry.occurred_at,
    actor,
    entry.address ? `from ${entry.address}` : '',
    entry.action,
    entry.subject_id ?? '',
    details,
    entry.request_id ? `request ${entry.request_id}` : '',
  ]
    .filter((part) => part !== '')
    .join('  ');
}

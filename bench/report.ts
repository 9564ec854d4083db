import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import type { Db } from '../src/db/client.ts';
import type { Subject } from './subjects.ts';

/** Formats results as Markdown, with what is needed to repeat the measurement. */

type Size = Pick<Subject, 'messages' | 'conversations'>;

export async function heading(db: Db, title: string, subject: Size): Promise<string> {
  const [database] = await db.query<{ version: string; total: number; buffers: string; fsync: string }>({
    text: `SELECT current_setting('server_version') AS version, (SELECT sum(messages)::bigint FROM thread_counts) AS total,
                  current_setting('shared_buffers') AS buffers, current_setting('fsync') AS fsync`,
  });
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const command = ['tsx', 'bench/', process.argv[1]?.split('/').at(-1), ' ', process.argv.slice(2).join(' ')];
  return [
    `# ${title}`,
    '',
    `${number(database?.total ?? 0)} messages; the biggest company has ${number(subject.messages)} in ${number(subject.conversations)} conversations.`,
    `Commit ${commit}, Node ${process.versions.node}, PostgreSQL ${database?.version} (shared_buffers ${database?.buffers}, fsync ${database?.fsync}), ${cpus().length} cores shared by all.`,
    '',
    `    ${command.join('').replace('tsx', 'tsx ').trim()}`,
    '',
    '',
  ].join('\n');
}

export function table(columns: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |\n`;
  return `${line(columns)}${line(columns.map(() => '---'))}${rows.map(line).join('')}`;
}

export function number(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

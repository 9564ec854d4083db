/**
 * Fails when `src/db/schema` and `migrations/` differ. `drizzle-kit check` doesn't notice changes that were never
 * generated, and `generate` exits with 0 and writes nothing for a rename without a terminal, so its output is checked.
 */
import { spawnSync } from 'node:child_process';

const { stdout, stderr } = spawnSync('npx', ['drizzle-kit', 'generate', '--name', 'drift'], {
  encoding: 'utf8',
  input: '',
});
if (stdout.includes('No schema changes')) {
  process.stdout.write('migrations agree with the schema\n');
} else {
  process.stderr.write(
    `${stdout}${stderr}\nThe schema and the migrations differ. Run npm run db:generate, review what it wrote and commit it.\n`,
  );
  process.exitCode = 1;
}

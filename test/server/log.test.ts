import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Log lines of one turn leave in one write: none may be lost because the process ends in that turn. */

function linesOf(script: string): string[] {
  const source = `import { openLog } from './src/server/log.ts'; const log = openLog('info'); ${script}`;
  const { stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', source], {
    encoding: 'utf8',
  });
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line).msg);
}

it.each([
  ['exits at once', 'process.exit(1)'],
  ['throws what nobody catches', `throw new Error('unforeseen')`],
  ['goes on', 'setTimeout(() => undefined, 20)'],
])('a process that logs and %s', (_name, end) => {
  expect(linesOf(`log.info('first'); log.warn('second'); log.debug('unwanted'); ${end}`)).toEqual(['first', 'second']);
});

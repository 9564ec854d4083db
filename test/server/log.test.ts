import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Log lines of one turn leave in one write: none may be lost because the process ends in that turn. */

function run(script: string): { stdout: string; stderr: string } {
  const source = `import { openLog } from './src/server/log.ts'; const log = openLog('info'); ${script}`;
  return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', source], {
    encoding: 'utf8',
  });
}

function linesOf(script: string): string[] {
  return run(script)
    .stderr.split('\n')
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

/** Counts the texts that go to standard error; `slowly` makes each write take a while, as a full pipe does. */
const COUNTED = `
  const fs = (await import('node:fs')).default;
  const write = fs.write;
  const lengths = [];
  let delayMs = 0;
  fs.write = (...given) => {
    lengths.push(given[1].length);
    setTimeout(() => write(...given), delayMs);
  };
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));`;

it('nothing is written while nothing is logged', () => {
  const { stdout } = run(`${COUNTED}
    await pause(300);
    log.info('first');
    log.info('second');
    await pause(700);
    console.log(JSON.stringify(lengths));`);
  const lengths: number[] = JSON.parse(stdout);
  expect(lengths.filter((length) => length > 0)).toHaveLength(1);
  expect(lengths.length).toBeLessThan(4);
});

it('lines that come during a slow write are written after it', () => {
  const { stdout } = run(`${COUNTED}
    delayMs = 150;
    log.info('first');
    await pause(60);
    log.info('second');
    await pause(600);
    console.log(JSON.stringify(lengths));`);
  expect(JSON.parse(stdout).filter((length: number) => length > 0)).toHaveLength(2);
});

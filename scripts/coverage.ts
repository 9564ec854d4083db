/**
 * Runs the suite and reports which lines of `src/` it covers: `npm run test:coverage [-- file …]`. Vitest counts what
 * runs in the tests' own process. Commands, servers and workers that a test starts as processes write V8's counts when
 * they end (a killed one writes none). A statement is covered when either of them ran it. Fails under 95 %.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generatedPositionFor, LEAST_UPPER_BOUND, TraceMap } from '@jridgewell/trace-mapping';

const LINES_WANTED = 95;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORT = join(ROOT, 'coverage', 'coverage-final.json');

type Place = { line: number; column: number };
/** Istanbul's format: `s` has the count of each statement by its key in `statementMap`. */
type FileReport = { path: string; statementMap: Record<string, { start: Place }>; s: Record<string, number> };
type Range = { startOffset: number; endOffset: number; count: number };
type Script = { url: string; functions: { ranges: Range[] }[] };
type Cached = { lineLengths: number[]; data: ConstructorParameters<typeof TraceMap>[0] | null };
type Dump = { result: Script[]; 'source-map-cache'?: Record<string, Cached> };

const children = await mkdtemp(join(tmpdir(), 'comms-coverage-'));
const { status } = spawnSync('npx', ['vitest', 'run', '--coverage', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, COVERAGE_OF_CHILDREN: children },
});
const files: Record<string, FileReport> = JSON.parse(await readFile(REPORT, 'utf8'));
const dumps = await readdir(children);
for (const name of dumps) addChild(JSON.parse(await readFile(join(children, name), 'utf8')));
await rm(children, { recursive: true });
const percent = report();
if (percent < LINES_WANTED) process.stderr.write(`Less than ${LINES_WANTED} %.\n`);
process.exitCode = status || (percent < LINES_WANTED ? 1 : 0);

function addChild({ result, 'source-map-cache': maps = {} }: Dump): void {
  const byUrl = new Map(Object.values(files).map((file) => [pathToFileURL(file.path).href, file]));
  for (const script of result) {
    const file = byUrl.get(script.url.replace(/\?.*$/, ''));
    const map = maps[script.url];
    if (file && map?.data) addScript(file, script, map);
  }
}

/**
 * Adds the counts of a child process. The count of a statement is that of the innermost range with its first character.
 */
function addScript(file: FileReport, { functions }: Script, { lineLengths, data }: Cached): void {
  const map = new TraceMap(data as NonNullable<typeof data>);
  const [source = null] = map.sources;
  if (source === null) return;
  const lineStarts = [0];
  for (const length of lineLengths) lineStarts.push((lineStarts.at(-1) ?? 0) + length + 1);
  const ranges = functions.flatMap((each) => each.ranges);
  for (const [key, { start }] of Object.entries(file.statementMap)) {
    if (file.s[key]) continue;
    const { line, column } = generatedPositionFor(map, { source, ...start, bias: LEAST_UPPER_BOUND });
    if (line === null) continue;
    const offset = (lineStarts[line - 1] ?? 0) + column;
    const around = ranges.filter(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset);
    const innermost = around.sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset))[0];
    file.s[key] = innermost?.count ?? 0;
  }
}

/** Prints the uncovered lines. @returns the percentage of covered lines */
function report(): number {
  let covered = 0;
  let total = 0;
  for (const file of Object.values(files)) {
    const lines = linesOf(file);
    const missing = [...lines].filter(([, count]) => count === 0).map(([line]) => line);
    covered += lines.size - missing.length;
    total += lines.size;
    if (missing.length > 0) process.stdout.write(`${relative(ROOT, file.path)}: ${missing.join(' ')}\n`);
  }
  const percent = (100 * covered) / total;
  const processes = `with ${dumps.length} processes that tests started`;
  process.stdout.write(`${covered} of ${total} lines of src, ${percent.toFixed(2)} %, ${processes}\n`);
  return percent;
}

/** By line: the highest count of the statements that begin in it. */
function linesOf({ statementMap, s }: FileReport): Map<number, number> {
  const lines = new Map<number, number>();
  for (const [key, { start }] of Object.entries(statementMap))
    lines.set(start.line, Math.max(lines.get(start.line) ?? 0, s[key] ?? 0));
  return lines;
}

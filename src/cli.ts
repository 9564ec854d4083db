#!/usr/bin/env node
import { versionFault } from './cli/node-version.ts';

// A dynamic import, because an older Node fails to parse the other modules.
const fault = versionFault(process.versions.node);
if (fault === undefined) await (await import('./cli/program.ts')).runCommandLine(process.argv);
else {
  process.stderr.write(`${fault}\n`);
  process.exitCode = 1;
}

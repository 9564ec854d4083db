import { spawn } from 'node:child_process';

/**
 * Runs `npm start`, `npm run demo` and `npm run comms`: from the source if `tsx` is installed, else from the output of
 * `npm run build`, as in an installation after `npm prune --omit=dev`.
 */
const given = process.argv.slice(2);
if (isInstalled('tsx')) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...given], { stdio: 'inherit' });
  // A terminal sends signals to both processes, a supervisor to this one only.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
} else {
  process.argv = [process.execPath, 'dist/cli.js', ...given];
  await import('../dist/cli.js').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !/dist.cli\.js/.test(error.message)) throw error;
    process.stderr.write('There is nothing to start: run `npm ci && npm run build` first, or `npm ci` alone.\n');
    process.exitCode = 1;
  });
}

function isInstalled(name) {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

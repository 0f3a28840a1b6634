/**
 * The start of the bot, in plain JavaScript: an older Node cannot read TypeScript, and its native modules can bring
 * the process down, so its version is judged before anything else is loaded. For the same reason nothing newer than
 * what Node 12 understands stands in this file, not even an `await` at its top.
 */
const NEEDED = 24;
const found = process.versions.node;

if (Number.parseInt(found, 10) < NEEDED) {
  process.stderr.write(
    `Latchbolt needs Node.js ${NEEDED} or newer, but this is Node.js ${found}: get a newer one from https://nodejs.org/en/download and start again.\n`,
  );
  process.exitCode = 1;
} else {
  // Compiled code is kept between starts, so that the next one is quicker.
  void import('node:module').then(({ enableCompileCache }) => {
    enableCompileCache();
    return import('./main.ts');
  });
}

/** `npm run checks`: runs all checks before the tests, two at a time; prints the whole output of those that fail or count. */
import {spawn} from 'node:child_process';
import {root} from './rooms.mjs';

/** The slowest first. Each is an npm script of its own, too. */
const CHECKS = ['lint', 'unused', 'formatted', 'types', 'houses', 'languages'];
/** The checks whose output is shown even when they succeed. */
const COUNTS = new Set(['languages']);
const AT_ONCE = 2;

const waiting = [...CHECKS];
const failed = [];
await Promise.all(Array.from({length: AT_ONCE}, work));
if (failed.length > 0) {
  console.error(`failed: ${failed.map(name => `npm run ${name}`).join(', ')}`);
  process.exitCode = 1;
}

async function work() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const startedAt = performance.now();
    const {code, output} = await run(name);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (code !== 0) failed.push(name);
    if (code !== 0 || COUNTS.has(name)) console.log(output.trimEnd());
  }
}

function run(name) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', name], {cwd: root});
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', part => (output += part));
    child.on('error', reject).on('close', code => resolve({code, output}));
  });
}

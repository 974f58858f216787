/**
 * `npm run bench`: measures speed, size and healing time of agent2 on this machine. Prints one JSON; progress goes to stderr.
 *   --quick                  fewer runs and ten idle seconds
 *   start cpu faults         only these parts (--only PART does the same for one)
 *   scale                    the cost of many targets; takes some minutes, so it runs only when named:
 *     --targets 1,10,100     the numbers of targets, measured in order
 *     --seconds 20           the time of each measurement, after --warm-up 90 seconds, in which V8 optimises
 *     --sick 10              the percentage of targets that fail, hang or are dead
 *     --program dist/cli.js  another build to measure
 *   soak                     what agent2 keeps in memory under random faults of two services; takes ten minutes, so it runs only when named:
 *     --seconds 600          its time
 *     --heap 32              with so small a heap, in MB
 *   blocked                  how late the checks of a healthy target are, and how long a repair takes, while a disk, a name server or many services block; needs
 *                            gcc, so it runs only when named
 *   policies                 what agent2 and other programs make of services that fail in different ways, in virtual time; runs only when named, alone.
 *                            Prints the table of docs/healing.md
 *     --json                 the same numbers as JSON
 */
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {importTypescript} from '../build/import-typescript.mjs';

const USUAL = ['start', 'cpu', 'faults'];
const PARTS = [...USUAL, 'scale', 'soak', 'blocked', 'policies'];
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    'quick': {type: 'boolean', default: false},
    'only': {type: 'string'},
    'targets': {type: 'string', default: '1,10,100,300,1000,3000'},
    'seconds': {type: 'string'},
    'heap': {type: 'string'},
    'warm-up': {type: 'string', default: '90'},
    'sick': {type: 'string', default: '0'},
    'program': {type: 'string'},
    'json': {type: 'boolean', default: false},
  },
});
const named = [...positionals, ...(values.only === undefined ? [] : [values.only])];
const unknown = named.find(part => !PARTS.includes(part));
if (unknown !== undefined) refuse(`${unknown}: there are ${PARTS.join(', ')}`);

if (named.includes('policies')) {
  if (named.length > 1) refuse('policies runs alone: name no other part beside it');
  const {measurePolicies, policiesTable} = await importTypescript('bench/policies/policies.ts');
  const report = measurePolicies(service => process.stderr.write(`${service}\n`));
  process.stdout.write(
    values.json ? `${JSON.stringify(report, null, 2)}\n` : policiesTable(report),
  );
  process.exit();
}
if (values.json) refuse('--json goes with policies; the other parts always print JSON');

if (values.program === undefined)
  execFileSync(process.execPath, ['build/build.mjs'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 2, 2],
  });
const {bench} = await importTypescript('bench/bench.ts');
const report = await bench({
  quick: values.quick,
  parts: named.length === 0 ? USUAL : named,
  scale: {
    counts: values.targets.split(',').map(count => wholeNumber('--targets', count, 1)),
    seconds: wholeNumber('--seconds', values.seconds ?? '20', 6),
    warmUpSeconds: wholeNumber('--warm-up', values['warm-up'], 0),
    sickPercent: wholeNumber('--sick', values.sick, 0),
    program: values.program,
  },
  soak: {
    seconds: wholeNumber('--seconds', values.seconds ?? '600', 30),
    heapMB: values.heap === undefined ? undefined : wholeNumber('--heap', values.heap, 16),
  },
});
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);

function wholeNumber(option, text, least) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least)
    refuse(`${option} ${text}: a whole number from ${least} on is wanted`);
  return number;
}

function refuse(text) {
  process.stderr.write(`bench: ${text}\n`);
  process.exit(64);
}

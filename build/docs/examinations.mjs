import {table} from '../markdown.mjs';

const ABOUT = {monitor: 'the monitor', target: 'each service', machine: 'the machine'};

/** Every examination of the doctor, in the order of its report. */
export async function print({definitions}) {
  const all = Object.values(await definitions('doctor'));
  const rows = Object.entries(ABOUT).flatMap(([about, name]) =>
    all
      .filter(examination => examination.about === about)
      .sort((a, b) => a.order - b.order)
      .map(({what, finds}, index) => [index === 0 ? name : '', what(), finds]),
  );
  return table(['of', 'what', 'problems it finds'], rows);
}

import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from './root.ts';

interface Parts {
  /** Where its test is, without the ending; a file may test several. */
  readonly test: string;
  /** The page that has a section or a row for it. */
  readonly page: string;
  readonly holds: RegExp;
}

/** The parts of a thing that are forgotten, each in a sentence: its test and what the docs say of it. */
export function forgotten(name: string, {test, page, holds}: Parts): readonly string[] {
  const tested = ['.test.ts', '.test.tsx'].some(ending => existsSync(join(root, test + ending)));
  const told = holds.test(readFileSync(join(root, page), 'utf8'));
  return [
    ...(tested ? [] : [`${name} has no test: write ${test}.test.ts`]),
    ...(told ? [] : [`${name} is not in the docs: ${page} has nothing that fits ${holds}`]),
  ];
}

/** A section with the table of options that build/docs/options.mjs prints. */
export function sectionWithOptions(folder: string, kind: string): RegExp {
  return new RegExp(
    `${section(kind).source}(?:(?!^## )[^])*<!-- printed: options ${folder} ${kind} -->`,
    'm',
  );
}

/** `## NAME` */
export function section(name: string): RegExp {
  return new RegExp(`^## ${name}$`, 'm');
}

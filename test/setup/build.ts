import {execFileSync} from 'node:child_process';

/** Builds dist/ once before all tests: scenarios must see the program as it ships. */
export default function setup(): void {
  execFileSync(process.execPath, ['build/build.mjs'], {stdio: 'inherit'});
}

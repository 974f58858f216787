import {homedir, userInfo} from 'node:os';

/** As Debian calls the home of a user who has none: nothing is there, and agent2 creates nothing below it. */
const NO_HOME = '/nonexistent';

/** `HOME`, else the home of the account. A uid without an account, as in many containers, has none: a path where nothing is. */
export function homeDirectory(): string {
  return absolute(homedir) ?? absolute(() => userInfo().homedir) ?? NO_HOME;
}

/** Whether a path lies in the home of a user who has none. */
export function isNowhere(path: string): boolean {
  return path === NO_HOME || path.startsWith(`${NO_HOME}/`);
}

function absolute(read: () => string): string | undefined {
  try {
    const path = read();
    return path.startsWith('/') ? path : undefined;
  } catch {
    // The system knows no account of this uid.
    return undefined;
  }
}

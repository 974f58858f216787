/** What every way out of the program has in common. */
export {leaveTerminalAtExit} from '../io/terminal.ts';

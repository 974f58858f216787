import {SonicBoom} from 'sonic-boom';

/** An append-only log that survives rotation. */
export interface LogFile {
  write(line: string): void;
  /** Opens the file by its name again: after logrotate moved it away. */
  reopen(): void;
  close(): void;
}

/** `onTrouble` hears when lines cannot be written (disk full, permissions), and again with nothing once they can. */
export function openLog(path: string, onTrouble: (text: string | undefined) => void): LogFile {
  const file = new SonicBoom({dest: path, append: true, mkdir: false, mode: 0o644, sync: true, retryEAGAIN: () => false});
  let troubled = false;
  file.on('error', (error: Error) => {
    troubled = true;
    onTrouble(`log ${path} cannot be written: ${error.message}`);
  });
  file.on('write', () => {
    if (!troubled) return;
    troubled = false;
    onTrouble(undefined);
  });
  return {
    write(line) {
      file.write(`${line}\n`);
    },
    reopen: () => file.reopen(),
    close: () => file.destroy(),
  };
}

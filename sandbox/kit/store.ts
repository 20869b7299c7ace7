import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A twin's state: one plain object, kept in a file when a file is given, so that it survives a restart. */
export interface Store<T> {
  state: T;
  /** Call after every change. Writes are atomic; the newest state always wins. */
  save(): void;
}

export function openStore<T>(file: string | undefined, fresh: () => T): Store<T> {
  const state: T = file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : fresh();
  return {
    state,
    save() {
      if (!file) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(state));
      renameSync(`${file}.new`, file);
    },
  };
}

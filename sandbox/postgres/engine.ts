import type { Asked, Given, Statement } from './protocol.ts';

/** One session of some PostgreSQL. */
export interface Session {
  run(statement: Statement): Promise<Given>;
  /** Statements without parameters or results. */
  command(text: string): Promise<void>;
}

/** Some PostgreSQL with our migrations in it. */
export interface Engine {
  answer(asked: Asked): Promise<Given[]>;
  close(): Promise<void>;
}

/** Carries out one request on a session of its own, and leaves the session as it was found: the next request is another client's. */
export async function carryOut(session: Session, asked: Asked): Promise<Given[]> {
  try {
    return asked.transaction === undefined
      ? await each(session, asked.statements)
      : await together(session, asked.statements, asked.transaction);
  } finally {
    await session.command('reset role; reset all');
  }
}

async function together(session: Session, statements: Statement[], transaction: string): Promise<Given[]> {
  await session.command(`begin ${transaction}`);
  try {
    const given = await each(session, statements);
    await session.command('commit');
    return given;
  } catch (error) {
    await session.command('rollback');
    throw error;
  }
}

async function each(session: Session, statements: Statement[]): Promise<Given[]> {
  const given: Given[] = [];
  for (const statement of statements) given.push(await session.run(statement));
  return given;
}

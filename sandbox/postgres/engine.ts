import type { Asked, Given, Statement } from './protocol.ts';

/** One session of some PostgreSQL. */
export interface Session {
  run(statement: Statement): Promise<Given>;
  /** Statements without parameters or results. */
  command(text: string): Promise<void>;
  /** Holds back what `work` sends until all of it is there. Absent where nothing travels. */
  inOnePiece?<T>(work: () => T): T;
}

/** Some PostgreSQL with our migrations in it. */
export interface Engine {
  answer(asked: Asked): Promise<Given[]>;
  close(): Promise<void>;
}

/** Carries out one request on a session of its own, and leaves the session as it was found: the next request is another client's. */
export async function carryOut(session: Session, asked: Asked): Promise<Given[]> {
  const sent = session.inOnePiece ? session.inOnePiece(() => send(session, asked)) : send(session, asked);
  const answers = await Promise.allSettled(sent.all);
  // What follows an error fails with it, and the commit becomes a rollback: the first one says why.
  const failure = answers.find((answer) => answer.status === 'rejected');
  if (failure) throw failure.reason;
  return Promise.all(sent.given);
}

/** Everything leaves at once, in order: waiting for each answer would take as long as all of them, many times over. */
function send(session: Session, { statements, transaction }: Asked): { given: Promise<Given>[]; all: Promise<unknown>[] } {
  const begin = transaction === undefined ? [] : [session.command(`begin ${transaction}`)];
  const given = statements.map((statement) => session.run(statement));
  const commit = transaction === undefined ? [] : [session.command('commit')];
  return { given, all: [...begin, ...given, ...commit, session.command('reset role; reset all')] };
}

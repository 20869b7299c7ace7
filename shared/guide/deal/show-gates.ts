import type { DealGates } from '../../contracts/gates.ts';
import type { Told } from '../heard.ts';
import type { Session } from '../session.ts';

/** Told whole, and only when something of it changed. */
export function showGates(session: Session, gates: DealGates): [Session, Told[]] {
  if (JSON.stringify(session.gates) === JSON.stringify(gates)) return [session, []];
  const seq = session.seq + 1;
  return [{ ...session, seq, gates }, [{ type: 'gates', seq, gates }]];
}

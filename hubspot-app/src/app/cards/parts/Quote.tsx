import type { Role } from '@ros/contracts';
import { Text } from '../host.ts';
import { clock, roleWords } from './words.ts';

/** The words themselves, who said them and when. */
export function Quote({ quote, startMs, role, speaker }: { quote: string; startMs: number; role: Role; speaker?: string }) {
  return (
    <Text variant="microcopy" format={{ italic: true }}>
      {`“${quote}” ${role === 'rep' ? roleWords.rep : speaker || roleWords[role]}, ${clock(startMs)}`}
    </Text>
  );
}

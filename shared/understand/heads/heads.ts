import type { BuyingType, ObjectionType, Owner } from '../../contracts/insight.ts';
import { bytesOf } from './bytes.ts';
import type { Head } from './score.ts';
import packed from './weights.json' with { type: 'json' };

/** A head that says whether, with what its odds were worth on dialogues it had not seen. */
export interface Judge extends Head {
  /** Calibrated chance = chance(slope · odds + shift). */
  slope: number;
  shift: number;
  /** From this calibrated chance on it is taken for true. */
  threshold: number;
}

export interface Heads {
  objection: Judge;
  step: Judge;
  buying: Judge;
  pricing: Judge;
  /** Speaks of somebody else who sells the same. */
  rival: Judge;
  /** A whole call: somebody sells. */
  selling: Judge;
  /** Of what kind, once it is known that there is one. */
  objectionType: Record<ObjectionType, Judge>;
  buyingType: Record<BuyingType, Judge>;
  owner: Record<Owner, Judge>;
}

let unpacked: Heads | undefined;

/** The trained heads; unpacked at the first question, since a Worker's start is counted. */
export function heads(): Heads {
  unpacked ??= unpack(bytesOf(packed.bytes));
  return unpacked;
}

function unpack(bytes: Int8Array): Heads {
  const judge = ({ at, size, scale, bias, isPlain, slope, shift, threshold }: typeof packed.judges.objection): Judge => ({
    weights: bytes.subarray(at, at + size),
    scale,
    bias,
    isPlain,
    slope,
    shift,
    threshold,
  });
  const { objection, step, buying, pricing, rival, selling, objectionType, buyingType, owner } = packed.judges;
  const each = <K extends string>(kinds: Record<K, typeof objection>): Record<K, Judge> => {
    const made = {} as Record<K, Judge>;
    for (const kind in kinds) made[kind] = judge(kinds[kind]);
    return made;
  };
  return {
    objection: judge(objection),
    step: judge(step),
    buying: judge(buying),
    pricing: judge(pricing),
    rival: judge(rival),
    selling: judge(selling),
    objectionType: each(objectionType),
    buyingType: each(buyingType),
    owner: each(owner),
  };
}

import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Parts } from '../parts.ts';
import { wireAskChanges } from './ask-changes.ts';
import { wireDecide } from './decide.ts';
import { wirePlan } from './plan-call.ts';
import { wireSeeChanges } from './see-changes.ts';
import { wireWriter } from './write.ts';

export function wireAct(parts: Parts, sight: Sight) {
  const rooms = [wireDecide(parts, sight), wireSeeChanges(parts, sight), wireAskChanges(parts, sight)];
  return {
    ...wirePlan(parts),
    writer: wireWriter(parts),
    routes: (app: RosApp) => {
      for (const routes of rooms) routes(app);
    },
  };
}

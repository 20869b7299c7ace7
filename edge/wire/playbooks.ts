import { asTheyGuide } from '../../shared/guide/moments/choose-playbooks.ts';
import { sayTies } from '../../shared/guide/moments/say-ties.ts';
import { pack } from '../../shared/guide/pack.ts';
import { readyPacks } from '../../shared/guide/packs/ready.ts';
import { playbookRoutes } from '../guide/playbook-routes.ts';
import * as books from '../guide/playbooks/store.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Parts } from '../parts.ts';
import * as tenants from '../tenants/store.ts';
import { previewMoment } from './preview-moment.ts';

export function wirePlaybooks(parts: Parts, sight: Sight): (app: RosApp) => void {
  const { db, now } = parts;
  return playbookRoutes({
    isAdmin: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id,
    playbooksFor: async ({ tenantId, user }, isAdmin) => {
      const all = await books.playbooksOf(db, tenantId);
      const rep = { userId: user.id, email: user.email };
      const playbooks = isAdmin
        ? all
        : // Whom else it is for is nothing to them.
          asTheyGuide(all, rep).map((one) => ({ ...one, assigned: { everyone: one.assigned.everyone, teams: [], reps: [] } }));
      const packs = readyPacks.map(({ id, name, said, moments }) => ({
        id,
        name,
        said,
        moments: id === 'core' ? pack.length : moments.length,
      }));
      return { playbooks, packs };
    },
    otherMoments: async (tenantId, id) => {
      const others = (await books.playbooksOf(db, tenantId)).filter((one) => one.id !== id);
      return [...pack, ...readyPacks.flatMap(({ moments }) => moments), ...others.flatMap(({ moments }) => moments)];
    },
    save: async (who, said) => {
      const saved = await books.savePlaybook(db, who.tenantId, { ...said, by: who.user.id, at: new Date(now()) });
      if (typeof saved === 'string') return saved;
      const ties = sayTies(saved, await books.playbooksOf(db, who.tenantId));
      return ties.length > 0 ? { ...saved, ties } : saved;
    },
    versionsOf: (tenantId, id) => books.versionsOf(db, tenantId, id),
    preview: (who, moment) => previewMoment(parts, sight, who, moment),
  });
}

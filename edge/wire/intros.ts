import type { RecordRef } from '../../shared/contracts/record.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { answerRoutes } from '../relate/intros/answer-routes.ts';
import { draftIntro } from '../relate/intros/draft-intro.ts';
import { sayOf } from '../relate/intros/move-intro.ts';
import { introRoutes } from '../relate/intros/routes.ts';
import * as intros from '../relate/intros/store.ts';
import { type ShowPathsDeps, showPaths } from '../relate/show-paths.ts';
import { readLink, signLink } from '../tenants/intro-link.ts';
import { random } from '../tenants/oauth-state.ts';

const DUE_A_SWEEP = 100;

export function wireIntros(parts: Parts, sight: Sight, pathDeps: (who: Who, ref: RecordRef) => ShowPathsDeps) {
  const { db, now, settings } = parts;
  const move = (tenantId: string) => (id: string, to: intros.IntroMove) => intros.moveIntro(db, tenantId, id, to);
  const introOf = (tenantId: string, id: string) => intros.introOf(db, tenantId, id);
  const asksOf = (tenantId: string, connectorKey: string) => intros.asksOf(db, tenantId, connectorKey);
  const linkTo = async (tenantId: string, id: string) => `${settings.PUBLIC_URL}/intro/${await signLink(settings.masters, tenantId, id)}`;

  const forReps = introRoutes({
    now,
    maySeeRecord: (who, ref) => sight.record(who, ref),
    introOf,
    introsOf: (tenantId, userId) => intros.introsOf(db, tenantId, userId),
    asksOf,
    linkTo,
    move,
    draft: (who, ref, asked) =>
      draftIntro(
        {
          now,
          newId: () => crypto.randomUUID(),
          nameOf: () => nameOf(parts, who),
          pathBy: async (of, keys) => (await showPaths(pathDeps(who, of), of, who.user.id, keys)).paths[0] ?? null,
          asksOf: (key) => asksOf(who.tenantId, key),
          linkTo: (id) => linkTo(who.tenantId, id),
          save: (row) => intros.saveDraft(db, who.tenantId, row),
        },
        who.user.id,
        ref,
        asked,
      ),
  });
  const forConnectors = answerRoutes({
    now,
    nonce: random,
    openLink: (ticket) => readLink(settings.masters, ticket),
    introOf,
    move,
  });

  return {
    routes: (app: RosApp) => {
      forReps(app);
      forConnectors(app);
    },
    /** What nobody answered in time is over. Done twice changes nothing. */
    expire: async () => {
      for (const { tenantId, id } of await intros.dueIntros(db, new Date(now()), DUE_A_SWEEP)) {
        const row = await introOf(tenantId, id);
        if (row) await sayOf({ now, move: move(tenantId) }, row, { what: 'expire', by: 'clock', actor: 'cron', version: row.version });
      }
    },
  };
}

/** As the CRM calls whoever asks. */
export async function nameOf(parts: Parts, { tenantId, connectionId, user }: Who): Promise<string> {
  const crm = await parts.crmOf(tenantId, connectionId);
  const name = crm.ok ? await crm.value.nameOf(user.id) : crm;
  return (name.ok ? name.value : null) ?? (user.email.split('@')[0] || 'A colleague');
}

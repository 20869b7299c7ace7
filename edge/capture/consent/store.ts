import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { recordsAll } from '../../../shared/capture/never-record.ts';
import {
  type ConsentSettings,
  consentSettingsView,
  type NeverRecord,
  neverRecordView,
  type OwnWords,
  ownWordsView,
} from '../../../shared/contracts/capture.ts';
import { type TeamHelp, teamHelpView } from '../../../shared/contracts/team.ts';
import { auditMoved } from '../../db/audit.ts';
import type { Db } from '../../db/client.ts';
import { captureSettings } from '../tables.ts';

export interface CaptureSettings {
  neverRecord: NeverRecord;
  consent: ConsentSettings;
  words: OwnWords;
  teamHelp: TeamHelp;
}

/** What a tenant has said of its calls; where it has said nothing, every call may be asked for, everybody has to say yes, and nobody else helps. */
export async function captureSettingsOf(db: Db, tenantId: string): Promise<CaptureSettings> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        neverRecord: captureSettings.neverRecord,
        consent: captureSettings.consent,
        words: captureSettings.words,
        teamHelp: captureSettings.teamHelp,
      })
      .from(captureSettings),
  ]);
  const said = rows[0];
  return {
    neverRecord: z.nullish(neverRecordView).parse(said?.neverRecord) ?? recordsAll,
    consent: z.nullish(consentSettingsView).parse(said?.consent) ?? nothingSaid,
    words: z.nullish(ownWordsView).parse(said?.words) ?? { products: [] },
    teamHelp: z.nullish(teamHelpView).parse(said?.teamHelp) ?? { isOn: false, teams: [] },
  };
}

const nothingSaid: ConsentSettings = { office: null, offices: [], atLeast: null };

/** Lays these over what was said before. */
export async function setCaptureSettings(db: Db, tenantId: string, said: Partial<CaptureSettings>, by: string): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .insert(captureSettings)
        .values({ tenantId, ...said })
        .onConflictDoUpdate({ target: captureSettings.tenantId, set: said })
        // The tenant is what it was done to.
        .returning({ tenantId: captureSettings.tenantId, id: sql`${captureSettings.tenantId}`.as('id') }),
      {
        actor: by,
        action: Object.keys(said)
          .map((name) => `set-${name}`)
          .join(' '),
      },
    ),
  ]);
}

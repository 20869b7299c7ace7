import {
  type ConsentSettings,
  consentSettingsBody,
  type NeverRecord,
  neverRecordBody,
  type OwnWords,
  ownWordsBody,
} from '../../shared/contracts/capture.ts';
import { type TeamHelp, teamHelpBody } from '../../shared/contracts/team.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

interface Settings {
  neverRecord: NeverRecord;
  consent: ConsentSettings;
  words: OwnWords;
  teamHelp: TeamHelp;
}

export interface CaptureSettingDeps {
  isAdmin(who: Who): Promise<boolean>;
  settingsOf(tenantId: string): Promise<Settings>;
  setSettings(tenantId: string, said: Partial<Settings>, by: string): Promise<void>;
}

/** Whom nobody may hear, what has to happen before the others are heard, names to be known, and who may help: an admin's to read and to say, whole. */
export const captureSettingRoutes = (deps: CaptureSettingDeps) => (app: RosApp) => {
  app.get('/v1/settings/never-record', async (c) => {
    const refusal = await adminsOnly(deps, c);
    return refusal ?? yes(c, (await deps.settingsOf(c.get('who').tenantId)).neverRecord);
  });

  app.put('/v1/settings/never-record', async (c) => {
    const { requestId: _, ...neverRecord } = parseJson(c.get('raw'), neverRecordBody);
    return (await adminsOnly(deps, c)) ?? set(deps, c, { neverRecord }, neverRecord);
  });

  app.get('/v1/settings/consent', async (c) => {
    const refusal = await adminsOnly(deps, c);
    return refusal ?? yes(c, (await deps.settingsOf(c.get('who').tenantId)).consent);
  });

  app.put('/v1/settings/consent', async (c) => {
    const { requestId: _, ...consent } = parseJson(c.get('raw'), consentSettingsBody);
    return (await adminsOnly(deps, c)) ?? set(deps, c, { consent }, consent);
  });

  app.get('/v1/settings/words', async (c) => {
    const refusal = await adminsOnly(deps, c);
    return refusal ?? yes(c, (await deps.settingsOf(c.get('who').tenantId)).words);
  });

  app.put('/v1/settings/words', async (c) => {
    const { requestId: _, ...words } = parseJson(c.get('raw'), ownWordsBody);
    return (await adminsOnly(deps, c)) ?? set(deps, c, { words }, words);
  });

  app.get('/v1/settings/team-help', async (c) => {
    const refusal = await adminsOnly(deps, c);
    return refusal ?? yes(c, (await deps.settingsOf(c.get('who').tenantId)).teamHelp);
  });

  app.put('/v1/settings/team-help', async (c) => {
    const { requestId: _, ...teamHelp } = parseJson(c.get('raw'), teamHelpBody);
    return (await adminsOnly(deps, c)) ?? set(deps, c, { teamHelp }, teamHelp);
  });
};

async function set(deps: CaptureSettingDeps, c: RosContext, said: Partial<Settings>, answer: unknown): Promise<Response> {
  const { tenantId, user } = c.get('who');
  await deps.setSettings(tenantId, said, user.id);
  return yes(c, answer);
}

/** Who connected us may set us up. */
async function adminsOnly(deps: CaptureSettingDeps, c: RosContext): Promise<Response | null> {
  return (await deps.isAdmin(c.get('who'))) ? null : no(c, 'no-permission', 'Only who connected Relationship OS can change this.');
}

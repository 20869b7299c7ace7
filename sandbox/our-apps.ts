import { cast } from './cast.ts';
import type { ConsentableApp } from './graph/sign-in.ts';
import type { InstallableApp } from './zoom/installs.ts';

/** Our own apps as the two vendors know them, for a Worker at this address. docs/deploy.md says why each scope. */
export const zoomInstallable = (publicUrl: string): InstallableApp => ({
  ...cast.zoom.connect,
  redirectUris: [`${publicUrl}/oauth/zoom/callback`],
  scopes: [
    'cloud_recording:read:list_recording_files:admin',
    'meeting:read:list_past_participants:admin',
    'meeting:read:meeting:admin',
    'user:read:user:admin',
  ],
});

export const graphConsentable = (publicUrl: string): ConsentableApp => ({
  ...cast.graph.connect,
  redirectUris: [`${publicUrl}/oauth/graph/callback`, `${publicUrl}/oauth/graph/consented`],
});

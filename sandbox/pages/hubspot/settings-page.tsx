import { CardFrame } from './card-frame.tsx';
import { UserSwitch } from './controls.tsx';
import { Notices, useNotices } from './notices.tsx';
import type { Settings } from './settings.ts';

/** The app's own page in HubSpot's settings: Connected apps → Relationship OS → Settings. */
export function SettingsPage({ settings }: { settings: Settings }) {
  const { notice, onNotice } = useNotices();
  return (
    <>
      <header className="top">
        <strong className="brand">CRM sandbox</strong>
        <nav aria-label="CRM">
          <a href={`?user=${settings.user.key}`}>Deals</a> <span aria-current="page">App settings</span>
        </nav>
        <UserSwitch settings={settings} />
      </header>
      <main className="settings">
        <h1>Relationship OS</h1>
        <section className="card" aria-label="Settings">
          <CardFrame card="Settings" title="Settings" location="settings" settings={settings} onNotice={onNotice} onRefresh={() => {}} />
        </section>
      </main>
      <Notices notice={notice} />
    </>
  );
}

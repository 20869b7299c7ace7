import { createRoot } from 'react-dom/client';
import { RecordPage } from './record-page.tsx';
import type { Settings } from './settings.ts';
import { SettingsPage } from './settings-page.tsx';

const answer = await fetch(`config.json${location.search}`);
const settings = (await answer.json()) as Settings;
const isSettings = new URLSearchParams(location.search).get('page') === 'settings';
createRoot(document.body.appendChild(document.createElement('div'))).render(
  isSettings ? <SettingsPage settings={settings} /> : <RecordPage settings={settings} />,
);

import { createRoot } from 'react-dom/client';
import { RecordPage } from './record-page.tsx';
import type { Settings } from './settings.ts';

const answer = await fetch(`config.json${location.search}`);
const settings = (await answer.json()) as Settings;
createRoot(document.body.appendChild(document.createElement('div'))).render(<RecordPage settings={settings} />);

import type { EmailLanguage } from '../../../contracts/email.ts';
import type { Frame } from '../frame.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import { pt } from './pt.ts';

export const frames: Record<EmailLanguage, Frame> = { en, de, fr, es, pt, it, nl };

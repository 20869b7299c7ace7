import { randomBytes } from 'node:crypto';

export const sid = (kind: 'CA' | 'MZ' | 'RE'): string => `${kind}${randomBytes(16).toString('hex')}`;

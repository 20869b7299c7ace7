import type { ComponentProps, FC, ReactNode } from 'react';
import type * as host from '../../../../hubspot-app/src/app/cards/host.ts';

/** The host components the cards import: all of them, and none besides. */
type HostName = keyof typeof host;

/** A host component drawn by this page: a prop that HubSpot renames or adds shows up here as a type error. */
export type Drawn<Name extends HostName> = FC<ComponentProps<(typeof host)[Name]> & { children?: ReactNode }>;
export type DrawnAll = { [Name in HostName]: Drawn<Name> };

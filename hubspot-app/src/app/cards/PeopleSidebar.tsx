import { hubspot } from '@hubspot/ui-extensions';
import { PeopleOf } from './parts/PeopleOf.tsx';

hubspot.extend<'crm.record.sidebar'>(() => <PeopleOf isNarrow />);

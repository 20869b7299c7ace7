import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { CrmPhones, TypedPhone } from '../../ports/crm-phones.ts';
import { type HubspotAccess, hubspotClient } from './client.ts';
import type { HubspotFault } from './fault.ts';
import { nameOf, typeOf } from './map.ts';
import { associated, hubspotReads } from './read.ts';
import type { HubspotObject } from './shapes.ts';

const personProperties = ['firstname', 'lastname', 'email', 'phone', 'mobilephone'];

/** The numbers of a record's contacts and, on a company, its own. */
export const hubspotPhones = (access: HubspotAccess): CrmPhones => ({
  async phonesOf(ref) {
    const type = typeOf(ref.object);
    if (!type) return failed({ kind: 'gone', said: 'HubSpot leads are not read.' });
    const reads = hubspotReads(hubspotClient(access));
    const own = type === 'contacts' ? personProperties : type === 'companies' ? ['name', 'phone'] : ['dealname'];
    const [record, people] = await Promise.all([
      reads.one(type, ref.id, own),
      type === 'contacts' ? ok([]) : associated(reads, type, ref.id, 'contacts', personProperties),
    ]);
    if (!record.ok) return plain(record);
    if (!people.ok) return plain(people);
    if (type === 'contacts') return ok(phonesIn(record.value));
    const company = record.value.properties.phone;
    return ok([
      ...people.value.flatMap(phonesIn),
      ...(type === 'companies' && company ? [{ of: ref, name: nameOf(record.value), typed: company, label: 'Company' }] : []),
    ]);
  },
});

const phonesIn = (contact: HubspotObject): TypedPhone[] => {
  const { mobilephone, phone } = contact.properties;
  const of = { object: 'contact', id: contact.id } as const;
  const entry = (typed: string | null | undefined, label: string) => (typed ? [{ of, name: nameOf(contact), typed, label }] : []);
  return [...entry(mobilephone, 'Mobile'), ...entry(phone, 'Phone')];
};

const plain = ({ fault }: { ok: false; fault: HubspotFault }): Result<never> => failed({ kind: fault.kind, said: fault.said });

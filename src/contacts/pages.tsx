import type { VNode } from 'preact';
import type { OwnPart, Visit } from '../feature';
import { yearOf } from '../foundation/day';
import type { OrganisationService } from '../organisation/service';
import { toldBy } from './own-list';
import type { Contacts } from './service';
import { contactTexts, recordText } from './texts';

const texts = contactTexts.page;
const shown = 5;

/** What counts for a member lately, whoever told it. */
export const myRecords = (contacts: Contacts, organisation: OrganisationService): OwnPart => ({
  place: 2,
  render: (visit) => render(contacts, organisation, visit),
});

async function render(contacts: Contacts, organisation: OrganisationService, { body, visitor, today }: Visit): Promise<VNode> {
  const found = await contacts.recentOf(body, visitor.memberId, shown);
  const records = await Promise.all(
    found.map(async (record) => ({ ...record, told: await toldBy(organisation, record, visitor.memberId) })),
  );
  return (
    <>
      <h2>{texts.title}</h2>
      {records.length === 0 && <p class="say">{texts.none}</p>}
      {records.length > 0 && (
        <ul class="records">
          {records.map((record) => (
            <li class="card" key={record.id}>
              <span class="number">{record.id}</span>
              <p>
                {recordText({ ...record, year: yearOf(today) }, 'member')}
                {record.told}
              </p>
              {record.missing.length > 0 && <span class="tag">{texts.incomplete}</span>}
              {record.status === 'asked' && <span class="tag">{texts.asked}</span>}
            </li>
          ))}
        </ul>
      )}
      {records.length > 0 && <p class="say">{texts.howToCorrect}</p>}
    </>
  );
}

import type { VNode } from 'preact';
import type { OwnPart, Visit } from '../feature';
import { yearOf } from '../foundation/day';
import type { Contacts } from './service';
import { contactTexts, recordText } from './texts';

const texts = contactTexts.page;
const shown = 5;

/** A member's own last records. */
export const myRecords = (contacts: Contacts): OwnPart => ({ place: 2, render: (visit) => render(contacts, visit) });

async function render(contacts: Contacts, { body, visitor, today }: Visit): Promise<VNode> {
  const records = await contacts.recentOf(body, visitor.memberId, shown);
  return (
    <>
      <h2>{texts.title}</h2>
      {records.length === 0 && <p class="say">{texts.none}</p>}
      {records.length > 0 && (
        <ul class="records">
          {records.map((record) => (
            <li class="card" key={record.id}>
              <span class="number">{record.id}</span>
              <p>{recordText({ ...record, year: yearOf(today) })}</p>
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

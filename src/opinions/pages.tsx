import type { VNode } from 'preact';
import { dayText } from '../chat/labels';
import type { OwnPart, Page, Visit } from '../feature';
import { yearOf } from '../foundation/day';
import type { OrganisationService } from '../organisation/service';
import type { OpinionNote } from './note';
import { rights } from './readings';
import type { OpinionNotes } from './service';
import { kindText, opinionTexts } from './texts';

const texts = opinionTexts.page;
const shown = 50;
const ownShown = 5;

interface Tools {
  notes: OpinionNotes;
  organisation: OrganisationService;
}

/** The office's list: what members have told, newest first. */
export const opinionsPage = (tools: Tools): Page => ({
  path: '/opinions',
  title: texts.title,
  may: rights.list,
  render: (visit) => render(tools, visit),
});

/** A member's own notes; no part of the page for whom there are none. */
export const myOpinions = (notes: OpinionNotes): OwnPart => ({
  place: 4,
  render: async ({ body, visitor, today }) => {
    const mine = await notes.mine(body, visitor.memberId, ownShown);
    if (mine.length === 0) return null;
    return (
      <>
        <h2>{texts.mine}</h2>
        <Notes notes={mine} year={yearOf(today)} />
      </>
    );
  },
});

async function render({ notes, organisation }: Tools, { body, today }: Visit): Promise<VNode> {
  const { newest, count } = await notes.all(body, shown);
  const ids = [...new Set(newest.map(({ memberId }) => memberId))];
  const members = await Promise.all(ids.map((id) => organisation.member(body, id)));
  const names = new Map(members.flatMap((member) => (member ? [[member.id, member.name] as const] : [])));
  return (
    <>
      <h2>{texts.count(count)}</h2>
      {count > newest.length && <p class="say">{texts.more(newest.length)}</p>}
      <Notes notes={newest} year={yearOf(today)} names={names} />
      <p class="say">{texts.note}</p>
    </>
  );
}

interface NotesProps {
  notes: readonly OpinionNote[];
  year: string;
  /** Of who told them; absent where they are all one's own. */
  names?: ReadonlyMap<string, string>;
}

function Notes({ notes, year, names }: NotesProps): VNode {
  return (
    <ul class="records">
      {notes.map(({ id, kind, memberId, day, text, remarks }) => (
        <li class="card" key={id}>
          <span class="number">{`${id} ${kindText[kind]}`}</span>
          <p class="from">{names ? texts.from(names.get(memberId) ?? '', dayText(day, year)) : dayText(day, year)}</p>
          <p>{text}</p>
          {remarks.map((remark) => (
            <p class="answer" key={remark.source}>
              {texts.remark(remark.text)}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

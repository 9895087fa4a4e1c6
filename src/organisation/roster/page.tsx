import type { ComponentChildren, VNode } from 'preact';
import type { Page, PageDone, Visit } from '../../feature';
import type { KeptText } from '../../foundation/kept-text';
import { action } from '../may';
import type { CppccBody, Member, OrganisationService } from '../member';
import type { RoleBook } from '../roles';
import type { FieldChange } from './change';
import { titleOf } from './columns';
import { mostLeaving, type RosterOffice, type RosterView } from './office';
import { rosterPageTexts as texts } from './texts';

export const changeRoster = action('roster.change', { staff: 'body', administrator: 'body' });

const path = '/roster';
/** More than anybody reads; the figures stand above. */
const mostShown = 200;

interface Tools {
  organisation: OrganisationService;
  office: RosterOffice;
  book: RoleBook;
}

/** The office hands in a table, sees what it would change, and applies it. */
export const rosterPage = (tools: Tools): Page => ({
  path,
  title: texts.title,
  may: changeRoster,
  render: (visit) => render(tools, visit),
  forms: { apply: { may: changeRoster, submit: (visit, fields) => apply(tools, visit, fields) } },
  uploads: { check: { may: changeRoster, take: (visit, file) => check(tools, visit, file) } },
});

const draftAt = (id: string): string => `${path}?${new URLSearchParams({ draft: id }).toString()}`;

async function check({ office }: Tools, { body, visitor, now }: Visit, file: Uint8Array): Promise<PageDone> {
  const checked = await office.check(body, visitor.memberId, file, now);
  return 'say' in checked ? checked : { goTo: draftAt(checked.id) };
}

async function apply({ office }: Tools, { body, now }: Visit, fields: Readonly<Record<string, KeptText>>): Promise<PageDone> {
  const { draft = '', removals } = fields;
  const result = await office.apply(body, draft, removals !== undefined, now);
  if (result === 'none') return { say: texts.gone };
  if (result === 'busy') return { say: texts.busy };
  return result === 'too_many' ? { say: texts.askRemovals } : { goTo: draftAt(draft) };
}

async function render({ organisation, office, book }: Tools, { body, query, now }: Visit): Promise<VNode> {
  const draft = query['draft'];
  const [count, { sectors }, view] = await Promise.all([
    organisation.count(body),
    organisation.body(body),
    draft === undefined ? null : office.view(body, draft, now),
  ]);
  return (
    <>
      <h2>{texts.inOffice(count)}</h2>
      {draft !== undefined &&
        (view ? <Checked view={view} draft={draft} shown={shownIn(sectors, book)} /> : <p class="say">{texts.gone}</p>)}
      <h2>{texts.upload}</h2>
      <form class="card" method="post" action={`${path}/check`} encType="multipart/form-data">
        <label>
          <span class="label">{texts.what}</span>
          <input type="file" name="file" accept=".xlsx,.csv,text/csv" required />
        </label>
        <button class="button" type="submit">
          {texts.check}
        </button>
        <p class="say">{texts.first}</p>
      </form>
    </>
  );
}

/** A changed field in the office's words. */
type Shown = (change: FieldChange) => string;

function shownIn(sectors: CppccBody['sectors'], book: RoleBook): Shown {
  const words = new Map([
    ...sectors.map(({ code, name }) => [code, name] as const),
    ...Object.entries(book).map(([role, { name }]) => [role, name] as const),
  ]);
  const inWords = (value: string): string =>
    value
      .split('、')
      .map((each) => words.get(each) ?? each)
      .join('、');
  return ({ column, before, after }) =>
    texts.change(column === 'accounts' ? texts.accounts : titleOf(column), inWords(before), inWords(after));
}

function Checked({ view, draft, shown }: { view: RosterView; draft: string; shown: Shown }): VNode {
  if (view.kind === 'applied') return <p class="answer">{texts.applied(view.outcome)}</p>;
  const unused = view.unused.length > 0 && <p class="say">{texts.unused(view.unused)}</p>;
  if (view.kind === 'faults')
    return (
      <>
        <h2>{texts.faults(view.faults.length)}</h2>
        <Lines lines={view.faults} />
        <p class="say">{texts.mend}</p>
        {unused}
      </>
    );
  return (
    <>
      <Change view={view} shown={shown} />
      {unused}
      {view.change.members.length > 0 && <ApplyForm view={view} draft={draft} />}
    </>
  );
}

type ChangeView = Extract<RosterView, { kind: 'change' }>;

function Change({ view: { change, rows }, shown }: { view: ChangeView; shown: Shown }): VNode {
  const line = ({ id, name }: Member): string => texts.row(rows.get(id), id, name);
  const changed = change.changed.map(({ member, fields }) => `${line(member)}：${fields.map(shown).join('；')}`);
  return (
    <>
      {change.members.length === 0 && <p class="answer">{texts.nothing}</p>}
      <Group title={texts.groups.added} lines={change.added.map(line)} />
      <Group title={texts.groups.changed} lines={changed} />
      <Group title={texts.groups.leaving} lines={change.leaving.map(line)}>
        <p class="say">{texts.leavingNote}</p>
      </Group>
      <Group title={texts.groups.returning} lines={change.returning.map(line)} />
      <Group title={texts.groups.stillGone} lines={change.stillGone.map(line)}>
        <p class="say">{texts.stillGoneNote}</p>
      </Group>
      <p class="say">{texts.unchanged(change.unchanged)}</p>
    </>
  );
}

interface GroupProps {
  title: (count: number) => string;
  lines: readonly string[];
  children?: ComponentChildren;
}

function Group({ title, lines, children }: GroupProps): VNode | null {
  if (lines.length === 0) return null;
  return (
    <section>
      <h2>{title(lines.length)}</h2>
      {children}
      <Lines lines={lines} />
    </section>
  );
}

function Lines({ lines }: { lines: readonly string[] }): VNode {
  return (
    <>
      <ul class="card lines">
        {lines.slice(0, mostShown).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {lines.length > mostShown && <p class="say">{texts.more(lines.length - mostShown)}</p>}
    </>
  );
}

function ApplyForm({ view: { change, inOffice }, draft }: { view: ChangeView; draft: string }): VNode {
  const many = change.leaving.length > inOffice * mostLeaving;
  return (
    <form class="inline" method="post" action={`${path}/apply`}>
      <input type="hidden" name="draft" value={draft} />
      {many && (
        <label class="choice">
          <span>{texts.tooMany(change.leaving.length, inOffice)}</span>
          <input type="checkbox" name="removals" value="yes" required />
          <span>{texts.meant}</span>
        </label>
      )}
      <button class="button" type="submit">
        {texts.apply}
      </button>
    </form>
  );
}
